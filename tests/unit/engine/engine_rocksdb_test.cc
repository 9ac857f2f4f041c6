#include "ledger_fixture.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::engine::test {
namespace {

using suanpan::test::MakeRocksDbHome;
using suanpan::test::RocksDbHome;

INSTANTIATE_TEST_SUITE_P(RocksDb, LedgerTest, testing::Values<MakeHome>(&MakeRocksDbHome));

TEST(BothStores, GiveEqualLeavesAndRootsForTheSameCommandsAndClock) {
  LedgerHolder memory{MakeMemoryHome()};
  LedgerHolder disk{MakeRocksDbHome()};
  for (LedgerHolder* holder : {&memory, &disk}) {
    holder->Commit(OpeningOf("zz"));
    for (std::uint64_t n = 1; n <= 700; ++n) (void)holder->Submit(SaleOf("zz", n));
    holder->Commit(CommandOf("zz", "office/2", {CostFact("2.0", "7"), VendorFact("v-2")}));
  }
  EXPECT_EQ(disk.Entries("zz"), memory.Entries("zz"));
  EXPECT_EQ(disk.Seal("zz").root, memory.Seal("zz").root);
  EXPECT_EQ(disk.Seal("zz").state, memory.Seal("zz").state);
  disk.Reopen();
  EXPECT_EQ(disk.Seal("zz").state, memory.Seal("zz").state);
}

TEST(ReaderBesideAWriter, SeesEveryAcknowledgedEntry) {
  auto home = std::make_unique<RocksDbHome>();
  const std::string path = home->path();
  LedgerHolder writer{std::move(home)};
  writer.Commit(OpeningOf("zz"));
  const auto reader = store::OpenRocksDbReader(path).value();
  const BookNo book = writer.ledger().NumberOf("zz").value();
  EXPECT_TRUE(ReadEntry(*reader, book, Seq{1}).ok());
  for (std::uint64_t n = 1; n <= 30; ++n) {
    const Json answer = writer.Send(SaleOf("zz", n));
    EXPECT_OK(reader->Refresh());
    const EntryBytes entry = ReadEntry(*reader, book, Seq{answer["seq"]}).value();
    EXPECT_EQ(LeafHex(AsText(entry.bytes())), answer["leaf"]);
  }
}

TEST(ReaderBesideAWriter, CanTryCommandsOutOnWhatIsAcknowledged) {
  auto home = std::make_unique<RocksDbHome>();
  const std::string path = home->path();
  LedgerHolder writer{std::move(home)};
  writer.Commit(OpeningOf("zz"));
  writer.Commit(SaleOf("zz", 1));
  const auto dry =
      Ledger::OpenDry(store::OpenRocksDbReader(path).value(), writer.OptionsOf()).value();
  EXPECT_EQ(dry->Books(), std::vector<std::string>{"zz"});
  EXPECT_EQ(writer.Commit(SaleOf("zz", 2)), Seq{3}) << "the writer is not held up";
}

}  // namespace
}  // namespace suanpan::engine::test
