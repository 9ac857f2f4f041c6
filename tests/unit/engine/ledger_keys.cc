// Command keys: what is bound, what a repeat gets, what a conflict names.

#include <algorithm>

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

constexpr std::string_view kUuid = "01941ed7-2b48-7fb3-ac5f-81755e616b92";

void ExpectConflict(const Json& answer, std::uint64_t seq, std::uint32_t fact,
                    std::string_view field) {
  EXPECT_EQ(answer["result"], "refused") << answer;
  EXPECT_EQ(answer["code"], "key_conflict") << answer;
  EXPECT_EQ(answer["number"], 108);
  EXPECT_EQ(answer["fact"], fact) << answer;
  EXPECT_EQ(answer.contains("field") ? answer["field"].get<std::string>() : "", field) << answer;
  EXPECT_EQ(answer["detail"]["seq"], seq) << answer;
}

TEST_P(LedgerTest, ARepeatGetsTheFirstAnswerUnchanged) {
  const auto holder = Opened();
  for (const std::string_view key : {std::string_view{"till/1042"}, kUuid}) {
    const std::string command = CommandOf("zz", key, {SaleFact("10000", "6000")});
    const Json first = holder->Send(command);
    ASSERT_EQ(first["result"], "committed");
    holder->Commit(
        CommandOf("zz", fmt::format("office/{}", first["seq"].get<int>()), {SaleFact("500", "0")}));
    const Json repeat = holder->Send(command);
    EXPECT_EQ(repeat.size(), 2U);
    EXPECT_EQ(repeat["result"], "duplicate");
    EXPECT_EQ(repeat["answer"].dump(), first.dump());
    holder->Reopen();
    EXPECT_EQ(holder->Send(command).dump(), repeat.dump()) << "after opening again";
  }
  EXPECT_EQ(holder->Entries("zz").size(), 5U);
}

TEST_P(LedgerTest, ARepeatBeforeTheFirstIsDurableGetsTheSameAnswer) {
  const auto holder = Opened();
  holder->gate().Close();
  std::vector<Submission> twice;
  for (int i = 0; i < 2; ++i) twice.push_back(holder->Submit(SaleOf("zz", 1)));
  for (int i = 0; i < 2; ++i)
    twice.push_back(holder->Submit(CommandOf("zz", kUuid, {SaleFact("5", "0")})));
  holder->gate().Open();
  for (std::size_t i : {0U, 2U}) {
    EXPECT_EQ(twice[i].outcome, Submission::Outcome::kAccepted);
    EXPECT_EQ(twice[i + 1].outcome, Submission::Outcome::kDuplicate);
    const Json first = holder->AnswerOf(twice[i]);
    EXPECT_EQ(holder->AnswerOf(twice[i + 1])["answer"].dump(), first.dump());
  }
  EXPECT_EQ(holder->Entries("zz").size(), 3U);
}

TEST_P(LedgerTest, ACounterLeadsToTheEntryThatBoundIt) {
  const auto holder = Opened();
  const Seq seq = holder->Commit(CommandOf("zz", "desk/7", {SaleFact("5", "0")}));
  holder->Commit(CommandOf("zz", kUuid, {SaleFact("5", "0")}));
  const auto find = [&](std::string_view book, std::string_view source, std::string_view stream,
                        std::uint64_t counter) {
    return holder->ledger().FindCounter(book, source, stream, counter).value();
  };
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(find("zz", kTill, "desk", 7), seq);
    EXPECT_EQ(find("zz", kTill, "desk", 8), std::nullopt);
    EXPECT_EQ(find("zz", "s-other", "desk", 7), std::nullopt);
    EXPECT_EQ(find("zz", kTill, "other", 7), std::nullopt);
    EXPECT_EQ(find("yy", kTill, "desk", 7), std::nullopt);
    holder->Reopen();
  }
}

TEST_P(LedgerTest, ARefusalBindsNoKey) {
  const auto holder = Opened();
  for (const std::string_view key : {std::string_view{"till/1"}, kUuid}) {
    EXPECT_EQ(holder->Send(CommandOf("zz", key, {CostFact("9.0", "5")}))["code"],
              "unknown_address");
    EXPECT_EQ(holder->Send(CommandOf("zz", key, {SaleFact("100", "60")}))["result"], "committed");
  }
}

TEST_P(LedgerTest, TheSameRequestInAnotherNotationIsARepeat) {
  const auto holder = Opened();
  Json sale = SaleFact("100", "60");
  holder->Commit(CommandOf("zz", "till/1", {sale, CostFact("#0", "5")}));
  sale["lines"][0]["amount_fen"] = 100;
  sale["lines"][0]["quantity"] = 1;
  sale["occurred_at"] = "2025-06-01T12:00:00.25+08:00";
  const Json answer = holder->Send(CommandOf("zz", "till/1", {sale, CostFact("2.0", "5")}));
  EXPECT_EQ(answer["result"], "duplicate") << answer;
  EXPECT_EQ(answer["answer"]["seq"], 2);
}

TEST_P(LedgerTest, AConflictNamesEntryFactAndField) {
  const auto holder = Opened();
  const Json sale = SaleFact("100", "60");
  holder->Commit(SaleOf("zz", 0));
  holder->Commit(CommandOf("zz", "till/1", {sale, CostFact("#0", "5")}));
  const auto expect = [&](const std::vector<Json>& facts, std::uint32_t fact,
                          std::string_view field) {
    ExpectConflict(holder->Send(CommandOf("zz", "till/1", facts)), 3, fact, field);
  };
  const auto changed = [&](const Json& patch) {
    Json fact = sale;
    fact.update(patch);
    return fact;
  };
  const Json cost = CostFact("#0", "5");
  expect({changed({{"occurred_at", "2025-06-01T12:00:01+08:00"}}), cost}, 0, "occurred_at");
  expect({changed({{"occurred_at", "2025-06-01T04:00:00Z"}}), cost}, 0, "occurred_at");
  expect({changed({{"actor", "p-2"}}), cost}, 0, "actor");
  expect({changed({{"agreement", "ag-1"}}), cost}, 0, "agreement");
  expect({changed({{"vendor", "v-none"}}), cost}, 0, "vendor");
  Json other = sale;
  other["lines"][0]["amount_fen"] = "101";
  expect({other, cost}, 0, "lines[0].amount_fen");
  other = sale;
  other["lines"][0].erase("cost_fen");
  expect({other, cost}, 0, "lines[0].cost_fen");
  other = sale;
  other["lines"].push_back(other["lines"][0]);
  expect({other, cost}, 0, "lines[1]");
  expect({sale, CostFact("2.0", "5")}, 1, "sale");
  expect({sale, CostFact("#0", "6")}, 1, "amount_fen");
  expect({sale, sale}, 1, "kind");
  expect({sale}, 1, "facts");
  expect({sale, cost, cost}, 2, "facts");
  holder->Reopen();
  expect({sale}, 1, "facts");
  EXPECT_EQ(holder->Entries("zz").size(), 3U);
}

TEST_P(LedgerTest, AWrongBodyOnABoundKeyIsAConflictToo) {
  const auto holder = Opened();
  const Json sale = SaleFact("100", "60");
  const Seq seq = holder->Commit(CommandOf("zz", "till/1", {sale, sale}));
  const auto expect = [&](const Json& second, std::string_view field) {
    ExpectConflict(holder->Send(CommandOf("zz", "till/1", {sale, second})), seq.value(), 1, field);
  };
  Json wrong = sale;
  wrong["colour"] = "red";
  expect(wrong, "colour");
  wrong = sale;
  wrong["lines"][0]["amount_fen"] = 1.5;
  expect(wrong, "lines[0].amount_fen");
  wrong = sale;
  wrong.erase("vendor");
  expect(wrong, "vendor");
  wrong = sale;
  wrong["kind"] = "sale.imagined";
  expect(wrong, "kind");
  expect(Json(7), "");
  // Without its approval, which it would need; that it is another kind comes first.
  wrong = sale;
  wrong["kind"] = "due.waived";
  expect(wrong, "kind");
  wrong = sale;
  wrong["actor"] = "p-2";
  wrong["lines"] = Json::array();
  expect(wrong, "actor");
}

TEST_P(LedgerTest, AWrongEnvelopeOnABoundKeyIsAConflictToo) {
  const auto holder = Opened();
  const Json command = Json::parse(CommandOf("zz", "till/1", {SaleFact("100", "60")}));
  const Seq seq = holder->Commit(command.dump());
  const auto expect = [&](const Json& other, std::string_view field) {
    ExpectConflict(holder->Send(other.dump()), seq.value(), 0, field);
  };
  Json wrong = command;
  wrong["colour"] = "red";
  expect(wrong, "colour");
  wrong = command;
  wrong["facts"] = Json::array();
  expect(wrong, "facts");
  wrong = command;
  wrong.erase("facts");
  expect(wrong, "facts");
  // With a new key it is what it is.
  wrong["key"] = "till/2";
  EXPECT_EQ(holder->Send(wrong.dump())["code"], "missing_field");
}

TEST_P(LedgerTest, TheExpectedSequenceIsTheHeadAndTheKeyIsLookedUpBeforeIt) {
  const auto holder = Empty();
  EXPECT_EQ(holder->Send(CommandOf("zz", "office/1", {BookOpenedFact()}, 1))["code"],
            "seq_mismatch");
  EXPECT_EQ(holder->Commit(CommandOf("zz", "office/1", {BookOpenedFact()}, 0)), Seq{1});
  EXPECT_EQ(holder->Commit(CommandOf("zz", "office/2", {VendorFact("v-1")}, 1)), Seq{2});
  const Json behind = holder->Send(CommandOf("zz", "office/3", {VendorFact("v-2")}, 1));
  EXPECT_EQ(behind["code"], "seq_mismatch");
  EXPECT_EQ(behind["head_seq"], 2);
  EXPECT_EQ(holder->Send(CommandOf("zz", "office/3", {VendorFact("v-2")}, 0))["code"],
            "seq_mismatch");
  for (const std::uint64_t expected : {1U, 2U, 77U}) {
    EXPECT_EQ(holder->Send(CommandOf("zz", "office/2", {VendorFact("v-1")}, expected))["result"],
              "duplicate");
  }
  EXPECT_EQ(holder->Send(CommandOf("zz", "office/1", {BookOpenedFact()}, 0))["result"],
            "duplicate");
}

TEST_P(LedgerTest, AKeyBelongsToItsSourceAndItsBook) {
  const auto holder = Opened();
  EXPECT_EQ(holder->Commit(OpeningOf("yy")), Seq{1}) << "office/1 is bound in zz only";
  for (const std::string_view key : {std::string_view{"till/1"}, kUuid}) {
    const std::string command = CommandOf("zz", key, {SaleFact("100", "60")});
    const Seq till = holder->Commit(command, "s-till");
    const Seq app = holder->Commit(command, "s-app");
    EXPECT_EQ(app.value(), till.value() + 1);
    EXPECT_EQ(holder->Send(command, "s-app")["answer"]["seq"], app.value());
    holder->Commit(CommandOf("yy", key, {SaleFact("1", "0")}));
    holder->Reopen();
    EXPECT_EQ(holder->Send(command, "s-till")["answer"]["seq"], till.value());
    EXPECT_EQ(holder->Send(command, "s-app")["answer"]["seq"], app.value());
  }
  EXPECT_EQ(holder->Entries("zz").size(), 5U);
  EXPECT_EQ(holder->Entries("yy").size(), 3U);
}

TEST_P(LedgerTest, CountersOfAStreamMayComeInAnyOrder) {
  const auto holder = Opened();
  std::map<std::uint64_t, Seq> first;
  for (const std::uint64_t n : {9U, 3U, 4U, 200U, 0U}) first[n] = holder->Commit(SaleOf("zz", n));
  for (int opened = 0; opened < 2; ++opened) {
    for (const auto& [n, seq] : first)
      EXPECT_EQ(holder->Send(SaleOf("zz", n))["answer"]["seq"], seq.value());
    holder->Reopen();
  }
  EXPECT_EQ(holder->Commit(SaleOf("zz", 5)), Seq{7}) << "5 was never used";
}

TEST_P(LedgerTest, KeysThatTheIndexNeverGotAreFoundAfterOpening) {
  const auto holder = Opened();
  (void)holder->Seal("zz");  // after the opening's own keys
  holder->gate().FailKeys();
  const std::string by_uuid = CommandOf("zz", kUuid, {SaleFact("5", "0")});
  holder->gate().Close();
  const Submission counted = holder->Submit(SaleOf("zz", 1));
  const Submission random = holder->Submit(by_uuid);
  holder->gate().Open();
  EXPECT_OK(holder->ledger().WaitDurable(counted));
  holder->ledger().WaitDurable(random).IgnoreError("it may be in the group after the failure");
  holder->Reopen();
  ASSERT_GE(holder->Entries("zz").size(), 2U);
  EXPECT_EQ(holder->Send(SaleOf("zz", 1))["result"], "duplicate");
  const bool known = holder->Entries("zz").size() == 3;
  EXPECT_EQ(holder->Send(by_uuid)["result"], known ? "duplicate" : "committed");
}

}  // namespace
}  // namespace suanpan::engine::test
