#pragma once

// What residents ask for, and the timetable (events.md 3.5, 4.4): where an order stands, who has a
// parcel of it, who was at a session, which slots wait for their day.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/schema/kinds/orders.h"

namespace suanpan::rules {

/// An order, also one that ended: it may still be rated, and its end may be taken back.
struct Order {
  schema::OrderState state{};
  Date placed_on;
  Date last_day;  ///< on which it waits for somebody to take it
  NameId server;  ///< 0: nobody in particular
  Address moved;  ///< its last order.moved; 0: none
  std::uint32_t ratings = 0;
};

/// Whether nobody took the order yet, so that it ends by itself.
[[nodiscard]] constexpr bool IsWaiting(schema::OrderState state) {
  return state >= schema::OrderState::kPlaced && state <= schema::OrderState::kDispatched;
}

/// A waiting order by its last day.
struct DueOrder {
  Date last_day;
  Address order;
  friend auto operator<=>(const DueOrder&, const DueOrder&) = default;
};

/// One parcel of an order.
struct ParcelKey {
  Address order;
  std::string parcel;
  friend auto operator<=>(const ParcelKey&, const ParcelKey&) = default;
};
struct ParcelKeyHash {
  std::size_t operator()(const ParcelKey& key) const {
    return std::hash<std::string>{}(key.parcel) ^
           std::hash<std::uint64_t>{}(key.order.packed() * 0x9e37'79b9'7f4a'7c15U);
  }
};
struct Custody {
  NameId holder;
  Address passed;  ///< by this custody.passed
};

struct Session {
  Date held_on;
  std::uint32_t attendances = 0;  ///< facts that say who was there
  std::uint32_t services = 0;     ///< done at it, and not taken back
};

/// A person at a session.
struct AttendedKey {
  Address session;
  NameId person;
  friend auto operator<=>(const AttendedKey&, const AttendedKey&) = default;
};
struct AttendedKeyHash {
  std::size_t operator()(const AttendedKey& key) const {
    return std::hash<std::uint64_t>{}((key.session.packed() * 31 + key.person.value()) *
                                      0x9e37'79b9'7f4a'7c15U);
  }
};

}  // namespace suanpan::rules
