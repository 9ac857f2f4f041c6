// Statements of the community week (tests/scenarios/community-week.scenario), worked out by hand.

#include "suanpan/replay/statements.h"

#include "replay_fixture.h"
#include "suanpan/store/memory_store.h"
#include "support/fact_text.h"
#include "support/scenario.h"

namespace suanpan::replay::test {
namespace {

constexpr const char* kWeek = SUANPAN_SOURCE_DIR "/tests/scenarios/community-week.scenario";

/// Its ten entries; entry n is recorded in second n of the year 2027.
class CommunityWeek : public ::testing::Test {
 protected:
  CommunityWeek() {
    std::uint64_t seq = 0;
    for (const suanpan::testing::ScenarioBlock& block :
         suanpan::testing::ReadScenario(kWeek).value()) {
      if (!block.head.starts_with("entry ")) continue;
      std::string facts;
      for (const auto& row : block.rows) {
        facts += (facts.empty() ? "" : ",") + suanpan::testing::FactJson(row.text).value();
      }
      ledger_.now = RecordedAt(++seq);
      ledger_.Submit(suanpan::testing::CommandJson(fmt::format("week/{}", seq), facts));
    }
    (void)ledger_.ledger().Seal("zz").value();  // waits until all is durable
  }

  static InstantUs RecordedAt(std::uint64_t seq) {
    return InstantUs{ParseInstant("2027-01-01T00:00:00Z")->value() +
                     static_cast<std::int64_t>(seq) * 1'000'000};
  }
  static DateWindow Window(std::string_view from, std::string_view to) {
    return {ParseDate(from), ParseDate(to)};
  }
  FundStatement Fund(const DateWindow& window, const ReplayOptions& options = {}) {
    AccountWindow accounts{window};
    Projection* projections[] = {&accounts};
    const ReplayedBook replayed =
        ReplayBook(ledger_.ledger().reader(), kFirstBook, options, projections).value();
    const std::vector<FundStatement> funds = FundStatements(accounts, *replayed.state).value();
    EXPECT_EQ(funds.size(), 1U);
    return funds.at(0);
  }
  std::vector<VendorStatement> Vendors(const DateWindow& window,
                                       const ReplayOptions& options = {}) {
    VendorLedger vendors{window};
    Projection* projections[] = {&vendors};
    const ReplayedBook replayed =
        ReplayBook(ledger_.ledger().reader(), kFirstBook, options, projections).value();
    return vendors.Statements(*replayed.state).value();
  }

  TestLedger ledger_{store::MakeMemoryStore()};
};

/// "opening +source amount -purpose amount ~transfers = closing".
std::string ToText(const FundStatement& fund) {
  std::string text = fmt::format("{}", fund.opening.value());
  for (const auto& [source, amount] : fund.income) {
    text += fmt::format(" +{} {}", source, amount.value());
  }
  for (const auto& [purpose, amount] : fund.spending) {
    text += fmt::format(" -{} {}", purpose, amount.value());
  }
  if (fund.transfers.value() != 0) text += fmt::format(" ~{}", fund.transfers.value());
  return text + fmt::format(" = {}", fund.closing.value());
}

/// "B T r, billed, received, outstanding".
std::string ToText(const VendorStatement& line) {
  return fmt::format("{} {} {}: {} {} r{}, {} billed, {} received, {} outstanding", line.agreement,
                     line.vendor, line.basis, line.base.value(), line.due.value(),
                     line.residue.value_or(99), line.billed.value(), line.received.value(),
                     line.outstanding.value());
}

TEST_F(CommunityWeek, TheFundRollsForwardThroughItsWindows) {
  EXPECT_EQ(ToText(Fund({})), "0 +government 50000 +vendor_share 150 -elder_care 12000 = 38150");
  EXPECT_EQ(ToText(Fund(Window("2026-03-01", "2026-03-31"))),
            "0 +government 50000 -elder_care 12000 = 38000");
  EXPECT_EQ(ToText(Fund(Window("2026-03-03", "2026-03-06"))), "50000 = 50000");
  EXPECT_EQ(ToText(Fund(Window("2026-03-07", "2026-03-07"))), "50000 -elder_care 12000 = 38000");
  EXPECT_EQ(ToText(Fund(Window("2026-04-01", "2026-04-30"))), "38000 +vendor_share 150 = 38150");
  EXPECT_EQ(ToText(Fund(Window("2026-04-02", "2026-04-02"))), "38000 +vendor_share 150 = 38150");
  EXPECT_EQ(ToText(Fund(Window("", "2026-03-01"))), "0 = 0");
  EXPECT_EQ(ToText(Fund(Window("2027-01-01", ""))), "38150 = 38150");
}

TEST_F(CommunityWeek, TheVendorsOweWhatTheTableSays) {
  const std::vector<VendorStatement> lines = Vendors({});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(ToText(lines[0]),
            "ag-1 v-1 profit: 1704 170 r4, 170 billed, 150 received, 20 outstanding");
  EXPECT_EQ(ToText(lines[1]),
            "ag-2 v-2 revenue: 5801 174 r3, 174 billed, 0 received, 174 outstanding");
  EXPECT_EQ(lines[0].fund, "f-zz");
  EXPECT_EQ(lines[0].sales, Fen{8089});
  EXPECT_EQ(lines[0].refunds, Fen{1999});
  EXPECT_EQ(lines[0].costs, Fen{4386});
  EXPECT_EQ(lines[0].unpriced, Fen{0});
}

TEST_F(CommunityWeek, AsOfADateLaterSalesCostsAndBillsAreNotThere) {
  const std::vector<VendorStatement> fifth = Vendors(Window("", "2026-03-04"));
  EXPECT_EQ(ToText(fifth[0]), "ag-1 v-1 profit: -185 -19 r5, 0 billed, 0 received, 0 outstanding");
  EXPECT_EQ(ToText(fifth[1]), "ag-2 v-2 revenue: 0 0 r0, 0 billed, 0 received, 0 outstanding");
  EXPECT_EQ(ToText(Vendors(Window("", "2026-03-31"))[0]),
            "ag-1 v-1 profit: 1704 170 r4, 0 billed, 0 received, 0 outstanding");
  EXPECT_EQ(ToText(Vendors(Window("2026-04-01", "2026-04-01"))[0]),
            "ag-1 v-1 profit: 0 0 r4, 170 billed, 0 received, 170 outstanding")
      << "what moved within the window, what stands at its end";
}

TEST_F(CommunityWeek, WindowsAddUpToTheWhole) {
  const VendorStatement whole = Vendors({})[0];
  VendorStatement sum;
  for (const auto& [from, to] : {std::pair{"", "2026-03-03"},
                                 {"2026-03-04", "2026-03-04"},
                                 {"2026-03-05", "2026-04-01"},
                                 {"2026-04-02", ""}}) {
    const VendorStatement part = Vendors(Window(from, to))[0];
    EXPECT_EQ(part.base.value(), part.sales.value() - part.refunds.value() - part.costs.value() -
                                     part.standard_cost.value() - part.unpriced.value());
    sum.base = Fen{sum.base.value() + part.base.value()};
    sum.due = Fen{sum.due.value() + part.due.value()};
    sum.sales = Fen{sum.sales.value() + part.sales.value()};
    sum.billed = Fen{sum.billed.value() + part.billed.value()};
    sum.received = Fen{sum.received.value() + part.received.value()};
    sum.outstanding = part.outstanding;
    sum.residue = part.residue;
  }
  EXPECT_EQ(sum.base, whole.base);
  EXPECT_EQ(sum.due, whole.due);
  EXPECT_EQ(sum.sales, whole.sales);
  EXPECT_EQ(sum.billed, whole.billed);
  EXPECT_EQ(sum.received, whole.received);
  EXPECT_EQ(sum.outstanding, whole.outstanding);
  EXPECT_EQ(sum.residue, whole.residue);
}

TEST_F(CommunityWeek, TheDueOfADateDoesNotDependOnTheOrderOfTheLog) {
  // Bases of 1704 in March: each late sale of 5 makes the floor step with the sale of April before
  // it, but of March alone it does not.
  for (const auto& [key, day] : {std::pair{"late/1", "2026-04-05"}, {"late/2", "2026-03-31"}}) {
    const std::string fact = fmt::format(
        "{}T10:00 p-till sale.recorded vendor=v-1 lines=[{{item=bread quantity=1 amount_fen=5 "
        "cost_fen=0}}] paid=[{{means=cash amount_fen=5}}]",
        day);
    ledger_.Submit(suanpan::testing::CommandJson(key, suanpan::testing::FactJson(fact).value()));
  }
  (void)ledger_.ledger().Seal("zz").value();
  EXPECT_EQ(ToText(Vendors(Window("", "2026-03-31"))[0]),
            "ag-1 v-1 profit: 1709 170 r9, 0 billed, 0 received, 0 outstanding");
  EXPECT_EQ(Vendors(Window("2026-04-01", ""))[0].due, Fen{1});
  EXPECT_EQ(Vendors({})[0].due, Fen{171});
}

/// An agreement that starts every period anew, of a vendor with no other.
class ResetPeriod : public CommunityWeek {
 protected:
  void Send(std::string_view key, const std::string& fact) {
    ledger_.Submit(
        suanpan::testing::CommandJson(std::string{key}, suanpan::testing::FactJson(fact).value()));
  }
  void Sign(std::string_view costs) {
    Send("r/1", "2026-03-02 p-acct party.registered party=v-3 party_type=vendor");
    Send("r/2", fmt::format(
                    "2026-03-02 p-acct agreement.signed agreement=ag-3 party=v-3 "
                    "agreement_type=donation_share signed_on=2026-01-01 valid_from=2026-01-01 "
                    "fund=f-zz basis=profit rate=1/10 loss_policy=reset_period settlement=month {}",
                    costs));
  }
  /// Its statement in a window, and T as the engine has it.
  std::pair<VendorStatement, Fen> Of(const DateWindow& window) {
    (void)ledger_.ledger().Seal("zz").value();
    VendorLedger vendors{window};
    Projection* projections[] = {&vendors};
    const ReplayedBook replayed =
        ReplayBook(ledger_.ledger().reader(), kFirstBook, {}, projections).value();
    return {vendors.Statements(*replayed.state).value().at(2),
            replayed.state->agreements[2].due_total};
  }
};

TEST_F(ResetPeriod, ALateCostCountsInThePeriodOfItsSale) {
  Sign("cost_method=per_line");
  Send("r/3",
       "2026-01-05 p-till sale.recorded vendor=v-3 lines=[{item=bread quantity=1 "
       "amount_fen=10000}] paid=[{means=cash amount_fen=10000}]");
  const Seq sale = ledger_.ledger().Seal("zz").value().state.seq;
  Send("r/4",
       "2026-02-05 p-till sale.recorded vendor=v-3 lines=[{item=bread quantity=1 "
       "amount_fen=10000 cost_fen=0}] paid=[{means=cash amount_fen=10000}]");
  Send("r/5", fmt::format("2026-02-11 p-acct cost.recorded agreement=ag-3 sale={}.0 sale_line=0 "
                          "cost_kind=goods amount_fen=20000",
                          sale.value()));
  const auto [line, due] = Of({});
  EXPECT_EQ(due, Fen{1000}) << "February alone: the loss of January counts as nothing";
  EXPECT_EQ(line.due, due);
  EXPECT_EQ(line.residue, 0U);
  EXPECT_EQ(Of(Window("", "2026-02-10")).first.due, Fen{1000});
  EXPECT_FALSE(Of(Window("", "2026-02-10")).first.residue.has_value());
}

TEST_F(ResetPeriod, ATrueUpOfSeveralMonthsCountsInEachOfThem) {
  Sign("cost_method=standard_margin margin=1/2");
  for (const int month : {1, 2, 3}) {
    Send(fmt::format("r/1{}", month),
         fmt::format("2026-{:02}-05 p-till sale.recorded vendor=v-3 lines=[{{item=bread "
                     "quantity=1 amount_fen=10000}}] paid=[{{means=cash amount_fen=10000}}]",
                     month));
  }
  Send("r/4",
       "2026-04-05 p-acct cost.recorded agreement=ag-3 cost_kind=goods amount_fen=24000 "
       "true_up={from=2026-01 to=2026-03}");
  const auto [line, due] = Of({});
  EXPECT_EQ(due, Fen{2000});
  EXPECT_EQ(line.due, due);
}

TEST_F(CommunityWeek, AsKnownAtAPositionOrTimeLaterEntriesAreNotThere) {
  ReplayOptions position;
  position.until = Seq{9};
  EXPECT_EQ(ToText(Fund({}, position)), "0 +government 50000 -elder_care 12000 = 38000");
  EXPECT_EQ(ToText(Vendors({}, position)[0]),
            "ag-1 v-1 profit: 1704 170 r4, 0 billed, 0 received, 0 outstanding");
  ReplayOptions time;
  time.recorded_until = RecordedAt(9);
  EXPECT_EQ(ToText(Fund({}, time)), ToText(Fund({}, position)));
  time.recorded_until = InstantUs{RecordedAt(9).value() - 1};
  EXPECT_EQ(ToText(Fund({}, time)), "0 +government 50000 = 50000") << "one entry less";
  position.until = Seq{1};
  EXPECT_EQ(Vendors({}, position).size(), 0U) << "no agreement was known";
}

TEST_F(CommunityWeek, TheTrialBalanceListsEveryAccountByPath) {
  AccountWindow april{Window("2026-04-01", "2026-04-30")};
  Projection* projections[] = {&april};
  const ReplayedBook replayed =
      ReplayBook(ledger_.ledger().reader(), kFirstBook, {}, projections).value();
  std::map<std::string, std::string> lines;
  std::string last;
  for (const TrialBalanceLine& line : TrialBalance(april, *replayed.state).value()) {
    EXPECT_LT(last, line.account) << "sorted, no account twice";
    last = line.account;
    lines[line.account] = fmt::format("{} {} {} {}", line.opening.value(), line.debit.value(),
                                      line.credit.value(), line.closing.value());
  }
  EXPECT_EQ(lines["fund/f-zz/bank/b-1"], "38000 150 0 38150");
  EXPECT_EQ(lines["fund/f-zz/net/restricted/government/income"], "-50000 0 0 -50000");
  EXPECT_EQ(lines["fund/f-zz/net/restricted/government/expense/elder_care"], "12000 0 0 12000");
  EXPECT_EQ(lines["fund/f-zz/net/restricted/vendor_share/income"], "0 0 150 -150");
  EXPECT_EQ(lines["pledge/ag-1/accrued"], "170 0 170 0");
  EXPECT_EQ(lines["pledge/ag-1/billed"], "0 170 150 20");
  EXPECT_EQ(lines["pledge/ag-1/received"], "0 150 0 150");
  EXPECT_EQ(lines["base/ag-1/total"], "1704 0 0 1704");
}

}  // namespace
}  // namespace suanpan::replay::test
