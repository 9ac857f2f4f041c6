#pragma once

// Kind 63: reversal (events.md 4.5). Stored as a struct with rows, and with a copy of what it
// reverses: the state is changed back from the entry alone, without a look into the past.

#include "suanpan/schema/account_key.h"
#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// A posting that takes back what the reversed events posted to one account.
struct UndoneLine {
  std::uint8_t account_class = 0;
  Pot pot;
  std::uint8_t zero = 0;
  NameId owner;
  NameId detail;
  std::uint32_t zero2 = 0;
  AnyUnits amount;

  [[nodiscard]] AccountKey key() const {
    return {static_cast<AccountClass>(account_class), pot, owner, detail};
  }
  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Account("account", s.account_class, s.pot, s.owner, s.detail);
    v.Amount("amount", s.amount, Sign::kSigned, Need::kRequired);
  }
};
static_assert(kStorable<UndoneLine> && sizeof(UndoneLine) == 24);

inline constexpr std::size_t kUndoneMax = 512;
inline constexpr std::size_t kCascadeMax = 256;
inline constexpr std::size_t kCopyBytesMax = 24 * 1024;

struct EntryReversed {
  static constexpr std::uint16_t kKind = 63;
  static constexpr std::string_view kName = "entry.reversed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  static constexpr bool kApprovalRequired = true;

  struct Fixed {
    Address of;
    Fen entry;  ///< computed: what it adds to the agreement's base
    NameId reason;
    NameId agreement;        ///< computed; 0: it moves no base
    NameId actor;            ///< computed: who recorded what is reversed
    std::uint16_t kind = 0;  ///< computed: of what is reversed
    Date business_date;      ///< computed: of what is reversed
    Month month;             ///< computed: whose base moves
    std::uint16_t undo = 0;
    std::uint16_t cascade = 0;
    std::uint16_t copy = 0;  ///< bytes of the copy
  } fixed;
  std::span<const UndoneLine> undo;
  std::span<const Address> cascade;
  std::string_view copy;  ///< computed: the payload of what is reversed

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("of", s.fixed.of, Need::kRequired);
    v.Name("reason", s.fixed.reason, Grammar::kCode, Need::kRequired);
    v.Computed();
    v.template Rows<UndoneLine>("undo", s.undo, kUndoneMax, Need::kOptional);
    v.Events("cascade", s.cascade, kCascadeMax);
    v.Name("agreement", s.fixed.agreement, Grammar::kRef, Need::kOptional);
    v.Amount("entry_fen", s.fixed.entry, Sign::kAny, Need::kOptional);
    v.Period("month", s.fixed.month, Need::kOptional);
    v.Name("of_actor", s.fixed.actor, Grammar::kRef, Need::kRequired);
    v.Day("of_date", s.fixed.business_date, Need::kRequired);
    v.Count("of_kind", s.fixed.kind, Range{1, kKindsMax - 1}, Need::kRequired);
    v.Bytes("copy", s.copy, kCopyBytesMax);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.undo, s.undo);
    io.Counts(s.fixed.cascade, s.cascade);
    io.Counts(s.fixed.copy, s.copy);
    io.Fixed(s.fixed);
    io.Rows(s.undo, s.fixed.undo);
    io.Rows(s.cascade, s.fixed.cascade);
    io.Token(s.copy, s.fixed.copy);
  }
};
static_assert(kStorable<EntryReversed::Fixed> && sizeof(EntryReversed::Fixed) == 40);

}  // namespace suanpan::schema
