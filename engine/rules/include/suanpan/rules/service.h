#pragma once

// Services on their way to points (events.md 3.5, 4.2): what is recorded and not yet credited, how
// much was counted, and the service that an attestation credits just now.

#include <compare>
#include <cstdint>
#include <functional>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::rules {

/// A service that was recorded and waits for the rest of its attestation.
struct PendingService {
  NameId person;
  NameId holder;  ///< 0: earns nobody anything
  NameId service_kind;
  schema::MinutesClass minutes_class{};
  std::uint8_t steps = 0;    ///< bits of schema::AttestStep that are there
  std::uint8_t quality = 0;  ///< the last one stated; 0: none
  Date date;
  Date since;       ///< from when it waits; later than `date` where it was entered late
  Minutes minutes;  ///< as lowered so far
  Quantity beneficiaries;
  Quantity quantity;
  Address order;
  Address session;
  Address attested;  ///< the last attestation; 0: none
};

/// Units counted of one person for one kind of service in one scheme.
struct CarryKey {
  NameId person;
  NameId scheme;
  NameId service_kind;
  friend auto operator<=>(const CarryKey&, const CarryKey&) = default;
};
struct CarryKeyHash {
  std::size_t operator()(const CarryKey& key) const {
    return std::hash<std::uint64_t>{}((std::uint64_t{key.person.value()} << 32U) ^
                                      (std::uint64_t{key.scheme.value()} << 16U) ^
                                      key.service_kind.value() * 0x9e37'79b9U);
  }
};

/// The time or activity that a cap is about. Permanent numbers: they are in the state encoding.
enum class SpanKind : std::uint8_t { kDay = 1, kMonth = 2, kActivity = 3 };

struct UsedKey {
  CarryKey of;
  SpanKind span{};
  std::uint64_t which = 0;  ///< date, month, or the session's address, packed
  friend auto operator<=>(const UsedKey&, const UsedKey&) = default;
};
struct UsedKeyHash {
  std::size_t operator()(const UsedKey& key) const {
    return CarryKeyHash{}(key.of) ^
           std::hash<std::uint64_t>{}(key.which * 4 + static_cast<std::uint8_t>(key.span));
  }
};
struct UsedUnits {
  Quantity units;
  Date last;  ///< of the last service counted in it
};

/// How often a listed deed of a holder counted in a month.
struct AwardKey {
  NameId scheme;
  NameId holder;
  NameId item;
  Month month;
  friend auto operator<=>(const AwardKey&, const AwardKey&) = default;
};
struct AwardKeyHash {
  std::size_t operator()(const AwardKey& key) const {
    return CarryKeyHash{}({key.holder, key.scheme, key.item}) ^
           std::hash<std::uint32_t>{}(key.month.value());
  }
};

/// The service that the last fact credited, for the grants that follow it. Not part of the state's
/// encoding: no entry begins with one.
struct Crediting {
  Address service;
  PendingService of;
  Date counted_on;  ///< how late it is counted, from this day
};

}  // namespace suanpan::rules
