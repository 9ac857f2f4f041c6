// Every window of a small history: what must hold of statements and trial balance in all of them.

#include <optional>

#include "replay_fixture.h"
#include "suanpan/replay/statements.h"
#include "suanpan/store/memory_store.h"

namespace suanpan::replay::test {
namespace {

constexpr std::uint32_t kDays = 45;  // one settlement, its receipts, spending

Date Day(std::uint32_t n) {
  return Date{static_cast<std::uint16_t>(ParseDate("2025-01-01")->value() + n)};
}

/// Hands each event to many windows, so that the history is read once.
class Many final : public Projection {
 public:
  void Add(Projection& one) { all_.push_back(&one); }
  void OnEvent(const EventContext& context) override {
    for (Projection* one : all_) one->OnEvent(context);
  }

 private:
  std::vector<Projection*> all_;
};

/// Balances of every account summed from the postings day by day: the slow way.
class Daily final : public Projection {
 public:
  void OnEvent(const EventContext& context) override {
    const Date day = context.event.common.business_day;
    in_order_ = in_order_ && day >= last_;
    last_ = std::max(last_, day);
    AccountWindow one{DateWindow{}};
    one.OnEvent(context);
    for (const auto& [key, turnover] : one.accounts()) {
      changes_[key][day] += turnover.debit - turnover.credit;
    }
  }
  [[nodiscard]] Wide BalanceAfter(const rules::AccountKey& key, std::optional<Date> day) const {
    Wide sum = 0;
    const auto found = changes_.find(key);
    if (found == changes_.end()) return 0;
    for (const auto& [date, change] : found->second) {
      if (!day || date <= *day) sum += change;
    }
    return sum;
  }
  [[nodiscard]] bool in_order() const { return in_order_; }

 private:
  std::map<rules::AccountKey, std::map<Date, Wide>> changes_;
  Date last_;
  bool in_order_ = true;
};

/// The history replayed once into all windows [from, to] of its days, and into open ones.
class Windows : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = new Made;
    made_->store = store::MakeMemoryStore();
    suanpan::test::WriteBlocks(*made_->store, {kFirstBook, "jx-001"}, SmallYearEntries(kDays));
    for (std::uint32_t from = 0; from < kDays; ++from) {
      for (std::uint32_t to = from; to < kDays; ++to) {
        made_->windows.push_back({{Day(from), Day(to)}, AccountWindow{{Day(from), Day(to)}}});
      }
      made_->windows.push_back({{Day(from), {}}, AccountWindow{{Day(from), {}}}});
      made_->windows.push_back({{{}, Day(from)}, AccountWindow{{{}, Day(from)}}});
    }
    made_->windows.push_back({{}, AccountWindow{DateWindow{}}});
    Many many;
    for (auto& [window, accounts] : made_->windows) many.Add(accounts);
    Projection* projections[] = {&many, &made_->daily};
    made_->replayed = ReplayBook(*made_->store, kFirstBook, {}, projections).value();
  }
  static void TearDownTestSuite() { delete made_; }

  static const rules::BookState& state() { return *made_->replayed.state; }

  struct Made {
    std::unique_ptr<store::EventStore> store;
    std::vector<std::pair<DateWindow, AccountWindow>> windows;
    Daily daily;
    ReplayedBook replayed;
  };
  static Made* made_;
};
Windows::Made* Windows::made_ = nullptr;

std::string ToText(const DateWindow& window) {
  const auto text = [](std::optional<Date> date) { return date ? ToText(*date) : "open"; };
  return text(window.from) + " to " + text(window.to);
}

TEST_F(Windows, TheHistoryHasWhatTheStatementsSpeakOf) {
  EXPECT_EQ(made_->windows.size(), kDays * (kDays + 1) / 2 + 2 * kDays + 1);
  EXPECT_GT(made_->replayed.events, 500U);
  const auto uses = [&](rules::AccountClass account_class) {
    const auto& all = state().accounts.all();
    return std::any_of(all.begin(), all.end(), [&](const rules::Account& account) {
      return account.key.account_class == account_class;
    });
  };
  EXPECT_TRUE(uses(rules::AccountClass::kNetIncome));
  EXPECT_TRUE(uses(rules::AccountClass::kNetExpense));
  EXPECT_TRUE(uses(rules::AccountClass::kBaseRefunds));
  EXPECT_TRUE(uses(rules::AccountClass::kBaseUnpriced));
  EXPECT_TRUE(uses(rules::AccountClass::kPledgeBilled));
  EXPECT_TRUE(uses(rules::AccountClass::kPledgeReceived));
}

TEST_F(Windows, AFundsOpeningIncomeSpendingAndTransfersMakeItsClosing) {
  for (const auto& [window, accounts] : made_->windows) {
    const std::vector<FundStatement> funds = FundStatements(accounts, state()).value();
    ASSERT_EQ(funds.size(), 1U);
    Wide sum = funds[0].opening.wide() + funds[0].transfers.wide();
    for (const auto& [source, amount] : funds[0].income) sum += amount.wide();
    for (const auto& [purpose, amount] : funds[0].spending) sum -= amount.wide();
    EXPECT_EQ(sum, funds[0].closing.wide()) << ToText(window);
  }
}

TEST_F(Windows, OpeningAndClosingAreTheBalancesBeforeAndAfterByTheSlowWay) {
  for (const auto& [window, accounts] : made_->windows) {
    for (const rules::Account& account : state().accounts.all()) {
      const Turnover turnover = accounts.Of(account.key);
      const Wide before =
          window.from ? made_->daily.BalanceAfter(
                            account.key, Date{static_cast<std::uint16_t>(window.from->value() - 1)})
                      : 0;
      const Wide after = made_->daily.BalanceAfter(account.key, window.to);
      ASSERT_TRUE(turnover.opening == before && turnover.closing() == after)
          << ToText(window) << " " << PathOf(account.key, state().names);
      ASSERT_TRUE(turnover.debit >= 0 && turnover.credit >= 0);
    }
  }
}

TEST_F(Windows, TheTrialBalanceSumsToZeroPerUnit) {
  for (const auto& [window, accounts] : made_->windows) {
    std::map<rules::UnitOfAccount, std::array<Wide, 3>> sums;
    for (const TrialBalanceLine& line : TrialBalance(accounts, state()).value()) {
      sums[line.unit][0] += line.opening.wide();
      sums[line.unit][1] += line.debit.wide() - line.credit.wide();
      sums[line.unit][2] += line.closing.wide();
      EXPECT_EQ(line.opening.wide() + line.debit.wide() - line.credit.wide(), line.closing.wide());
    }
    EXPECT_GE(sums.size(), 4U) << "fen, points, minutes and places";
    for (const auto& [unit, sum] : sums) {
      EXPECT_TRUE(sum == (std::array<Wide, 3>{})) << ToText(window) << " " << schema::ToText(unit);
    }
  }
}

TEST_F(Windows, WithoutEndTheyAgreeWithTheStateAtTheHead) {
  for (const auto& [window, accounts] : made_->windows) {
    if (window.to) continue;
    std::size_t posted = 0;
    for (const rules::Account& account : state().accounts.all()) {
      ASSERT_TRUE(accounts.Of(account.key).closing() == account.balance().wide())
          << ToText(window) << " " << PathOf(account.key, state().names);
      if (window.from) continue;
      EXPECT_TRUE(accounts.Of(account.key).debit == account.debit.wide());
      EXPECT_TRUE(accounts.Of(account.key).credit == account.credit.wide());
      ++posted;
    }
    if (!window.from) {
      EXPECT_EQ(accounts.accounts().size(), posted);
    }
    const std::vector<FundStatement> funds = FundStatements(accounts, state()).value();
    EXPECT_TRUE(funds[0].closing.wide() == state().FundBalance(0)) << funds[0].closing.value();
  }
}

TEST_F(Windows, TheVendorStatementAtTheHeadIsWhatTheStateHasOfEachAgreement) {
  VendorLedger vendors{DateWindow{}};
  Projection* projections[] = {&vendors};
  const ReplayedBook replayed = ReplayBook(*made_->store, kFirstBook, {}, projections).value();
  const std::vector<VendorStatement> lines = vendors.Statements(*replayed.state).value();
  ASSERT_EQ(lines.size(), state().agreements.size());
  std::size_t billed = 0;
  for (const VendorStatement& line : lines) {
    // Base and due from their parts; the bill, from what became of it.
    EXPECT_EQ(line.base.value(), line.sales.value() - line.refunds.value() - line.costs.value() -
                                     line.standard_cost.value() - line.unpriced.value())
        << line.agreement;
    const auto index = replayed.state->IndexOf(replayed.state->names.Find(line.agreement),
                                               rules::Role::kAgreement);
    const rules::Agreement& agreement = replayed.state->agreements[index.value()];
    EXPECT_EQ(line.due, agreement.due_total) << line.agreement;
    EXPECT_EQ(line.base, agreement.base) << line.agreement;
    EXPECT_EQ(Wide{line.due.value()}, FloorMulDiv(line.rate.n, line.base.wide(), line.rate.m))
        << line.agreement;
    EXPECT_EQ(line.billed.value(), line.received.value() - line.advance.value() +
                                       line.waived.value() + line.outstanding.value());
    EXPECT_EQ(Wide{line.residue.value()},
              line.rate.n * line.base.wide() - line.rate.m * line.due.wide());
    if (line.billed.value() > 0) ++billed;
  }
  EXPECT_GT(billed, 0U);
}

TEST_F(Windows, AVendorStatementOfADateIsTheOneOfTheLogThatEndsThere) {
  ASSERT_TRUE(made_->daily.in_order()) << "else a date is not a position";
  class LastOf final : public Projection {
   public:
    explicit LastOf(Date date) : date_(date) {}
    void OnEvent(const EventContext& context) override {
      if (context.event.common.business_day <= date_) last = context.at.seq();
    }
    Seq last;

   private:
    Date date_;
  };
  for (const std::uint32_t day : {0U, 10U, 30U, 31U, 33U, kDays - 1}) {
    VendorLedger by_date{DateWindow{{}, Day(day)}};
    LastOf last{Day(day)};
    Projection* both[] = {&by_date, &last};
    const ReplayedBook whole = ReplayBook(*made_->store, kFirstBook, {}, both).value();
    VendorLedger by_position{DateWindow{}};
    Projection* one[] = {&by_position};
    ReplayOptions options;
    options.until = last.last;
    const ReplayedBook then = ReplayBook(*made_->store, kFirstBook, options, one).value();
    const auto dated = by_date.Statements(*whole.state).value();
    const auto placed = by_position.Statements(*then.state).value();
    ASSERT_GE(dated.size(), placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      EXPECT_EQ(dated[i].agreement, placed[i].agreement);
      EXPECT_EQ(dated[i].base, placed[i].base);
      EXPECT_EQ(dated[i].due, placed[i].due);
      EXPECT_EQ(dated[i].residue, placed[i].residue);
      EXPECT_EQ(dated[i].billed, placed[i].billed);
      EXPECT_EQ(dated[i].received, placed[i].received);
      EXPECT_EQ(dated[i].outstanding, placed[i].outstanding);
      EXPECT_EQ(dated[i].unpriced, placed[i].unpriced);
    }
  }
}

}  // namespace
}  // namespace suanpan::replay::test
