// Logs whose balances are right and whose money went against the fund's terms: bank accounts, pots,
// requests, approvals, restrictions and waivers, as a writer would have refused them.

#include "forged_book.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {
namespace {

using schema::ApprovalGiven;
using schema::EventCommon;
using schema::FundOpened;
using schema::FundsReceived;
using schema::MoneyPaid;
using schema::SpendingRequested;

/// Entry 1 opens the book, 2 is a receipt of 5000, 3 a request of 100 by p-work, 4 and 5 are its
/// approvals by p-sup and p-chair, 6 is a payment of 60 by p-acct.
class PaymentForgery : public ForgedBook {
 protected:
  void SetUp() override {
    OpenBook();
    Add("2025-01-02 p-acct funds.received fund=f pot=restricted/government from=o amount_fen=5000 "
        "account=b");
    Add("2025-01-03 p-work spending.requested use=expense fund=f payee=o-3 amount_fen=100 "
        "purpose=care");
    Add("2025-01-04 p-sup approval.given of=3.0 action=spend verdict=approved");
    Add("2025-01-04 p-chair approval.given of=3.0 action=spend verdict=approved");
    Pay("");
  }
  std::uint64_t Pay(std::string_view more) {
    return Add(
        fmt::format("2025-01-05 p-acct money.paid request=3.0 use=expense fund=f payee=o-3 "
                    "amount_fen=60 purpose=care account=b {}",
                    more));
  }
};

TEST_F(PaymentForgery, IsVerifiedWhereNothingIsForged) { ExpectVerified(); }

TEST_F(PaymentForgery, AReceiptAndAPaymentOverAnAccountThatIsNotTheFunds) {
  Forge<FundsReceived>(2, [this](auto& fact) { fact.fixed.account = Name("d"); });
  Forge<MoneyPaid>(6, [this](auto& fact) { fact.fixed.account = Name("d"); });
  ExpectFindings({"V7/account_of_fund@2", "V7/account_of_fund@6"});
}

TEST_F(PaymentForgery, AnApprovalByTheRequester) {
  Forge<ApprovalGiven>(
      4, [this](ApprovalGiven&, EventCommon& common) { common.actor = Name("p-work"); });
  ExpectFindings({"V7/self_approval@4"});
}

TEST_F(PaymentForgery, ARejectionByTheRequester) {
  Add("2025-01-04 p-sup approval.given of=3.0 action=spend verdict=rejected");
  Forge<ApprovalGiven>(
      7, [this](ApprovalGiven&, EventCommon& common) { common.actor = Name("p-work"); });
  ExpectFindings({"V7/self_approval@7"});
}

TEST_F(PaymentForgery, APaymentByItsApprover) {
  Forge<MoneyPaid>(6, [this](MoneyPaid&, EventCommon& common) { common.actor = Name("p-sup"); });
  ExpectFindings({"V6/replay@6", "V7/self_approval@6"});
}

TEST_F(PaymentForgery, APaymentOfAnotherKindThanWasAskedFor) {
  Forge<MoneyPaid>(6, [this](auto& fact) { fact.fixed.payee = Name("o"); });
  ExpectFindings({"V6/replay@6", "V7/request_mismatch@6"});
}

TEST_F(PaymentForgery, APaymentBeyondItsRequest) {
  Forge<SpendingRequested>(3, [](auto& fact) { fact.amount = Fen{59}; });
  ExpectFindings({"V6/replay@6", "V7/request_mismatch@6"});
}

TEST_F(PaymentForgery, APaymentOfNoRequest) {
  Forge<MoneyPaid>(6, [](auto& fact) { fact.fixed.request = Address{Seq{2}, 0}; });
  ExpectFindings(
      {"V6/replay@6", "V7/request_mismatch@6", "V7/approval_missing@6", "V7/approval_missing@6"});
}

TEST_F(PaymentForgery, ARequestOlderThanItLasts) {
  const auto pay_later = [this](unsigned days) {
    Forge<MoneyPaid>(6, [days](MoneyPaid&, EventCommon& common) {
      common.occurred.seconds += days * 86'400;
      common.business_day = Date{static_cast<std::uint16_t>(common.business_day.value() + days)};
      common.period = MonthOf(common.business_day);
    });
  };
  pay_later(398);
  ExpectVerified();  // on the 400th day
  pay_later(1);
  ExpectFindings({"V6/replay@6", "V7/request_mismatch@6"});
}

TEST_F(PaymentForgery, ARequestToAFundOrForAMatterThatIsNone) {
  Add("2025-01-03 p-work spending.requested use=expense fund=f payee=o-3 amount_fen=100 "
      "purpose=care");
  Forge<SpendingRequested>(7, [this](auto& fact) { fact.matter = Name("o"); });
  ExpectFindings({"V7/unknown_ref@7"});
  Forge<SpendingRequested>(7, [this](auto& fact) { fact.matter = {}, fact.fund = Name("o"); });
  ExpectFindings({"V6/replay@7", "V7/unknown_fund@7"});
}

TEST_F(PaymentForgery, AReceiptForAGrantOrAMatterThatIsNone) {
  Forge<FundsReceived>(2, [this](auto& fact) { fact.fixed.grant = Name("o"); });
  ExpectFindings({"V7/unknown_ref@2"});
}

TEST_F(PaymentForgery, AnApprovalKeptBackForTheNextPayment) {
  static constexpr Address kOne[] = {Address{Seq{4}, 0}};
  Forge<MoneyPaid>(6, [](auto& fact) { fact.approvals = kOne; });
  ExpectFindings({"V7/approvals@6"});
}

TEST_F(PaymentForgery, AnApprovalUsedTwice) {
  Add("2025-01-06 p-sup approval.given of=3.0 action=spend verdict=approved");
  Add("2025-01-07 p-acct money.paid request=3.0 use=expense fund=f payee=o-3 amount_fen=40 "
      "purpose=care account=b approvals=[7.0]");
  ExpectVerified();
  static constexpr Address kUsed[] = {Address{Seq{4}, 0}};
  Forge<MoneyPaid>(8, [](auto& fact) { fact.approvals = kUsed; });
  ExpectFindings({"V6/replay@8", "V7/approval_used@8"});
}

TEST_F(PaymentForgery, AnApprovalForLessThanIsPaid) {
  Forge<ApprovalGiven>(4, [](auto& fact) { fact.amount = Fen{59}; });
  ExpectFindings({"V6/replay@6", "V7/approval_missing@6"});
}

TEST_F(PaymentForgery, AWithdrawalOfWhatWasNotGiven) {
  Add("2025-01-06 p-sup approval.given of=3.0 action=spend verdict=approved");
  Add("2025-01-06 p-sup approval.given of=3.0 action=spend verdict=withdrawn");
  ExpectVerified();
  Forge<ApprovalGiven>(
      8, [this](ApprovalGiven&, EventCommon& common) { common.actor = Name("p-chair"); });
  ExpectFindings({"V6/replay@8", "V7/approval_used@8"});
}

TEST_F(PaymentForgery, AnApprovalOfSomethingElse) {
  Forge<ApprovalGiven>(4, [](auto& fact) { fact.of = Address{Seq{2}, 0}; });
  ExpectFindings({"V6/replay@6", "V7/wrong_kind@4", "V7/approval_missing@6"});
  Forge<ApprovalGiven>(4, [](auto& fact) { fact.of = Address{Seq{3}, 0}; });
  ExpectVerified();
  Forge<ApprovalGiven>(4, [](auto& fact) { fact.decision = Address{Seq{1}, 0}; });
  ExpectFindings({"V7/wrong_kind@4"});
}

TEST_F(PaymentForgery, RestrictedMoneySpentOutside) {
  Forge<FundOpened>(1, [](auto& fact) { fact.restriction.until = Day("2025-01-04"); });
  ExpectFindings({"V7/purpose_outside_restriction@6"});
  const NameId purposes[] = {Name("o")};
  Forge<FundOpened>(1, [&](auto& fact) {
    fact.restriction.until = {};
    fact.restriction.purposes = purposes;
  });
  ExpectFindings({"V7/purpose_outside_restriction@6"});
}

TEST_F(PaymentForgery, RestrictedMoneySpentInAnotherPlace) {
  const NameId places[] = {Name("o")};
  Forge<FundOpened>(1, [&](auto& fact) { fact.restriction.places = places; });
  ExpectFindings({"V7/purpose_outside_restriction@6"});
}

TEST_F(PaymentForgery, APotThatNobodyStated) {
  Forge<FundOpened>(
      1, [](auto& fact) { fact.default_pot = *schema::ParsePot("restricted/donation"); });
  ExpectFindings({"V7/pot_wrong@6"});
}

TEST_F(PaymentForgery, AnIrregularPaymentIsNoted) {
  Add("2025-01-06 p-sup approval.given subject=f action=irregular verdict=approved");
  Add("2025-01-07 p-acct money.paid request=3.0 use=expense fund=f payee=o-3 amount_fen=40 "
      "purpose=care account=b irregular=[approval_missing] approval=7.0");
  ExpectFindings({"V7/irregular@8"}, Verdict::kVerified);
  Forge<ApprovalGiven>(7, [this](auto& fact) { fact.subject = Name("g"); });
  ExpectFindings({"V6/replay@8", "V7/approval_missing@8", "V7/irregular@8"});
  Forge<ApprovalGiven>(7, [this](auto& fact) { fact.subject = Name("o"); });
  ExpectFindings({"V6/replay@8", "V7/unknown_fund@7", "V7/approval_missing@8", "V7/irregular@8"});
}

TEST_F(PaymentForgery, AFactThatMaySetNothingAside) {
  Forge<MoneyPaid>(6, [](MoneyPaid&, EventCommon& common) {
    common.irregular = std::uint64_t{1}
                       << *schema::IrregularBit(schema::RefusalCode::limit_exceeded);
    common.approval = Address{Seq{5}, 0};
  });
  ExpectFindings({"V6/replay@6", "V7/irregular@6", "V7/approval_used@6", "V7/irregular@6"});
}

/// Behind the entries of PaymentForgery: agreements ag-1 (7) and ag-2 (8) signed by p-boss, a bill
/// of 100 for each (9 and 10), 11 an approval of p-sup on the signing of ag-1, 12 its waiver.
class WaiverForgery : public PaymentForgery {
 protected:
  void SetUp() override {
    PaymentForgery::SetUp();
    for (const int i : {1, 2}) {
      Add(
          fmt::format("2025-01-01 p-boss agreement.signed agreement=ag-{0} "
                      "agreement_type=donation_share party=v-{0} signed_on=2025-01-01 "
                      "valid_from=2025-01-01 fund=f basis=revenue rate=1/10 loss_policy=net_all "
                      "settlement=month",
                      i));
    }
    for (const int i : {1, 2}) {
      Add(
          fmt::format("2025-01-02 p-till sale.recorded vendor=v-{0} lines=[{{item=i quantity=1 "
                      "amount_fen=1000}}]\n"
                      "2025-02-01 p-acct settlement.closed agreement=ag-{0} through=2025-01-31",
                      i));
    }
    Add("2025-02-02 p-sup approval.given of=7.0 action=waive verdict=approved");
    Add("2025-02-03 p-acct due.waived agreement=ag-1 amount_fen=40 reason=illness approval=11.0");
  }
};

TEST_F(WaiverForgery, IsVerifiedWhereNothingIsForged) { ExpectVerified(); }

TEST_F(WaiverForgery, AnApprovalByWhoSignedTheAgreement) {
  Forge<ApprovalGiven>(
      11, [this](ApprovalGiven&, EventCommon& common) { common.actor = Name("p-boss"); });
  ExpectFindings({"V7/self_approval@11"});
}

TEST_F(WaiverForgery, AnApprovalByWhoWaives) {
  Forge<ApprovalGiven>(
      11, [this](ApprovalGiven&, EventCommon& common) { common.actor = Name("p-acct"); });
  ExpectFindings({"V6/replay@12", "V7/self_approval@12"});
}

TEST_F(WaiverForgery, AnApprovalOnTheSigningOfAnotherAgreement) {
  Forge<ApprovalGiven>(11, [](auto& fact) { fact.of = Address{Seq{8}, 0}; });
  ExpectFindings({"V7/approval_missing@12"});
}

TEST_F(WaiverForgery, AnApprovalOnANameThatIsNoAgreement) {
  Add("2025-02-02 p-sup approval.given subject=ag-2 action=waive verdict=approved");
  Forge<ApprovalGiven>(13, [this](auto& fact) { fact.subject = Name("f"); });
  ExpectFindings({"V7/unknown_agreement@13"});
}

TEST_F(WaiverForgery, AReceiptOfTheAgreementInAnotherPotOrFund) {
  Add("2025-02-04 p-acct funds.received fund=f pot=restricted/vendor_share from=v-1 amount_fen=10 "
      "account=b agreement=ag-1");
  ExpectVerified();
  Forge<FundsReceived>(
      13, [](auto& fact) { fact.fixed.pot = *schema::ParsePot("restricted/donation"); });
  ExpectFindings({"V7/pot_wrong@13"});
  Forge<FundsReceived>(13, [this](auto& fact) {
    fact.fixed.pot = *schema::ParsePot("restricted/vendor_share");
    fact.fixed.fund = Name("g");
    fact.fixed.account = Name("d");
  });
  ExpectFindings({"V7/pot_wrong@13"});
}

}  // namespace
}  // namespace suanpan::audit
