// The write side: what is committed, what is refused, and that a refusal writes nothing.

#include "store_conformance.h"

namespace suanpan::store::test {

void StoreConformance::AddBooks() {
  CommitGroup group;
  group.new_books = {{BookNo{1}, "alpha"}, {BookNo{2}, "beta"}};
  EXPECT_OK(store().Commit(group));
}

Status StoreConformance::CommitBlock(std::uint32_t book, std::uint64_t first, std::uint64_t last) {
  CommitGroup group;
  group.blocks.push_back(SampleBlock(BookNo{book}, first, last));
  return store().Commit(group);
}

namespace {

TEST_P(StoreConformance, AnEmptyStoreFindsNothing) {
  EXPECT_TRUE(store().Books().value().empty());
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "");
  EXPECT_FALSE(store().LastBlock(BookNo{1}).value().has_value());
  EXPECT_FALSE(store().ReadTile({BookNo{1}, 1, 0}).value().has_value());
  EXPECT_EQ(store().KeyWatermark(BookNo{1}).value(), Seq{0});
  EXPECT_FALSE(store().FindKey(BookNo{1}, NameId{1}, CommandKey::OfUuid({})).value().has_value());
  EXPECT_TRUE(store().Checkpoints(BookNo{1}).value().empty());
  EXPECT_FALSE(store().LatestCheckpoint(BookNo{1}).value().has_value());
  EXPECT_FALSE(store().GetMeta("x").value().has_value());
}

TEST_P(StoreConformance, AGroupOverSeveralBooksIsWrittenWhole) {
  CommitGroup group;
  group.new_books = {{BookNo{1}, "alpha"}, {BookNo{2}, "beta"}};
  group.blocks.push_back(SampleBlock(BookNo{1}, 1, 3));
  group.blocks.push_back(SampleBlock(BookNo{2}, 1, 1));
  group.blocks.push_back(SampleBlock(BookNo{1}, 4, 4));
  group.tiles.push_back({{BookNo{2}, 1, 0}, SampleTile('t')});
  EXPECT_OK(store().Commit(group));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(store().Books().value(),
              (std::vector<BookRow>{{BookNo{1}, "alpha"}, {BookNo{2}, "beta"}}));
    EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-3 4-4");
    EXPECT_EQ(PlacesFrom(store(), 2, 1), "1-1");
    EXPECT_EQ(store().ReadTile({BookNo{2}, 1, 0}).value(), SampleTile('t'));
    Reopen();
  }
}

TEST_P(StoreConformance, BlocksContinueTheirBookAlsoAfterAReopen) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 2));
  EXPECT_OK(CommitBlock(1, 3, 9));
  Reopen();
  EXPECT_OK(CommitBlock(1, 10, 10));
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-2 3-9 10-10");
}

TEST_P(StoreConformance, ABlockThatDoesNotContinueItsBookIsAConflict) {
  AddBooks();
  EXPECT_EQ(CommitBlock(1, 2, 2).code(), StatusCode::kConflict) << "a gap at the start";
  EXPECT_OK(CommitBlock(1, 1, 3));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(CommitBlock(1, 1, 3).code(), StatusCode::kConflict) << "the same again";
    EXPECT_EQ(CommitBlock(1, 3, 4).code(), StatusCode::kConflict) << "an overlap";
    EXPECT_EQ(CommitBlock(1, 5, 5).code(), StatusCode::kConflict) << "a gap";
    Reopen();
  }
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-3");
  EXPECT_OK(CommitBlock(1, 4, 4));
}

TEST_P(StoreConformance, ABlockTakesThePlaceOfTheLastOnes) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 2));
  EXPECT_OK(CommitBlock(1, 3, 3));
  EXPECT_OK(CommitBlock(1, 4, 5));
  EXPECT_OK(CommitBlock(2, 1, 1));
  auto before = store().ReadBlocks(BookNo{1}, Seq{1}).value();
  CommitGroup group;
  group.blocks.push_back(SampleBlock(BookNo{1}, 3, 7));
  group.blocks.back().replaced = {Seq{3}, Seq{4}};
  group.blocks.push_back(SampleBlock(BookNo{1}, 8, 8));
  EXPECT_OK(store().Commit(group));
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-2 3-7 8-8");
  int seen = 0;
  while (before->Next().value()) ++seen;
  EXPECT_EQ(seen, 3) << "a cursor keeps to the blocks of its beginning";
  before.reset();
  Reopen();
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-2 3-7 8-8");
  EXPECT_EQ(PlacesFrom(store(), 1, 5), "3-7 8-8");
  EXPECT_EQ(PlacesFrom(store(), 2, 1), "1-1");
  EXPECT_OK(CommitBlock(1, 9, 9));
}

TEST_P(StoreConformance, ABlockThatWouldLeaveAGapTakesNoPlace) {
  AddBooks();
  EXPECT_OK(CommitBlock(1, 1, 2));
  EXPECT_OK(CommitBlock(1, 3, 5));
  const auto replace = [this](std::uint64_t first, std::uint64_t last, std::vector<Seq> replaced) {
    CommitGroup group;
    group.blocks.push_back(SampleBlock(BookNo{1}, first, last));
    group.blocks.back().replaced = std::move(replaced);
    return store().Commit(group).code();
  };
  EXPECT_EQ(replace(3, 5, {Seq{3}}), StatusCode::kConflict) << "nothing new in it";
  EXPECT_EQ(replace(3, 6, {Seq{1}, Seq{3}}), StatusCode::kConflict) << "begins after the first";
  EXPECT_EQ(replace(1, 6, {Seq{3}, Seq{1}}), StatusCode::kConflict) << "out of order";
  EXPECT_EQ(replace(6, 7, {Seq{6}}), StatusCode::kConflict) << "not there";
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "1-2 3-5");
}

TEST_P(StoreConformance, ARefusedGroupWritesNothingOfIt) {
  AddBooks();
  CommitGroup group;
  group.new_books = {{BookNo{3}, "gamma"}};
  group.blocks.push_back(SampleBlock(BookNo{1}, 1, 2));
  group.blocks.push_back(SampleBlock(BookNo{2}, 7, 7));
  group.tiles.push_back({{BookNo{1}, 1, 0}, SampleTile('t')});
  EXPECT_EQ(store().Commit(group).code(), StatusCode::kConflict);
  Reopen();
  EXPECT_EQ(store().Books().value().size(), 2U);
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "");
  EXPECT_FALSE(store().ReadTile({BookNo{1}, 1, 0}).value().has_value());
  EXPECT_OK(CommitBlock(1, 1, 1));
}

TEST_P(StoreConformance, BlocksOfOneBookInAGroupContinueEachOther) {
  AddBooks();
  CommitGroup group;
  group.blocks.push_back(SampleBlock(BookNo{1}, 1, 2));
  group.blocks.push_back(SampleBlock(BookNo{1}, 4, 4));
  EXPECT_EQ(store().Commit(group).code(), StatusCode::kConflict);
}

TEST_P(StoreConformance, BooksAreUniqueByNumberAndByRef) {
  AddBooks();
  const auto add = [this](std::vector<BookRow> rows) {
    CommitGroup group;
    group.new_books = std::move(rows);
    return store().Commit(group).code();
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(add({{BookNo{1}, "gamma"}}), StatusCode::kConflict);
    EXPECT_EQ(add({{BookNo{3}, "beta"}}), StatusCode::kConflict);
    EXPECT_EQ(add({{BookNo{3}, "gamma"}, {BookNo{3}, "delta"}}), StatusCode::kConflict);
    EXPECT_EQ(add({{BookNo{3}, "gamma"}, {BookNo{4}, "gamma"}}), StatusCode::kConflict);
    EXPECT_EQ(add({{BookNo{0}, "gamma"}}), StatusCode::kInvalidArgument);
    EXPECT_EQ(add({{BookNo{3}, ""}}), StatusCode::kInvalidArgument);
    EXPECT_EQ(add({{BookNo{3}, std::string(256, 'x')}}), StatusCode::kInvalidArgument);
    Reopen();
  }
  EXPECT_EQ(add({{BookNo{0xffff'ffff}, std::string(255, 'x')}}), StatusCode::kOk);
  EXPECT_EQ(store().Books().value().size(), 3U);
}

TEST_P(StoreConformance, WhatIsNoBlockOrStandsElsewhereIsRefused) {
  AddBooks();
  const auto commit = [this](StoredBlock block) {
    CommitGroup group;
    group.blocks.push_back(std::move(block));
    return store().Commit(group).code();
  };
  EXPECT_EQ(commit(SampleBlock(BookNo{9}, 1, 1)), StatusCode::kNotFound);
  StoredBlock moved = SampleBlock(BookNo{1}, 2, 3);
  moved.first = Seq{1};
  moved.last = Seq{2};
  EXPECT_EQ(commit(moved), StatusCode::kInvalidArgument);
  StoredBlock longer = SampleBlock(BookNo{1}, 1, 2);
  longer.last = Seq{3};
  EXPECT_EQ(commit(longer), StatusCode::kInvalidArgument);
  StoredBlock damaged = SampleBlock(BookNo{1}, 1, 2);
  damaged.bytes.back() = static_cast<char>(damaged.bytes.back() ^ 1);
  EXPECT_EQ(commit(damaged), StatusCode::kInvalidArgument);
  EXPECT_EQ(PlacesFrom(store(), 1, 1), "");
}

TEST_P(StoreConformance, TilesAreWrittenOnceAndOnlyWhole) {
  AddBooks();
  const auto commit = [this](std::uint32_t book, std::uint8_t level, std::string bytes) {
    CommitGroup group;
    group.tiles.push_back({{BookNo{book}, level, 5}, std::move(bytes)});
    return store().Commit(group).code();
  };
  EXPECT_EQ(commit(1, 1, SampleTile('a')), StatusCode::kOk);
  EXPECT_EQ(commit(1, 2, SampleTile('b')), StatusCode::kOk);
  EXPECT_EQ(commit(2, 1, SampleTile('c')), StatusCode::kOk);
  Reopen();
  EXPECT_EQ(commit(1, 1, SampleTile('a')), StatusCode::kConflict);
  EXPECT_EQ(commit(1, 0, SampleTile('a')), StatusCode::kInvalidArgument);
  EXPECT_EQ(commit(1, kTileLevelMax + 1, SampleTile('a')), StatusCode::kInvalidArgument);
  EXPECT_EQ(commit(1, 3, SampleTile('a').substr(1)), StatusCode::kInvalidArgument);
  EXPECT_EQ(commit(3, 1, SampleTile('a')), StatusCode::kNotFound);
  EXPECT_EQ(store().ReadTile({BookNo{1}, 1, 5}).value(), SampleTile('a'));
  EXPECT_EQ(store().ReadTile({BookNo{1}, 2, 5}).value(), SampleTile('b'));
  EXPECT_EQ(store().ReadTile({BookNo{2}, 1, 5}).value(), SampleTile('c'));
  EXPECT_FALSE(store().ReadTile({BookNo{1}, 1, 6}).value().has_value());
}

TEST_P(StoreConformance, AnEmptyGroupIsFine) { EXPECT_OK(store().Commit({})); }

}  // namespace
}  // namespace suanpan::store::test
