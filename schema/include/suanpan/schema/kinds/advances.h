#pragma once

// Kind 33: what became of money that was handed to somebody for a purchase.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

struct AdvanceSettled {
  static constexpr std::uint16_t kKind = 33;
  static constexpr std::string_view kName = "advance.settled";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    Address advance;
    Fen spent;
    Fen returned;
    NameId purpose;
    NameId account;
    NameId fund;  ///< computed: of the payment, like the next two
    NameId payee;
    Pot pot;
    std::array<std::uint8_t, 6> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("advance", s.fixed.advance, Need::kRequired);
    v.Amount("spent_fen", s.fixed.spent, Sign::kNotNegative, Need::kRequired);
    v.Amount("returned_fen", s.fixed.returned, Sign::kNotNegative, Need::kRequired);
    v.Name("purpose", s.fixed.purpose, Grammar::kCode, Need::kRequired);
    v.Name("account", s.fixed.account, Grammar::kRef, Need::kOptional);
    v.Computed();
    v.Name("fund", s.fixed.fund, Grammar::kRef, Need::kRequired);
    v.Name("payee", s.fixed.payee, Grammar::kRef, Need::kRequired);
    v.PotOf("pot", s.fixed.pot, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<AdvanceSettled::Fixed> && sizeof(AdvanceSettled::Fixed) == 48);

}  // namespace suanpan::schema
