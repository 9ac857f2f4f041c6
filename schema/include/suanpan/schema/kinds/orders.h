#pragma once

// Kinds 42, 43, 44: what a resident asks for, how it goes on, and who has the parcel. Stored as
// structs.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Where an order stands.
enum class OrderState : std::uint8_t {
  kPlaced = 1,
  kAccepted,
  kDispatched,
  kTaken,
  kDone,
  kConfirmed,
  kCancelled,
  kFailed,
  kExpired
};
inline constexpr std::string_view kOrderStateWords[] = {"placed",    "accepted", "dispatched",
                                                        "taken",     "done",     "confirmed",
                                                        "cancelled", "failed",   "expired"};

struct OrderPlaced {
  static constexpr std::uint16_t kKind = 42;
  static constexpr std::string_view kName = "order.placed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId requester;
    NameId service_kind;
    NameId place;
    NameId beneficiary;
    Date wanted_by;
    std::array<std::uint8_t, 6> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("requester", s.fixed.requester, Grammar::kRef, Need::kRequired);
    v.Name("service_kind", s.fixed.service_kind, Grammar::kCode, Need::kRequired);
    v.Name("place", s.fixed.place, Grammar::kRef, Need::kOptional);
    v.Day("wanted_by", s.fixed.wanted_by, Need::kOptional);
    v.Name("beneficiary", s.fixed.beneficiary, Grammar::kRef, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<OrderPlaced::Fixed> && sizeof(OrderPlaced::Fixed) == 24);

/// What an order is moved to. Declined is accepted again; the last one only the close of a day
/// writes.
enum class OrderMove : std::uint8_t {
  kAccepted = 1,
  kDispatched,
  kTaken,
  kDeclined,
  kCancelled,
  kFailed,
  kExpired
};
inline constexpr std::string_view kOrderMoveWords[] = {
    "accepted", "dispatched", "taken", "declined", "cancelled", "failed", "expired"};

struct OrderMoved {
  static constexpr std::uint16_t kKind = 43;
  static constexpr std::string_view kName = "order.moved";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  static constexpr bool kAlsoDerived = true;

  struct Fixed {
    Address order;
    Address previous;  ///< computed: the order.moved of the order before this; 0: none
    NameId team;
    NameId server;
    NameId reason;
    NameId was_server;  ///< computed: who was to serve before; 0: nobody in particular
    std::uint8_t to = 0;
    std::uint8_t was = 0;  ///< computed: where the order stood before
    std::array<std::uint8_t, 6> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("order", s.fixed.order, Need::kRequired);
    v.Enum("to", s.fixed.to, kOrderMoveWords, Need::kRequired);
    v.Name("team", s.fixed.team, Grammar::kRef, Need::kOptional);
    v.Name("server", s.fixed.server, Grammar::kRef, Need::kOptional);
    v.Name("reason", s.fixed.reason, Grammar::kCode, Need::kOptional);
    v.Computed();
    v.Event("previous", s.fixed.previous, Need::kOptional);
    v.Enum("was", s.fixed.was, kOrderStateWords, Need::kRequired);
    v.Name("was_server", s.fixed.was_server, Grammar::kRef, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<OrderMoved::Fixed> && sizeof(OrderMoved::Fixed) == 40);

struct CustodyPassed {
  static constexpr std::uint16_t kKind = 44;
  static constexpr std::string_view kName = "custody.passed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    Address order;
    Address previous;  ///< computed: the pass of the parcel before this; 0: none
    Quantity quantity;
    NameId from;
    NameId to;
    NameId place;
    std::uint8_t parcel = 0;   ///< bytes of the token
    std::uint8_t checked = 0;  ///< dose and kind; kFalse, kTrue
    std::uint16_t zero = 0;
  } fixed;
  std::string_view parcel;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("order", s.fixed.order, Need::kRequired);
    v.Token("parcel", s.parcel, Need::kRequired);
    v.Name("from", s.fixed.from, Grammar::kRef, Need::kRequired);
    v.Name("to", s.fixed.to, Grammar::kRef, Need::kRequired);
    v.Bool("checked", s.fixed.checked, Need::kRequired);
    v.Amount("quantity", s.fixed.quantity, Sign::kPositive, Need::kOptional);
    v.Name("place", s.fixed.place, Grammar::kRef, Need::kOptional);
    v.Computed();
    v.Event("previous", s.fixed.previous, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.parcel, s.parcel);
    io.Fixed(s.fixed);
    io.Token(s.parcel, s.fixed.parcel);
  }
};
static_assert(kStorable<CustodyPassed::Fixed> && sizeof(CustodyPassed::Fixed) == 40);

}  // namespace suanpan::schema
