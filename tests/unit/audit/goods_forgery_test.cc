// Logs in which goods and advances of a fund went another way than their terms let them: outside
// the restriction, with other values than they had, beyond what was free, owed or handed out.

#include "forged_book.h"
#include "suanpan/schema/kinds/advances.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/offers.h"

namespace suanpan::audit {
namespace {

using schema::AdvanceSettled;
using schema::EventCommon;
using schema::GoodsCounted;
using schema::GoodsIssued;
using schema::GoodsReceived;
using schema::MoneyPaid;
using schema::OfferOpened;

constexpr std::string_view kEvidence =
    "evidence=[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]";

/// Entry 1 opens the book, 2 is a receipt of 5000; 3 buys 10 pieces for 1000, 4 issues one, 5 finds
/// one missing; 6 pays an advance of 300 and 400 of the debt, 7 settles a part; 8 is an offer.
class GoodsForgery : public ForgedBook {
 protected:
  void SetUp() override {
    OpenBook();
    Add("2025-01-02 p-acct funds.received fund=f pot=restricted/government from=o amount_fen=5000 "
        "account=b");
    Add("2025-01-03 p-work goods.received item=soap owner=f goods_class=reward quantity=10 "
        "value_fen=1000 value_basis=invoice funding=bought from=o-3 pot=restricted/government");
    Add("2025-01-04 p-work goods.issued item=soap owner=f quantity=1 reason=given purpose=care");
    Add("2025-01-05 p-work goods.counted item=soap owner=f counted=8");
    Add(fmt::format("{}\n{}", Paid("advance", 300, 0), Paid("payable", 400, 3)));
    Add(
        fmt::format("2025-01-06 p-work advance.settled advance=6.2 spent_fen=100 returned_fen=50 "
                    "purpose=care account=b {}",
                    kEvidence));
    Add("2025-01-07 p-work offer.opened offer=of offer_kind=trip on=2025-02-01 capacity=5 "
        "audience=any");
  }
  static std::string Paid(std::string_view use, int amount, int fact) {
    return fmt::format(
        "2025-01-05 p-work spending.requested use={0} fund=f payee=o-3 amount_fen={1} "
        "purpose=care pot=restricted/government\n"
        "2025-01-05 p-sup approval.given of=#{2} action=spend verdict=approved\n"
        "2025-01-05 p-acct money.paid request=#{2} use={0} fund=f payee=o-3 amount_fen={1} "
        "purpose=care account=b",
        use, amount, fact);
  }
};

TEST_F(GoodsForgery, IsVerifiedWhereNothingIsForged) { ExpectVerified(); }

TEST_F(GoodsForgery, GoodsAndAdvancesOutsideTheRestriction) {
  Forge<GoodsIssued>(4, [this](GoodsIssued& fact) { fact.purpose = Name("trip"); });
  Forge<AdvanceSettled>(7, [this](AdvanceSettled& fact) { fact.fixed.purpose = Name("trip"); });
  ExpectFindings({"V7/purpose_outside_restriction@4", "V7/purpose_outside_restriction@7"});
}

TEST_F(GoodsForgery, SetAsideWithoutAnApprovalOrWhereNothingMay) {
  const std::uint64_t bit =
      std::uint64_t{1} << *schema::IrregularBit(schema::RefusalCode::purpose_outside_restriction);
  Forge<GoodsReceived>(3, [&](GoodsReceived&, EventCommon& common) { common.irregular = bit; });
  ExpectFindings({"V5/field@3", "V7/stopped@3"});
}

TEST_F(GoodsForgery, APurchaseBeyondWhatIsFreeInThePot) {
  Add("2025-01-08 p-work goods.received item=tea owner=f goods_class=reward quantity=1 "
      "value_fen=10 value_basis=invoice funding=bought from=o-3 pot=restricted/government");
  Forge<GoodsReceived>(9, [](GoodsReceived& fact) { fact.value = Fen{4000}; });
  ExpectFindings({"V6/negative_pot@9"});
}

TEST_F(GoodsForgery, ValuesThatTheGoodsDoNotHave) {
  Forge<GoodsIssued>(4, [](GoodsIssued& fact) { fact.value = Fen{99}; });
  ExpectFindings({"V6/replay@4"});
}

TEST_F(GoodsForgery, ACountThatComesToSomethingElse) {
  Forge<GoodsCounted>(5, [](GoodsCounted& fact) { fact.difference = Quantity{-2}; });
  ExpectFindings({"V6/replay@5"});
}

TEST_F(GoodsForgery, GoodsInAnotherPotThanStated) {
  Forge<GoodsReceived>(3, [](GoodsReceived& fact) { fact.to_pot.source = 3; });
  ExpectFindings({"V6/negative_pot@3", "V6/replay@3"});
}

TEST_F(GoodsForgery, MoreIsPaidThanIsOwed) {
  Add(Paid("payable", 100, 0));
  Forge<GoodsReceived>(3, [](GoodsReceived& fact) { fact.value = Fen{450}; });
  Forge<GoodsIssued>(4, [](GoodsIssued& fact) { fact.value = Fen{45}; });
  Forge<GoodsCounted>(5, [](GoodsCounted& fact) { fact.value = Fen{45}; });
  ExpectFindings({"V6/replay@9"});
}

TEST_F(GoodsForgery, MoreIsSettledThanWasHandedOut) {
  Forge<AdvanceSettled>(7, [](AdvanceSettled& fact) { fact.fixed.returned = Fen{201}; });
  ExpectFindings({"V6/replay@7"});
}

TEST_F(GoodsForgery, AnAdvanceSpentWithoutEvidence) {
  Forge<AdvanceSettled>(7, [](AdvanceSettled&, EventCommon& common) { common.evidence = {}; });
  ExpectFindings({"V6/replay@7"});
}

TEST_F(GoodsForgery, AnAdvanceThatComesBackToAnotherFundsAccount) {
  Forge<AdvanceSettled>(7, [this](AdvanceSettled& fact) { fact.fixed.account = Name("d"); });
  ExpectFindings({"V6/replay@7"});
}

TEST_F(GoodsForgery, AnOfferWithMorePlacesThanItHas) {
  Forge<OfferOpened>(8, [](OfferOpened& fact) { fact.change = Quantity{6}; });
  ExpectFindings({"V6/replay@8"});
}

}  // namespace
}  // namespace suanpan::audit
