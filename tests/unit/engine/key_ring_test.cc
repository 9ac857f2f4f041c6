#include "suanpan/engine/key_ring.h"

#include <gtest/gtest.h>

#include <random>

#include "suanpan/store/memory_store.h"

namespace suanpan::engine {
namespace {

BoundKey Counted(std::uint64_t counter, std::uint32_t source = 1, std::uint32_t stream = 2) {
  return {NameId{source}, store::CommandKey::OfStream(NameId{stream}, counter)};
}
BoundKey Random(std::uint8_t byte) {
  Uuid uuid;
  uuid.bytes.fill(byte);
  return {NameId{1}, store::CommandKey::OfUuid(uuid)};
}

/// Knows every key as entry 77, and that it was asked.
class Index {
 public:
  std::optional<Seq> Find(const KeyRing& ring, const BoundKey& bound) {
    return ring.Find(reader_, BookNo{1}, bound).value();
  }
  [[nodiscard]] int asked() const { return reader_.asked; }

 private:
  class Reader final : public store::EventReader {
   public:
    Result<std::optional<Seq>> FindKey(BookNo, NameId, const store::CommandKey&) const override {
      ++asked;
      return std::optional{Seq{77}};
    }
    Result<std::vector<store::BookRow>> Books() const override { return Unused(); }
    Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo, Seq) const override {
      return Unused();
    }
    Result<std::optional<store::StoredBlock>> LastBlock(BookNo) const override { return Unused(); }
    Result<store::BookEnds> Ends(BookNo) const override { return Unused(); }
    Result<std::optional<std::string>> ReadTile(const store::TileId&) const override {
      return Unused();
    }
    Result<Seq> KeyWatermark(BookNo) const override { return Unused(); }
    Status VisitKeys(BookNo, const store::KeyVisitor&) const override { return Unused(); }
    Result<std::vector<store::StoredCheckpoint>> Checkpoints(BookNo) const override {
      return Unused();
    }
    Result<std::optional<store::StoredCheckpoint>> LatestCheckpoint(BookNo) const override {
      return Unused();
    }
    Result<std::optional<std::string>> GetMeta(std::string_view) const override { return Unused(); }
    Result<store::StoreStats> Stats() const override { return Unused(); }
    Status Refresh() override { return Unused(); }
    static Status Unused() { return MakeError(StatusCode::kFailedPrecondition, "not asked for"); }
    mutable int asked = 0;
  } reader_;
};

TEST(KeyRing, FindsAKeyInMemoryUntilTheIndexHasIt) {
  Index index;
  KeyRing ring;
  ring.Bind(Counted(5), Seq{3});
  ring.Bind(Random(1), Seq{4});
  EXPECT_EQ(index.Find(ring, Counted(5)), Seq{3});
  EXPECT_EQ(index.Find(ring, Random(1)), Seq{4});
  EXPECT_EQ(index.asked(), 0);
  ring.Trim(Seq{3});
  EXPECT_EQ(index.Find(ring, Counted(5)), Seq{77});
  EXPECT_EQ(index.Find(ring, Random(1)), Seq{4});
  EXPECT_EQ(index.asked(), 1);
  ring.Trim(Seq{4});
  EXPECT_EQ(index.Find(ring, Random(1)), Seq{77});
}

TEST(KeyRing, KnowsWithoutTheIndexThatACounterIsNew) {
  Index index;
  KeyRing ring;
  ring.Learn(Counted(5));
  EXPECT_EQ(index.Find(ring, Counted(6)), std::nullopt);
  EXPECT_EQ(index.Find(ring, Counted(5, 2)), std::nullopt) << "another source";
  EXPECT_EQ(index.Find(ring, Counted(5, 1, 3)), std::nullopt) << "another stream";
  EXPECT_EQ(index.asked(), 0);
  EXPECT_EQ(index.Find(ring, Counted(5)), Seq{77});
}

TEST(KeyRing, AsksTheIndexForACounterOnceTheIntervalsAreIncomplete) {
  Index index;
  KeyRing ring;
  for (std::uint64_t n = 0; n <= store::CounterSet::kIntervalsMax; ++n) ring.Learn(Counted(2 * n));
  EXPECT_EQ(index.Find(ring, Counted(2 * store::CounterSet::kIntervalsMax)), Seq{77});
  EXPECT_EQ(index.Find(ring, Counted(2 * store::CounterSet::kIntervalsMax + 2)), Seq{77});
}

TEST(KeyRing, AsksTheIndexForAUuidItDoesNotRemember) {
  Index index;
  EXPECT_EQ(index.Find(KeyRing{}, Random(9)), Seq{77});
}

TEST(KeyRing, KnowsByTheFilterThatAUuidIsNewToItsBook) {
  Index index;
  KeyFilter filter;
  KeyRing ring{BookNo{1}, filter};
  KeyRing other{BookNo{2}, filter};
  ring.Learn(Random(1));
  ring.Bind(Random(2), Seq{8});
  ring.Trim(Seq{8});
  EXPECT_EQ(index.Find(ring, Random(3)), std::nullopt);
  EXPECT_EQ(index.Find(other, Random(1)), std::nullopt);
  EXPECT_EQ(index.asked(), 0);
  EXPECT_EQ(index.Find(ring, Random(1)), Seq{77});
  EXPECT_EQ(index.Find(ring, Random(2)), Seq{77});
  EXPECT_EQ(index.asked(), 2);
}

TEST(KeyFilter, HasWhatWasAddedAndLittleElse) {
  std::mt19937_64 random{1};
  const auto draw = [&random] {
    Uuid uuid;
    for (std::uint8_t& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
    return uuid;
  };
  KeyFilter filter;
  std::vector<Uuid> keys(1'000'000);
  for (Uuid& key : keys) filter.Add(BookNo{1}, NameId{2}, key = draw());
  for (const Uuid& key : keys) ASSERT_TRUE(filter.MayHave(BookNo{1}, NameId{2}, key));
  int wrong = 0;
  for (int i = 0; i < 100'000; ++i) wrong += filter.MayHave(BookNo{1}, NameId{2}, draw()) ? 1 : 0;
  EXPECT_LT(wrong, 200);  // 1 in 500; about 1 in 3,000 is expected
  int of_others = 0;
  for (int i = 0; i < 100'000; ++i)
    of_others += filter.MayHave(BookNo{2}, NameId{2}, keys[static_cast<std::size_t>(i)]) ? 1 : 0;
  EXPECT_LT(of_others, 200);
}

}  // namespace
}  // namespace suanpan::engine
