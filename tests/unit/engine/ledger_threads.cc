// Many callers at once.

#include <array>
#include <map>
#include <thread>

#include "ledger_fixture.h"
#include "suanpan/schema/command_json.h"

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

/// Of eight sales for the same place in the book: what was answered, by result or code.
std::map<std::string, int> Race(LedgerHolder& holder, std::uint64_t head, std::uint64_t round) {
  std::array<std::string, kThreads> results;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::string key = fmt::format("r{}/{}", t, round);
      const Json answer = holder.Send(CommandOf("zz", key, {SaleFact("100", "60")}, head));
      results.at(t) = answer["result"] == "refused" ? answer["code"] : answer["result"];
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::map<std::string, int> counts;
  for (const std::string& result : results) ++counts[result];
  return counts;
}

TEST_P(LedgerTest, OfEightForTheSamePlaceOneWinsInEveryRound) {
  const auto holder = Opened();
  constexpr std::uint64_t kRounds = 300;
  const std::map<std::string, int> one_winner{{"committed", 1}, {"seq_mismatch", 7}};
  for (std::uint64_t round = 1; round <= kRounds; ++round) {
    ASSERT_EQ(Race(*holder, round, round), one_winner) << round;
  }
  holder->Reopen();
  EXPECT_EQ(holder->Entries("zz").size(), kRounds + 1);
}

}  // namespace
}  // namespace suanpan::engine::test
