// What stands in the log: time stamps, roots, grouping, and what opening finds.

#include <algorithm>

#include "ledger_fixture.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/store/memory_store.h"

namespace suanpan::engine::test {
namespace {

InstantUs RecordedAt(const std::string& entry) {
  return schema::DecodeEntryCommon(EntryBytes::Copy(AsBytes(entry)).bytes())->recorded_at;
}

TEST_P(LedgerTest, RecordedAtNeverDecreasesInABook) {
  const auto holder = Opened();
  holder->SetClock("2025-06-01T12:00:09Z");
  holder->Commit(SaleOf("zz", 1));
  holder->SetClock("2025-06-01T12:00:07Z");
  holder->Commit(SaleOf("zz", 2));
  holder->Reopen();
  holder->SetClock("2025-06-01T12:00:08Z");
  holder->Commit(SaleOf("zz", 3));
  holder->Commit(OpeningOf("yy"));
  holder->SetClock("2025-06-01T12:00:10Z");
  holder->Commit(SaleOf("zz", 4));
  std::vector<std::string> stamps;
  for (const std::string& entry : holder->Entries("zz"))
    stamps.push_back(ToText(RecordedAt(entry)).substr(17, 2));
  EXPECT_EQ(stamps, (std::vector<std::string>{"05", "09", "09", "09", "10"}));
  EXPECT_EQ(ToText(RecordedAt(holder->Entries("yy").at(0))).substr(17, 2), "08")
      << "another book has its own time";
}

TEST_P(LedgerTest, ASealIsTheDigestOfAReplayAndTheRootOfTheStoredEntries) {
  const auto holder = Opened();
  for (std::uint64_t n = 1; n <= 300; ++n) (void)holder->Submit(SaleOf("zz", n));
  const SealedHead sealed = holder->Seal("zz");
  EXPECT_EQ(sealed.size, TreeSize{301});
  EXPECT_EQ(sealed.state.seq, Seq{301});
  EXPECT_EQ(sealed.state, holder->Replay("zz"));
  std::vector<Hash32> leaves;
  for (const std::string& entry : holder->Entries("zz"))
    leaves.push_back(*ParseHash(LeafHex(entry)));
  EXPECT_EQ(leaves.size(), 301U);
  EXPECT_EQ(sealed.root, proof::ShapeRoot(leaves));
  holder->Reopen();
  const SealedHead again = holder->Seal("zz");
  EXPECT_EQ(again.state, sealed.state);
  EXPECT_EQ(again.root, sealed.root);
  holder->Commit(SaleOf("zz", 301));
  EXPECT_NE(holder->Seal("zz").state.root, sealed.state.root);
  EXPECT_EQ(holder->Seal("zz").state, holder->Replay("zz")) << "goes on after opening";
}

TEST_P(LedgerTest, SealingAnUnknownBookIsNotFound) {
  EXPECT_EQ(Empty()->ledger().Seal("zz").error().code(), StatusCode::kNotFound);
}

TEST_P(LedgerTest, FullTilesAreStoredThoughABookGrowsOverAReopen) {
  const auto holder = Opened();
  for (std::uint64_t n = 1; n <= 65'000; ++n) (void)holder->Submit(SaleOf("zz", n));
  (void)holder->Seal("zz");
  holder->Reopen();
  for (std::uint64_t n = 65'001; n <= 65'535; ++n) (void)holder->Submit(SaleOf("zz", n));
  EXPECT_EQ(holder->Seal("zz").size, TreeSize{65'536});
  const BookNo book = holder->ledger().NumberOf("zz").value();
  const auto tile = holder->ledger().reader().ReadTile({book, 1, 0}).value();
  ASSERT_TRUE(tile.has_value());
  std::vector<Hash32> leaves;
  const std::vector<std::string> entries = holder->Entries("zz");
  for (std::size_t i = 256 * 255; i < 256 * 256; ++i)
    leaves.push_back(*ParseHash(LeafHex(entries[i])));
  EXPECT_EQ(ToHex(AsBytes(*tile).last(32)), ToHex(proof::ShapeRoot(leaves).bytes));
}

struct Grouping {
  std::vector<std::string> entries;
  SealedHead head;
  std::size_t blocks = 0;
};

TEST_P(LedgerTest, RootsDoNotDependOnHowEntriesWereGrouped) {
  const auto run = [](std::size_t group_bytes_max, bool wait, bool hold) {
    const auto holder = std::make_unique<LedgerHolder>(
        GetParam()(), CommitterOptions{.group_bytes_max = group_bytes_max});
    if (hold) holder->gate().Close();
    (void)holder->Submit(OpeningOf("zz"));
    for (std::uint64_t n = 1; n < 100; ++n) {
      const Submission sale = holder->Submit(SaleOf("zz", n));
      if (wait) EXPECT_OK(holder->ledger().WaitDurable(sale));
    }
    holder->gate().Open();
    Grouping grouping;
    grouping.head = holder->Seal("zz");
    grouping.blocks = holder->BlockCount("zz");
    grouping.entries = holder->Entries("zz");
    return grouping;
  };
  const std::size_t large = std::size_t{8} << 20U;
  const Grouping singly = run(1, false, true);
  const Grouping waited = run(large, true, false);
  const Grouping together = run(large, false, true);
  const Grouping some = run(2000, false, true);
  EXPECT_EQ(singly.blocks, 100U) << "a group is at least one entry and no more than its bound";
  EXPECT_GE(waited.blocks, 99U);
  EXPECT_LE(together.blocks, 2U) << "the first may have been taken before the rest was there";
  EXPECT_GT(some.blocks, together.blocks);
  EXPECT_LT(some.blocks, singly.blocks);
  EXPECT_EQ(singly.entries.size(), 100U);
  for (const Grouping* other : {&waited, &together, &some}) {
    EXPECT_EQ(other->entries, singly.entries);
    EXPECT_EQ(other->head.root, singly.head.root);
    EXPECT_EQ(other->head.state, singly.head.state);
  }
}

TEST_P(LedgerTest, ABlockThatClaimsAnotherRootStopsOpeningAndIsNamed) {
  const auto holder = Opened();
  holder->Commit(SaleOf("zz", 1));
  {
    // What a block must not be able to claim, written below the ledger with everything else right.
    const std::vector<std::string> entries = holder->Entries("zz");
    store::BlockBuilder builder{Seq{3}};
    Arena arena;
    const EntryBytes copy = EntryBytes::Copy(AsBytes(entries[1]));
    const auto view = schema::DecodeEntry(copy.bytes(), holder->catalogue().kinds(), arena).value();
    store::EntrySummary summary;
    summary.events = static_cast<std::uint32_t>(view.events.size());
    summary.recorded = view.common.recorded_at;
    builder.Add(copy.bytes(), summary);
    store::CommitGroup group;
    group.blocks.push_back({holder->ledger().NumberOf("zz").value(), Seq{3}, Seq{3},
                            builder.Finish(holder->Seal("zz").root)});
    EXPECT_OK(holder->ledger().store()->Commit(group));
  }
  const Status status = holder->TryReopen();
  EXPECT_EQ(status.code(), StatusCode::kCorruption);
  EXPECT_NE(status.message().find("zz"), std::string_view::npos) << status.ToString();
  EXPECT_NE(status.message().find("entry 3"), std::string_view::npos) << status.ToString();
}

TEST_P(LedgerTest, AnEntryThatContradictsTheStateStopsOpeningAndIsNamed) {
  const auto holder = Opened();
  {
    // The opening again as entry 2, with the root that belongs to it: only the rules can tell.
    const std::string first = holder->Entries("zz").at(0);
    const EntryBytes copy = EntryBytes::Copy(AsBytes(first));
    store::BlockBuilder builder{Seq{2}};
    store::EntrySummary summary;
    summary.events = 1;
    builder.Add(copy.bytes(), summary);
    const std::vector<Hash32> leaves(2, proof::LeafHash(copy.bytes()));
    store::CommitGroup group;
    group.blocks.push_back({holder->ledger().NumberOf("zz").value(), Seq{2}, Seq{2},
                            builder.Finish(proof::ShapeRoot(leaves))});
    EXPECT_OK(holder->ledger().store()->Commit(group));
  }
  const Status status = holder->TryReopen();
  EXPECT_EQ(status.code(), StatusCode::kCorruption);
  EXPECT_NE(status.message().find("book zz"), std::string_view::npos) << status.ToString();
  EXPECT_NE(status.message().find("entry 2"), std::string_view::npos) << status.ToString();
}

TEST_P(LedgerTest, TheLogReadsEntriesInOrderAndOneAlone) {
  const auto holder = Opened();
  for (std::uint64_t n = 1; n <= 20; ++n) holder->Commit(SaleOf("zz", n));
  const BookNo book = holder->ledger().NumberOf("zz").value();
  const store::EventReader& reader = holder->ledger().reader();
  const std::vector<std::string> entries = holder->Entries("zz");
  for (std::uint64_t seq = 1; seq <= 21; ++seq) {
    EXPECT_EQ(AsText(ReadEntry(reader, book, Seq{seq}).value().bytes()), entries[seq - 1]);
  }
  for (const std::uint64_t seq : {0U, 22U, 4000U})
    EXPECT_EQ(ReadEntry(reader, book, Seq{seq}).error().code(), StatusCode::kNotFound) << seq;
  EXPECT_EQ(ReadEntry(reader, BookNo{9}, Seq{1}).error().code(), StatusCode::kNotFound);
  EntryLog nothing = EntryLog::Open(reader, BookNo{9}).value();
  EXPECT_FALSE(nothing.Next().value().has_value());
  EXPECT_EQ(nothing.tree().Root(), proof::EmptyRoot());
}

}  // namespace
}  // namespace suanpan::engine::test
