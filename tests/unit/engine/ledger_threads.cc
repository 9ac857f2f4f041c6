// Many callers at once.

#include <array>
#include <map>
#include <thread>

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

constexpr std::uint64_t kThreads = 8;
constexpr std::uint64_t kCommands = 60;
constexpr std::string_view kBooks[] = {"aa", "bb", "cc"};

/// Sales from many threads into three books; some wait for each answer, some for every fourth.
std::vector<std::vector<Json>> SellFromThreads(LedgerHolder& holder) {
  std::vector<std::vector<Json>> answers(kThreads);
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::string source = fmt::format("s-{}", t);
      std::vector<Submission> pending;
      for (std::uint64_t n = 0; n < kCommands; ++n) {
        pending.push_back(holder.Submit(SaleOf(kBooks[(t + n) % 3], n), source));
        if (t % 2 == 0 && n % 4 != 3) continue;
        for (const Submission& submission : pending)
          answers[t].push_back(holder.AnswerOf(submission));
        pending.clear();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return answers;
}

TEST_P(LedgerTest, ManyThreadsOverThreeBooksAreAllAnsweredInGaplessSequences) {
  const auto holder = Empty({.group_bytes_max = 4096, .queue_bytes_max = 8192});
  for (const std::string_view book : kBooks) holder->Commit(OpeningOf(book));
  std::map<std::string, std::map<std::uint64_t, std::string>> leaves;
  for (const std::vector<Json>& of_thread : SellFromThreads(*holder)) {
    ASSERT_EQ(of_thread.size(), kCommands);
    for (const Json& answer : of_thread) {
      ASSERT_EQ(answer["result"], "committed") << answer;
      leaves[answer["book"]][answer["seq"]] = answer["leaf"];
    }
  }
  std::map<std::string, SealedHead> sealed;
  for (const std::string_view book : kBooks) {
    const auto& answered = leaves[std::string{book}];
    ASSERT_EQ(answered.size(), kThreads * kCommands / 3) << "no sequence was given twice";
    EXPECT_EQ(answered.begin()->first, 2U);
    EXPECT_EQ(answered.rbegin()->first, answered.size() + 1);
    const std::vector<std::string> entries = holder->Entries(book);
    for (const auto& [seq, leaf] : answered) EXPECT_EQ(leaf, LeafHex(entries.at(seq - 1)));
    sealed.emplace(book, holder->Seal(book));
  }
  holder->Reopen();
  for (const auto& [book, head] : sealed) {
    EXPECT_EQ(holder->Seal(book).state, head.state);
    EXPECT_EQ(holder->Seal(book).root, head.root);
  }
}

TEST_P(LedgerTest, TheSameCommandFromManyThreadsBecomesOneEntry) {
  const auto holder = Opened();
  std::atomic<int> committed = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (std::uint64_t n = 0; n < 20; ++n) {
        const Json answer = holder->Send(SaleOf("zz", n));
        if (answer["result"] == "committed") ++committed;
        EXPECT_EQ((answer["result"] == "committed" ? answer : answer["answer"])["key"],
                  fmt::format("till/{}", n));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(committed, 20);
  EXPECT_EQ(holder->Entries("zz").size(), 21U);
}

/// The result or the code of a refusal; "stopped" where nobody knows.
std::string Try(LedgerHolder& holder, const std::string& command) {
  const Result<Submission> submission = holder.TrySubmit(command);
  if (!submission.ok() || !holder.ledger().WaitDurable(*submission).ok()) return "stopped";
  const Json answer = Json::parse(holder.ledger().AnswerJson(*submission).value());
  return answer["result"] == "refused" ? answer["code"] : answer["result"];
}

using Counts = std::map<std::string, int>;

/// Of eight sales for the place in the book after `head`: how often what was answered. The same
/// keys whenever it is called.
Counts Race(LedgerHolder& holder, std::uint64_t head) {
  std::array<std::string, kThreads> results;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::string key = fmt::format("r{}/{}", t, head);
      results.at(t) = Try(holder, CommandOf("zz", key, {SaleFact("100", "60")}, head));
    });
  }
  for (std::thread& thread : threads) thread.join();
  Counts counts;
  for (const std::string& result : results) ++counts[result];
  return counts;
}

constexpr std::uint64_t kRounds = 300;
const Counts kOneWins{{"committed", 1}, {"seq_mismatch", 7}};
const Counts kOneHasWon{{"duplicate", 1}, {"seq_mismatch", 7}};

TEST_P(LedgerTest, OfEightForTheSamePlaceOneWinsInEveryRound) {
  const auto holder = Opened();
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    ASSERT_EQ(Race(*holder, round), kOneWins) << round;
  }
  holder->Reopen();
  EXPECT_EQ(holder->Entries("zz").size(), kRounds + 1);
}

/// What a store does with the commits of a round before one that it answers as it should: written
/// or not, it says that it does not know.
std::vector<bool> UnknownsIn(std::uint64_t round) {
  switch (round % 6) {
    case 1:
      return {false};
    case 3:
      return {true};
    case 5:
      return {false, round % 4 == 1};
    default:
      return {};
  }
}

/// Races until the store answers; whether there is a winner already, whom nobody has told. Empty
/// where an answer was given that is not known to be true.
std::optional<bool> RaceThroughUnknowns(LedgerHolder& holder, std::uint64_t head, int& stops) {
  for (const bool written : UnknownsIn(head)) {
    holder.gate().AnswerCommit(StatusCode::kUnknown, written);
    Counts counts = Race(holder, head);
    if (counts["stopped"] + counts["seq_mismatch"] != kThreads || counts["stopped"] == 0) return {};
    holder.Reopen();
    ++stops;
    if (holder.Entries("zz").size() != head + (written ? 1 : 0)) return {};
    if (written) return true;
  }
  return false;
}

TEST_P(LedgerTest, OfEightForTheSamePlaceOneWinsWhereTheStoreNowAndThenDoesNotKnow) {
  const auto holder = Opened();
  int stops = 0;
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    const std::optional<bool> won = RaceThroughUnknowns(*holder, round, stops);
    ASSERT_TRUE(won.has_value()) << round;
    ASSERT_EQ(Race(*holder, round), *won ? kOneHasWon : kOneWins) << round;
  }
  EXPECT_EQ(stops, 200);
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    ASSERT_EQ(Race(*holder, round), kOneHasWon) << "no other winner, and none lost: " << round;
  }
  EXPECT_EQ(holder->Entries("zz").size(), kRounds + 1);
}

TEST_P(LedgerTest, AWinnerThatIsLostIsSeenByTheRaceAfterIt) {
  // So that the test above is known to be able to fail.
  const auto holder = Opened();
  holder->gate().AnswerCommit(StatusCode::kOk, false);
  EXPECT_EQ(Race(*holder, 1)["committed"], 1);
  holder->Reopen();
  EXPECT_EQ(Race(*holder, 1), kOneWins) << "a second winner, not the first once more";
}

}  // namespace
}  // namespace suanpan::engine::test
