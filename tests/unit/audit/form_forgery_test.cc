// Events whose fields contradict one another: V5 says so, and replay and totals stop there.

#include "forged_book.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using namespace schema;

/// Entry 1 opens the book; then one of each kind: party 2, agreement 3, refund 4, cost 5, receipt
/// 6, request 7, approval 8, payment 9.
class FormForgery : public ForgedBook {
 protected:
  void SetUp() override {
    OpenBook();
    Add("2025-01-01 p-acct party.registered party=v party_type=vendor");
    Add("2025-01-01 p-acct agreement.signed agreement=ag agreement_type=donation_share party=v "
        "signed_on=2025-01-01 valid_from=2025-01-01 fund=f basis=profit rate=1/10 "
        "loss_policy=net_all settlement=month");
    Add("2025-01-02 p-till refund.recorded vendor=v lines=[{quantity=1 amount_fen=10}]");
    Add("2025-01-02 p-acct cost.recorded agreement=ag cost_kind=goods amount_fen=5");
    Add("2025-01-02 p-acct funds.received fund=f pot=restricted/vendor_share from=v amount_fen=500 "
        "account=b agreement=ag");
    Add("2025-01-03 p-work spending.requested use=expense fund=f pot=restricted/vendor_share "
        "payee=o-3 amount_fen=100 purpose=care");
    Add("2025-01-04 p-sup approval.given of=7.0 action=spend verdict=approved");
    Add("2025-01-05 p-acct money.paid request=7.0 use=expense fund=f payee=o-3 amount_fen=60 "
        "purpose=care account=b");
    Add("2025-01-06 p-acct code.defined list=item code=tea label=x version=1 "
        "valid_from=2025-01-06");
  }
  void ExpectMalformed(std::uint64_t seq) {
    ExpectFindings({fmt::format("V5/field@{}", seq), fmt::format("V7/stopped@{}", seq)});
  }
};

TEST_F(FormForgery, IsVerifiedWhereNothingIsForged) { ExpectVerified(); }

TEST_F(FormForgery, FactsWithoutACommand) {
  ForgeEntry(6, [](schema::EntryCommon& common) {
    common.key = {};
    common.source = {};
  });
  ExpectMalformed(6);
}

TEST_F(FormForgery, FactsOfNoSource) {
  ForgeEntry(6, [](schema::EntryCommon& common) { common.source = {}; });
  ExpectMalformed(6);
}

TEST_F(FormForgery, AZoneThatNoClockHas) {
  Forge<BookOpened>(1, [](auto& fact) { fact.utc_offset_minutes = 481; });
  ExpectMalformed(1);
}

TEST_F(FormForgery, ALabelOfAPrivateParty) {
  Forge<PartyRegistered>(2, [](auto& fact) { fact.label = "somebody"; });
  ExpectMalformed(2);
}

TEST_F(FormForgery, AnAgreementThatEndsBeforeItBegins) {
  Forge<AgreementSigned>(3, [](auto& fact) { fact.valid_to = Day("2024-12-31"); });
  ExpectMalformed(3);
}

TEST_F(FormForgery, ACodeThatEndsBeforeItBegins) {
  Forge<CodeDefined>(10, [](auto& fact) { fact.valid_to = Day("2025-01-05"); });
  ExpectMalformed(10);
}

TEST_F(FormForgery, AMarginWithoutItsMethod) {
  Forge<AgreementSigned>(3, [](auto& fact) { fact.margin = {1, 2}; });
  ExpectMalformed(3);
  Forge<AgreementSigned>(3, [](auto& fact) {
    fact.basis = static_cast<std::uint8_t>(Basis::kRevenue);
    fact.cost_method = static_cast<std::uint8_t>(CostMethod::kStandardMargin);
  });
  ExpectMalformed(3);
}

TEST_F(FormForgery, AFundWithAnAccountTwice) {
  const NameId accounts[] = {Name("b"), Name("b")};
  Forge<FundOpened>(1, [&](auto& fact) { fact.bank_accounts = accounts; });
  ExpectMalformed(1);
}

TEST_F(FormForgery, AnApprovalOfTwoThingsOrOfNone) {
  Forge<ApprovalGiven>(8, [this](auto& fact) { fact.subject = Name("f"); });
  ExpectMalformed(8);
  Forge<ApprovalGiven>(8, [](auto& fact) { fact.subject = {}, fact.of = {}; });
  ExpectMalformed(8);
}

TEST_F(FormForgery, ALineOfNoSale) {
  Forge<RefundRecorded>(4, [](auto& fact) {
    const_cast<RefundLine*>(fact.lines.data())->flags |= RefundLine::kSaleLineStated;
  });
  ExpectMalformed(4);
}

TEST_F(FormForgery, ACostOfALineOfNoSale) {
  Forge<CostRecorded>(5, [](auto& fact) { fact.fixed.flags |= CostRecorded::kSaleLineStated; });
  ExpectMalformed(5);
}

TEST_F(FormForgery, AReceiptOfAShareForAPurpose) {
  Forge<FundsReceived>(6, [this](auto& fact) { fact.fixed.purpose = Name("care"); });
  ExpectMalformed(6);
}

TEST_F(FormForgery, AReceiptThatPaysBillsOfNoAgreement) {
  Forge<FundsReceived>(6, [](auto& fact) { fact.fixed.agreement = {}; });
  ExpectMalformed(6);
}

TEST_F(FormForgery, APaymentWithAnApprovalTwice) {
  static constexpr Address kTwice[] = {Address{Seq{8}, 0}, Address{Seq{8}, 0}};
  Forge<MoneyPaid>(9, [](auto& fact) { fact.approvals = kTwice; });
  ExpectMalformed(9);
}

}  // namespace
}  // namespace suanpan::audit
