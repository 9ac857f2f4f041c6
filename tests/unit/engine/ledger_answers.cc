// What the ledger answers, and that a refused command leaves nothing behind.

#include <algorithm>

#include "ledger_fixture.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::engine::test {
namespace {

std::vector<std::string> KeysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

using Keys = std::vector<std::string>;

TEST_P(LedgerTest, OneSaleInOneBalanceOut) {
  const auto holder = Opened();
  const Submission sale = holder->Submit(CommandOf("zz", "till/1", {SaleFact("10000", "5995")}));
  const Json answer = holder->AnswerOf(sale);
  ASSERT_EQ(answer["events"].size(), 2U) << answer;
  EXPECT_EQ(answer["events"][0]["entry_fen"], "4005");
  EXPECT_EQ(answer["events"][1]["due_change_fen"], "400") << "a tenth of 4005, floored";
  std::map<std::string, std::int64_t> after;
  for (const BalanceChange& change : holder->ledger().ChangesOf(sale).value()) {
    EXPECT_EQ(change.before, rules::AnyUnits{0}) << change.account;
    after[change.account] = change.after.value();
  }
  EXPECT_EQ(after, (std::map<std::string, std::int64_t>{{"base/ag-1/sales", -10000},
                                                        {"base/ag-1/costs", 5995},
                                                        {"base/ag-1/total", 4005},
                                                        {"pledge/ag-1/accrued", 400},
                                                        {"pledge/ag-1/undertaken", -400}}));
}

TEST_P(LedgerTest, ACommittedAnswerHasTheStatedFieldsAndTheLeafOfTheStoredBytes) {
  const auto holder = Opened();
  const Json answer = holder->Send(SaleOf("zz", 7));
  EXPECT_EQ(KeysOf(answer), (Keys{"result", "stage", "book", "key", "seq", "leaf", "events"}));
  EXPECT_EQ(answer["result"], "committed");
  EXPECT_EQ(answer["stage"], "durable");
  EXPECT_EQ(answer["book"], "zz");
  EXPECT_EQ(answer["key"], "till/7");
  EXPECT_EQ(answer["seq"], 2);
  EXPECT_EQ(answer["leaf"], LeafHex(holder->Entries("zz").at(1)));
  ASSERT_EQ(answer["events"].size(), 2U) << "without ref.introduced";
  const Json& sale = answer["events"][0];
  EXPECT_EQ(KeysOf(sale), (Keys{"at", "kind", "fact", "agreement", "entry_fen"}));
  EXPECT_EQ(sale["at"], "2.0");
  EXPECT_EQ(sale["fact"], 0);
  const Json& accrual = answer["events"][1];
  EXPECT_EQ(accrual["kind"], "donation.accrued");
  EXPECT_EQ(accrual["cause"], "2.0");
  EXPECT_FALSE(accrual.contains("fact"));
}

TEST_P(LedgerTest, ARefusedAnswerIsExactlyTheStatedShape) {
  const auto holder = Opened();
  Json bad = AgreementFact("v-1");
  bad["agreement"] = "ag-2";
  bad["fund"] = "f-none";
  const Json answer =
      holder->Send(CommandOf("zz", "till/1", {SaleFact("100", "60"), std::move(bad)}));
  EXPECT_EQ(answer.dump(),
            R"({"result":"refused","code":"unknown_ref","number":203,"fact":1,"field":"fund",)"
            R"("detail":{"ref":"f-none"},"head_seq":1,"book":"zz","key":"till/1"})");
  const Json ahead = holder->Send(CommandOf("zz", "till/1", {SaleFact("100", "60")}, 9));
  EXPECT_EQ(ahead.dump(),
            R"({"result":"refused","code":"seq_mismatch","number":109,"field":"expected_seq",)"
            R"("detail":{"head_seq":1},"head_seq":1,"book":"zz","key":"till/1"})")
      << "the command as a whole is refused: no fact is named";
}

TEST_P(LedgerTest, ACommandForABookThatIsNotOpenIsRefusedAndMakesNone) {
  const auto holder = Opened();
  const Json answer = holder->Send(SaleOf("yy", 1));
  EXPECT_EQ(answer["code"], "book_not_open");
  EXPECT_EQ(answer["fact"], 0);
  EXPECT_EQ(answer["head_seq"], 0);
  Json bad = BookOpenedFact();
  bad["utc_offset_minutes"] = 481;
  EXPECT_EQ(holder->Send(CommandOf("yy", "office/1", {std::move(bad)}))["code"], "bad_field");
  EXPECT_EQ(holder->ledger().Books(), std::vector<std::string>{"zz"});
  EXPECT_FALSE(holder->ledger().NumberOf("yy").ok());
  EXPECT_EQ(holder->Commit(OpeningOf("yy")), Seq{1});
  EXPECT_EQ(holder->ledger().Books(), (std::vector<std::string>{"yy", "zz"}));
}

TEST_P(LedgerTest, AFaultOfAnUnknownBooksFirstFactIsNamedBeforeTheBookIsMissed) {
  const auto holder = Empty();
  Json fact = SaleFact("100", "60");
  fact["colour"] = "red";
  const Json first = holder->Send(CommandOf("zz", "till/1", {fact}));
  EXPECT_EQ(first["code"], "unknown_field");
  EXPECT_EQ(first["field"], "colour");
  EXPECT_EQ(first["fact"], 0);
  const Json later = holder->Send(CommandOf("zz", "till/1", {SaleFact("100", "60"), fact}));
  EXPECT_EQ(later["code"], "book_not_open");
  EXPECT_EQ(later["fact"], 0);
}

TEST_P(LedgerTest, ABookOpensOnce) {
  const auto holder = Opened();
  const Json answer = holder->Send(CommandOf("zz", "office/2", {BookOpenedFact()}));
  EXPECT_EQ(answer["code"], "book_exists");
  EXPECT_EQ(answer["number"], 202);
  EXPECT_EQ(answer["fact"], 0);
  EXPECT_EQ(answer["head_seq"], 1);
}

TEST_P(LedgerTest, ASourceThatIsNoRefIsAnErrorOfTheCaller) {
  const auto holder = Opened();
  schema::CommandParser parser{holder->catalogue().kinds()};
  const auto command = std::get<schema::Command>(parser.Parse(SaleOf("zz", 1)));
  for (const char* source : {"", "Till", "a b"}) {
    const auto submitted = holder->ledger().Submit(command, source);
    ASSERT_FALSE(submitted.ok()) << source;
    EXPECT_EQ(submitted.error().code(), StatusCode::kInvalidArgument);
  }
}

// Nothing of a refused command stays: neither postings nor names (both are in the state root), nor
// a gap in the sequence.
class Refused {
 public:
  explicit Refused(LedgerHolder& holder) : holder_(holder), before_(holder.Seal("zz")) {}
  void Expect(const std::string& command, std::string_view code) {
    const Json answer = holder_.Send(command);
    EXPECT_EQ(answer["code"], code) << answer;
    EXPECT_EQ(answer["head_seq"], before_.size.value());
    const SealedHead after = holder_.Seal("zz");
    EXPECT_EQ(after.state, before_.state);
    EXPECT_EQ(after.root, before_.root);
  }

 private:
  LedgerHolder& holder_;
  SealedHead before_;
};

TEST_P(LedgerTest, AnEntryThatWouldBeTooLargeLeavesNoTrace) {
  const auto holder = Opened();
  std::vector<Json> facts(256, SaleFact("100", "60"));
  facts.back()["lines"][0]["item"] = "i-new";
  Refused{*holder}.Expect(CommandOf("zz", "till/1", facts), "entry_full");
  EXPECT_EQ(holder->Commit(SaleOf("zz", 1)), Seq{2}) << "the key is still free";
}

TEST_P(LedgerTest, AnOverflowLeavesNoTrace) {
  const auto holder = Opened();
  constexpr std::string_view kMost = "9223372036854775807";
  Refused refused{*holder};
  Json two = SaleFact(kMost, "0");
  two["lines"].push_back(two["lines"][0]);
  refused.Expect(CommandOf("zz", "till/1", {two}), "amount_overflow");
  Json costs = SaleFact(kMost, kMost);
  costs["lines"].push_back(costs["lines"][0]);
  costs["lines"][1]["amount_fen"] = "0";
  refused.Expect(CommandOf("zz", "till/1", {costs}), "amount_overflow");
  refused.Expect(CommandOf("zz", "till/1", {SaleFact(kMost, "0"), SaleFact("1", "0")}),
                 "amount_overflow");
  EXPECT_EQ(holder->Commit(SaleOf("zz", 1)), Seq{2});
}

TEST_P(LedgerTest, ARefusalAfterAcceptedFactsTakesThemBack) {
  const auto holder = Opened();
  Refused{*holder}.Expect(
      CommandOf("zz", "till/1", {SaleFact("100", "60"), VendorFact("v-2"), VendorFact("v-1")}),
      "ref_taken");
}

}  // namespace
}  // namespace suanpan::engine::test
