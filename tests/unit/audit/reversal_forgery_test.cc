// Logs in which something else is taken back than stands in the log: another event in the copy, one
// that was taken back before, an amendment that changes too much.

#include <algorithm>
#include <cstring>
#include <optional>

#include "forged_book.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using schema::AgreementSigned;
using schema::EntryReversed;
using schema::EventCommon;
using schema::SaleRecorded;

/// Entry 1 opens the book, 2 registers, 3 signs, 4 and 5 are sales; 6 takes the first one back and
/// enters it again, 7 a party, 8 amends the agreement.
class ReversalForgery : public ForgedBook {
 protected:
  void SetUp() override {
    OpenBook();
    Add("2025-01-02 p-acct party.registered party=h-1 party_type=household\n"
        "2025-01-02 p-acct party.registered party=h-2 party_type=household");
    Add(std::string{kSigned} + " rate=1/10");
    Add("2025-01-03 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=1 amount_fen=900}]");
    Add("2025-01-03 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=1 amount_fen=900}]");
    Add(
        fmt::format("{}\n2025-01-03 p-till sale.recorded vendor=v-1 replaces=4.0 "
                    "lines=[{{item=i quantity=1 amount_fen=800}}]",
                    TakeBack("4.0")));
    Add(TakeBack("2.0"));
    Add(fmt::format("{}\n{} rate=1/20 replaces=3.0", TakeBack("3.0"), kSigned));
  }
  static std::string TakeBack(std::string_view fact) {
    return fmt::format(
        "2025-01-04 p-sup approval.given of={0} action=reverse verdict=approved\n"
        "2025-01-04 p-boss entry.reversed of={0} reason=mistake approval=#0",
        fact);
  }
  /// Changes bytes of a copy, in place.
  void ForgeCopy(std::uint64_t seq, const std::function<void(std::string&)>& change) {
    Forge<EntryReversed>(seq, [&](EntryReversed& fact) {
      copy_ = fact.copy;
      change(copy_);
      fact.copy = copy_;
    });
  }
  /// Other terms in the amendment of entry 8 than it has.
  void ForgeTerms(const std::function<void(AgreementSigned&)>& change) {
    if (!amendment_)
      Forge<AgreementSigned>(8, [this](AgreementSigned& fact) { amendment_ = fact; });
    Forge<AgreementSigned>(8, [&](AgreementSigned& fact) {
      fact = *amendment_;
      change(fact);
    });
  }
  /// Each place of a number in the copy becomes another one.
  static void Replace(std::string& copy, std::uint32_t was, std::uint32_t now) {
    for (std::size_t at = 24; at + 4 <= copy.size(); at += 4) {
      if (std::memcmp(copy.data() + at, &was, 4) == 0) std::memcpy(copy.data() + at, &now, 4);
    }
  }

  static constexpr std::string_view kSigned =
      "2025-01-02 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v-1 "
      "signed_on=2025-01-01 valid_from=2025-01-01 fund=f basis=revenue loss_policy=net_all "
      "settlement=month";

 private:
  std::string copy_;
  std::optional<AgreementSigned> amendment_;
};

TEST_F(ReversalForgery, IsVerifiedWhereNothingIsForged) { ExpectVerified(); }

TEST_F(ReversalForgery, AnotherPartyGoesThanTheOneThatIsNamed) {
  const std::uint32_t named = Name("h-1").value();
  const std::uint32_t other = Name("h-2").value();
  ForgeCopy(7, [&](std::string& copy) { Replace(copy, named, other); });
  ExpectFindings({"V6/replay@7"});
}

TEST_F(ReversalForgery, AnotherAuthorThanTheOneWhoRecordedIt) {
  const NameId other = Name("p-till");
  const std::uint32_t id = other.value();
  Forge<EntryReversed>(7, [&](EntryReversed& fact) { fact.fixed.actor = other; });
  ForgeCopy(7, [&](std::string& copy) { std::memcpy(copy.data() + 16, &id, 4); });
  ExpectFindings({"V7/reversal_copy@7"});
}

TEST_F(ReversalForgery, AnotherAmountThanTheOneThatWasSold) {
  const std::uint32_t sold = 900;
  ForgeCopy(6, [&](std::string& copy) { Replace(copy, sold, 901); });
  ExpectFindings({"V6/replay@6", "V7/reversal_copy@6", "V7/entry_fen@6", "V7/accrual_base@6",
                  "V7/accrual_due@6", "V7/accrual_residue@6", "V7/accrual_entry@6",
                  "V7/accrual_change@6", "V7/accrual_base@8", "V7/accrual_due@8",
                  "V7/accrual_residue@8", "V7/total_base@8", "V7/total_due@8",
                  "V7/total_residue@8"});
}

TEST_F(ReversalForgery, TakenBackAndReplacedTwice) {
  const std::uint64_t again = Add(TakeBack("5.0"));
  const std::uint64_t new_sale =
      Add("2025-01-03 p-till sale.recorded vendor=v-1 replaces=5.0 lines=[{item=i quantity=1 "
          "amount_fen=900}]");
  Forge<SaleRecorded>(new_sale, [](SaleRecorded&, EventCommon& common) {
    common.replaces = Address{Seq{4}, 0};
  });
  ExpectFindings({fmt::format("V6/replay@{}", new_sale), fmt::format("V7/replaces@{}", new_sale)});
  EXPECT_GT(new_sale, again);
}

TEST_F(ReversalForgery, AnAmendmentOfMoreThanRateDatesAndLossPolicy) {
  ForgeTerms([](AgreementSigned& fact) {
    fact.terms_days = 5;
    fact.flags |= AgreementSigned::kTermsStated;
  });
  ExpectFindings({"V6/replay@8", "V7/amendment@8"});
  ForgeTerms([](AgreementSigned& fact) {
    fact.settlement = static_cast<std::uint8_t>(schema::Calendar::kQuarter);
  });
  ExpectFindings({"V6/replay@8", "V7/amendment@8"});
  ForgeTerms([this](AgreementSigned& fact) { fact.fund = Name("g"); });
  ExpectFindings({"V6/replay@8", "V7/amendment@8"});
  ForgeTerms([this](AgreementSigned& fact) { fact.party = Name("h-1"); });
  ExpectFindings({"V6/replay@8", "V7/amendment@8"});
  ForgeTerms([](AgreementSigned&) {});
  ExpectVerified();
}

TEST_F(ReversalForgery, ASaleThatReplacesNothing) {
  const auto replaces = [this](Address of, const std::vector<std::string>& found) {
    Forge<SaleRecorded>(6, [of](SaleRecorded&, EventCommon& common) { common.replaces = of; });
    ExpectFindings(found, found.empty() ? Verdict::kVerified : Verdict::kFailed);
  };
  replaces({Seq{90}, 0}, {"V6/replay@6", "V7/replaces@6", "V7/unknown_address@6"});
  replaces({Seq{4}, 9}, {"V6/replay@6", "V7/replaces@6"});  // a line that the entry has not
  replaces({Seq{5}, 0}, {"V6/replay@6", "V7/replaces@6"});  // a sale that stands
  replaces({Seq{2}, 0}, {"V6/replay@6", "V7/replaces@6"});  // no sale
  replaces({Seq{4}, 0}, {});
}

TEST_F(ReversalForgery, AnAmendmentThatReplacesNothing) {
  const auto replaces = [this](Address of, const std::vector<std::string>& found) {
    Forge<AgreementSigned>(8,
                           [of](AgreementSigned&, EventCommon& common) { common.replaces = of; });
    ExpectFindings(found, found.empty() ? Verdict::kVerified : Verdict::kFailed);
  };
  replaces({Seq{90}, 0}, {"V6/replay@8", "V7/replaces@8", "V7/unknown_address@8"});
  replaces({Seq{2}, 0}, {"V6/replay@8", "V7/replaces@8"});  // no agreement
  replaces({}, {"V6/replay@8", "V7/unexpected_accrual@8"});
  replaces({Seq{3}, 0}, {});
}

TEST_F(ReversalForgery, AHigherRateWithoutConsent) {
  Forge<AgreementSigned>(8, [](AgreementSigned& fact) { fact.rate = {1, 5}; });
  ExpectFindings({"V6/replay@8", "V7/consent_missing@8", "V7/accrual_due@8", "V7/accrual_change@8",
                  "V7/total_due@8"});
}

}  // namespace
}  // namespace suanpan::audit
