// Apply believes no stored value that it can compute: every forgery here is well-formed bytes, and
// is refused all the same.

#include "forged_history.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::testing {
namespace {

using namespace suanpan::schema;

constexpr std::string_view kCommands[] = {
    // 1
    "2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o\n"
    "2026-01-01 p-acct fund.opened fund=f-zz label=F host=o bank_accounts=[b-1] "
    "default_pot=restricted/government restriction={class=restricted purposes=[elder_care]}\n"
    "2026-01-01 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v-1 "
    "signed_on=2026-01-01 valid_from=2026-01-01 fund=f-zz basis=profit rate=1/10 "
    "loss_policy=net_all "
    "settlement=month cost_kinds=[goods]\n"
    "2026-01-01 p-acct agreement.signed agreement=ag-2 agreement_type=donation_share party=v-2 "
    "signed_on=2026-01-01 valid_from=2026-01-01 fund=f-zz basis=revenue rate=1/10 "
    "loss_policy=net_all settlement=month\n"
    "2026-01-01 p-acct funds.received fund=f-zz pot=restricted/government from=o-9 amount_fen=900 "
    "account=b-1",
    // 2: an accrual at line 1
    "2026-01-02 p-till sale.recorded vendor=v-1 lines=[{item=a quantity=2 amount_fen=1007 "
    "cost_fen=200}]",
    // 3: unpriced, no accrual
    "2026-01-02 p-till sale.recorded vendor=v-1 lines=[{item=b quantity=2 amount_fen=500}]",
    // 4: a refund of the unpriced line, no accrual
    "2026-01-03 p-till refund.recorded vendor=v-1 sale=3.0 lines=[{quantity=1 amount_fen=250}]",
    // 5: a refund and a cost, each with its accrual; a cost that posts nothing
    "2026-01-03 p-till refund.recorded vendor=v-1 sale=2.0 lines=[{quantity=1 amount_fen=500}]\n"
    "2026-01-03 p-acct cost.recorded agreement=ag-1 cost_kind=goods amount_fen=17\n"
    "2026-01-03 p-acct cost.recorded agreement=ag-1 cost_kind=rent amount_fen=17",
    // 6: settlement and receipt, more than the bill
    "2026-02-01 p-acct settlement.closed agreement=ag-1 through=2026-01-31\n"
    "2026-02-02 p-acct funds.received fund=f-zz pot=restricted/vendor_share from=v-1 amount_fen=50 "
    "account=b-1 agreement=ag-1",
    // 7: request, approval, payment of a part
    "2026-02-03 p-work spending.requested use=expense fund=f-zz payee=o-3 amount_fen=500 "
    "purpose=elder_care\n"
    "2026-02-03 p-sup approval.given of=#0 action=spend verdict=approved\n"
    "2026-02-03 p-acct money.paid request=#0 use=expense fund=f-zz payee=o-3 amount_fen=300 "
    "purpose=elder_care account=b-1",
    // 8: the next bill uses the advance, and is waived
    "2026-02-04 p-till sale.recorded vendor=v-1 lines=[{item=a quantity=1 amount_fen=900 "
    "cost_fen=0}]\n"
    "2026-03-01 p-acct settlement.closed agreement=ag-1 through=2026-02-28\n"
    "2026-03-02 p-sup approval.given subject=ag-1 action=waive verdict=approved\n"
    "2026-03-02 p-acct due.waived agreement=ag-1 amount_fen=5 reason=illness approval=#2",
    // 9: a loss beyond the open bills
    "2026-03-03 p-till sale.recorded vendor=v-1 lines=[{item=a quantity=1 amount_fen=0 "
    "cost_fen=5000}]\n"
    "2026-04-01 p-acct settlement.closed agreement=ag-1 through=2026-03-31",
};

class ForgedEntry : public ForgedHistory {
 protected:
  ForgedEntry() : ForgedHistory(kCommands) {}
};

Fen Plus(Fen amount, std::int64_t by) { return Fen{amount.value() + by}; }

TEST_F(ForgedEntry, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedEntry, AccrualWithAnyWrongFigureIsRefused) {
  using A = DonationAccrued;
  Forge<A>(
      2, 1, [](A& a) { a.fixed.base = Plus(a.fixed.base, 1); }, "accrual of ag-1");
  Forge<A>(
      2, 1, [](A& a) { a.fixed.due_total = Plus(a.fixed.due_total, 1); }, "accrual of ag-1");
  Forge<A>(
      2, 1, [](A& a) { a.fixed.due_change = Plus(a.fixed.due_change, -1); }, "change of base");
  Forge<A>(
      2, 1, [](A& a) { a.fixed.residue += 1; }, "accrual of ag-1");
  Forge<A>(
      2, 1, [](A& a) { a.fixed.entry = Plus(a.fixed.entry, 1); }, "another base entry");
  Forge<A>(
      2, 1, [](A& a) { a.fixed.month = Month{1}; }, "another base entry");
  const NameId other = book_.state().names.Find("ag-2");
  Forge<A>(
      2, 1, [&](A& a) { a.fixed.agreement = other; }, "another base entry");
}

TEST_F(ForgedEntry, MissingAccrualIsRefusedAtTheEndAndInTheMiddle) {
  Take(2).erase(events_.begin() + 1);
  EXPECT_NE(Verdict().find("has no accrual"), std::string::npos) << Verdict();
  Take(5).erase(events_.begin() + 1);
  EXPECT_NE(Verdict().find("has no accrual"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, AccrualTwiceOrWithoutCauseIsRefused) {
  Take(2).insert(events_.begin() + 2, events_[1]);
  EXPECT_NE(Verdict().find("without its base entry"), std::string::npos) << Verdict();
  Take(2);
  events_[1].common.cause = 2;
  EXPECT_NE(Verdict().find("has no accrual"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, BaseEntryThatDoesNotFollowFromTheLinesIsRefused) {
  Forge<SaleRecorded>(
      2, 0, [](SaleRecorded& s) { s.fixed.entry = Plus(s.fixed.entry, 1); }, "another base entry");
  Forge<SaleRecorded>(
      3, 0, [](SaleRecorded& s) { s.fixed.entry = Fen{1}; }, "moves no base");
  Forge<RefundRecorded>(
      4, 0, [](RefundRecorded& r) { r.fixed.entry = Fen{1}; }, "moves no base");
  Forge<CostRecorded>(
      5, 4, [](CostRecorded& c) { c.fixed.entry = Fen{1}; }, "moves no base");
  // Sale and accrual forged alike still contradict the months.
  Take(2);
  Value<SaleRecorded>(0).fixed.entry = Fen{808};
  Value<DonationAccrued>(1).fixed.entry = Fen{808};
  EXPECT_NE(Verdict().find("accrual of ag-1"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, AgreementWithoutDenominatorIsRefusedBeforeAnythingIsDividedByIt) {
  using A = schema::AgreementSigned;
  const auto line = LineOf(1, A::kKind);
  Forge<A>(
      1, line, [](A& a) { a.rate.m = 0; }, "without a rate or margin");
  Forge<A>(
      1, line,
      [](A& a) { a.cost_method = static_cast<std::uint8_t>(schema::CostMethod::kStandardMargin); },
      "without a rate or margin");
}

TEST_F(ForgedEntry, NameThatWasNeverIntroducedTakesNoMemory) {
  constexpr NameId kFar{0xffff'fffe};
  using A = schema::AgreementSigned;
  Forge<A>(
      1, LineOf(1, A::kKind), [&](A& a) { a.party = kFar; }, "not introduced");
  Forge<A>(
      1, LineOf(1, A::kKind), [&](A& a) { a.agreement = kFar; }, "not introduced");
  using F = schema::FundOpened;
  Forge<F>(
      1, LineOf(1, F::kKind), [&](F& f) { f.fund = kFar; }, "not introduced");
}

TEST_F(ForgedEntry, TrueUpThroughTheLastMonthThereIsEnds) {
  Take(5);
  auto& cost = Value<CostRecorded>(LineOf(5, CostRecorded::kKind));
  cost.fixed.true_up = {Month{65'500}, Month{65'535}};
  EXPECT_NE(Verdict(), Status{}.ToString());
  cost.fixed.true_up = {Month{1}, Month{65'535}};
  EXPECT_NE(Verdict().find("too many months"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, RefundOfAnUnpricedLineThatIsNotUnpricedIsRefused) {
  Forge<RefundRecorded>(
      4, 0,
      [](RefundRecorded& r) {
        r.fixed.sale = Address{Seq{2}, 0};
      },
      "not unpriced");
}

TEST_F(ForgedEntry, NamesOutOfOrderTwiceOrBeforeTheFactsAreRefused) {
  const std::size_t first = 2;  // entry 2: sale, accrual, then names
  Forge<RefIntroduced>(
      2, first, [](RefIntroduced& r) { r.id = NameId{r.id.value() + 1}; }, "out of order");
  Forge<RefIntroduced>(
      2, first, [](RefIntroduced& r) { r.ref = "ag-1"; }, "out of order or twice");
  Forge<RefIntroduced>(
      2, first, [](RefIntroduced& r) { r.ref = "Not A Name"; }, "out of order");
  Take(2);
  std::swap(events_[0], events_[2]);
  EXPECT_NE(Verdict().find("introduced last"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, SettlementThatDoesNotFollowIsRefused) {
  using S = SettlementClosed;
  Forge<S>(
      6, 0, [](S& s) { s.fixed.due = Plus(s.fixed.due, 1); }, "settlement of ag-1");
  Forge<S>(
      6, 0, [](S& s) { s.fixed.high = Plus(s.fixed.high, 1); }, "settlement of ag-1");
  Forge<S>(
      6, 0, [](S& s) { s.fixed.from_advance = Fen{1}; }, "settlement of ag-1");
  Forge<S>(
      8, 2, [](S& s) { s.fixed.from_advance = Fen{}; }, "settlement of ag-1");
  Forge<S>(
      8, 2, [](S& s) { s.fixed.through = Date{20'484}; }, "is settled");
  Forge<S>(
      9, 2, [](S& s) { s.fixed.to_advance = Plus(s.fixed.to_advance, -1); }, "settlement of ag-1");
}

TEST_F(ForgedEntry, ReceiptThatPaysOtherBillsThanTheOpenOnesIsRefused) {
  using R = FundsReceived;
  Forge<R>(
      6, 1, [](R& r) { r.allocated = {}; }, "other bills");
  Forge<R>(
      6, 1, [](R& r) { r.fixed.advance = Plus(r.fixed.advance, 1); }, "other bills");
  Forge<R>(
      6, 1, [](R& r) { r.fixed.amount = Plus(r.fixed.amount, 1); }, "other bills");
}

TEST_F(ForgedEntry, PaymentWithoutRequestOrApprovalIsRefused) {
  using P = MoneyPaid;
  Forge<P>(
      7, 2,
      [](P& p) {
        p.fixed.request = Address{Seq{1}, 0};
      },
      "does not fit its request: request_mismatch of request");
  Forge<P>(
      7, 2, [](P& p) { p.fixed.amount = Fen{501}; },
      "does not fit its request: request_mismatch of amount_fen");
  static constexpr Address kNone[] = {Address{Seq{1}, 0}};
  Forge<P>(
      7, 2, [](P& p) { p.approvals = kNone; }, "without the approvals that it needs");
  Forge<P>(
      7, 2, [](P& p) { p.approvals = std::span<const Address>{}; },
      "without the approvals that it needs");
  Take(7);
  events_[2].common.actor = events_[1].common.actor;  // the approver pays
  EXPECT_NE(Verdict().find("self_approval"), std::string::npos) << Verdict();
}

TEST_F(ForgedEntry, WaiverBeyondTheBillsOrWithoutApprovalIsRefused) {
  Forge<DueWaived>(
      8, 4, [](DueWaived& w) { w.fixed.amount = Fen{1'000}; }, "than is billed");
  Take(8);
  events_[4].common.approval = Address{Seq{7}, 1};
  EXPECT_NE(Verdict().find("approval 7.1 does not serve here: approval_used"), std::string::npos)
      << Verdict();
}

TEST_F(ForgedEntry, EntryOutOfSequenceOrBeforeTheBookOpensIsRefused) {
  rules::BookState state;
  const Status gap = ApplyEntry(rules::Catalogue::Standard(), state, Seq{2}, book_.entry(Seq{2}));
  EXPECT_NE(gap.ToString().find("does not follow"), std::string::npos);
  rules::BookState fresh;
  const Status shut = ApplyEntry(rules::Catalogue::Standard(), fresh, Seq{1}, book_.entry(Seq{2}));
  EXPECT_EQ(shut.code(), StatusCode::kCorruption);
  Take(1).insert(events_.begin() + 1, events_[0]);
  EXPECT_NE(Verdict().find("opened twice"), std::string::npos) << Verdict();
}

}  // namespace
}  // namespace suanpan::testing
