// When the store fails: everything stops, nobody is told of an entry that is not durable.

#include <chrono>
#include <thread>

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

/// A ledger with book `zz` opened, over the memory store.
LedgerHolder OpenedInMemory(CommitterOptions committer = {}) {
  LedgerHolder holder{MakeMemoryHome(), committer};
  holder.Commit(OpeningOf("zz"));
  return holder;
}

Status TrySubmit(LedgerHolder& holder, const std::string& command) {
  const Result<Submission> submitted = holder.TrySubmit(command);
  return submitted.ok() ? Status{} : submitted.error().Clone();
}

void ExpectStopped(const Status& status) {
  EXPECT_EQ(status.code(), StatusCode::kUnknown);
  EXPECT_NE(status.message().find("no space left on device"), std::string_view::npos)
      << "the reason is kept: " << status.ToString();
}

TEST(CommitterFailure, StopsWaitersAndLaterCommandsWithTheReason) {
  LedgerHolder holder = OpenedInMemory({.group_bytes_max = 1});
  holder.gate().Close();
  holder.gate().FailCommit(2);
  std::vector<Submission> submissions;
  for (std::uint64_t n = 1; n <= 4; ++n) submissions.push_back(holder.Submit(SaleOf("zz", n)));
  std::vector<Status> results(4);
  std::vector<std::thread> waiters;
  for (std::size_t i = 0; i < 4; ++i) {
    waiters.emplace_back([&, i] { results[i] = holder.ledger().WaitDurable(submissions[i]); });
  }
  holder.gate().Open();
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_OK(std::move(results[0]));
  for (std::size_t i = 1; i < 4; ++i) ExpectStopped(results[i]);
  ExpectStopped(TrySubmit(holder, SaleOf("zz", 5)));
  ExpectStopped(TrySubmit(holder, SaleOf("zz", 1)));
  ExpectStopped(TrySubmit(holder, SaleOf("yy", 1)));
  ExpectStopped(holder.ledger().Seal("zz").error());
  EXPECT_OK(holder.ledger().WaitDurable(submissions[0]));
  EXPECT_EQ(holder.Entries("zz").size(), 2U) << "nothing is written after the failure";
  holder.Reopen();
  EXPECT_EQ(holder.Send(SaleOf("zz", 1))["result"], "duplicate");
  EXPECT_EQ(holder.Commit(SaleOf("zz", 2)), Seq{3});
}

TEST(CommitterFailure, OfTheFirstGroupLeavesNoBook) {
  LedgerHolder holder{MakeMemoryHome()};
  holder.gate().FailCommit(1);
  const Submission opening = holder.Submit(OpeningOf("zz"));
  ExpectStopped(holder.ledger().WaitDurable(opening));
  holder.Reopen();
  EXPECT_TRUE(holder.ledger().Books().empty());
  EXPECT_EQ(holder.Commit(OpeningOf("zz")), Seq{1});
}

TEST(CommitterFailure, OfTheKeyIndexStopsTheLedgerButNotTheAnswer) {
  LedgerHolder holder = OpenedInMemory();
  (void)holder.Seal("zz");  // after the opening's own keys
  holder.gate().FailKeys();
  EXPECT_EQ(holder.Commit(SaleOf("zz", 1)), Seq{2}) << "it is durable";
  Status status;
  while (status.ok())
    status = holder.ledger().Seal("zz").ok() ? Status{} : MakeError(StatusCode::kIo, "stopped");
  EXPECT_EQ(TrySubmit(holder, SaleOf("zz", 2)).code(), StatusCode::kIo);
  holder.Reopen();
  EXPECT_EQ(holder.Send(SaleOf("zz", 1))["result"], "duplicate");
}

/// What the store answered, and whether the group was written all the same.
struct FaultyAnswer {
  StatusCode code;
  bool written;
};

class FaultyStore : public testing::TestWithParam<FaultyAnswer> {};

TEST_P(FaultyStore, TheSameKeyTellsAfterwardsWhatBecameOfTheCommand) {
  LedgerHolder holder = OpenedInMemory();
  holder.Commit(SaleOf("zz", 1));
  holder.gate().AnswerCommit(GetParam().code, GetParam().written);
  const Submission submission = holder.Submit(SaleOf("zz", 2));
  const Status told = holder.ledger().WaitDurable(submission);
  EXPECT_EQ(told.code(), GetParam().code) << "nobody is told that it is durable";
  EXPECT_NE(told.message().find("the ledger has stopped"), std::string_view::npos)
      << told.message();
  EXPECT_FALSE(TrySubmit(holder, SaleOf("zz", 3)).ok());
  holder.Reopen();
  const Json again = holder.Send(SaleOf("zz", 2));
  EXPECT_EQ(again["result"], GetParam().written ? "duplicate" : "committed");
  EXPECT_EQ((GetParam().written ? again["answer"] : again)["seq"], 3U);
  EXPECT_EQ(holder.Send(SaleOf("zz", 2))["result"], "duplicate");
  EXPECT_EQ(holder.Commit(SaleOf("zz", 3)), Seq{4});
  EXPECT_EQ(holder.Entries("zz").size(), 4U);
}

std::string NameOf(const testing::TestParamInfo<FaultyAnswer>& answer) {
  const StatusCode code = answer.param.code;
  const char* const name = code == StatusCode::kUnknown    ? "Unknown"
                           : code == StatusCode::kConflict ? "Conflict"
                                                           : "Unavailable";
  return fmt::format("{}{}", name, answer.param.written ? "Written" : "NotWritten");
}

INSTANTIATE_TEST_SUITE_P(Answers, FaultyStore,
                         testing::Values(FaultyAnswer{StatusCode::kUnknown, true},
                                         FaultyAnswer{StatusCode::kUnknown, false},
                                         FaultyAnswer{StatusCode::kConflict, true},
                                         FaultyAnswer{StatusCode::kConflict, false},
                                         FaultyAnswer{StatusCode::kUnavailable, true},
                                         FaultyAnswer{StatusCode::kUnavailable, false}),
                         NameOf);

TEST(CommitterFailure, FreesACallerThatWaitsForRoomInTheQueue) {
  LedgerHolder holder = OpenedInMemory({.group_bytes_max = 1, .queue_bytes_max = 1});
  holder.gate().Close();
  holder.gate().FailCommit(1);
  std::thread caller{[&] {
    for (std::uint64_t n = 1; n <= 4; ++n)
      TrySubmit(holder, SaleOf("zz", n)).IgnoreError("stopped under way");
  }};
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  holder.gate().Open();
  caller.join();
  EXPECT_FALSE(TrySubmit(holder, SaleOf("zz", 9)).ok());
}

TEST(Committer, AnswersNothingBeforeTheStoreHasIt) {
  LedgerHolder holder = OpenedInMemory();
  holder.gate().Close();
  const Submission sale = holder.Submit(SaleOf("zz", 1));
  const Submission repeat = holder.Submit(SaleOf("zz", 1));
  std::atomic<int> answered = 0;
  std::vector<std::thread> waiters;
  for (const Submission* submission : {&sale, &repeat}) {
    waiters.emplace_back([&, submission] {
      EXPECT_OK(holder.ledger().WaitDurable(*submission));
      ++answered;
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(answered, 0);
  EXPECT_EQ(holder.Entries("zz").size(), 1U) << "readers do not see it either";
  holder.gate().Open();
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_EQ(answered, 2);
  EXPECT_EQ(holder.Entries("zz").size(), 2U);
}

TEST(Committer, WritesWhatIsQueuedBeforeItStops) {
  LedgerHolder holder = OpenedInMemory({.group_bytes_max = 1});
  for (std::uint64_t n = 1; n <= 50; ++n) (void)holder.Submit(SaleOf("zz", n));
  holder.Reopen();
  EXPECT_EQ(holder.Entries("zz").size(), 51U);
}

TEST(Committer, ARefusedCommandNeedsNoWaiting) {
  LedgerHolder holder = OpenedInMemory();
  holder.gate().Close();
  const Submission sale = holder.Submit(SaleOf("zz", 1));
  const Submission refused = holder.Submit(CommandOf("zz", "till/2", {VendorFact("v-1")}));
  EXPECT_EQ(refused.outcome, Submission::Outcome::kRefused);
  EXPECT_OK(holder.ledger().WaitDurable(refused));
  EXPECT_EQ(refused.head, Seq{2}) << "the tentative head it was decided on";
  holder.gate().Open();
  EXPECT_OK(holder.ledger().WaitDurable(sale));
}

}  // namespace
}  // namespace suanpan::engine::test
