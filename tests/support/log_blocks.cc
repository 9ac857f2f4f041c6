#include "support/log_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tree.h"
#include "suanpan/store/block.h"

namespace suanpan::test {
namespace {

/// Only what a block header must have: at least one event.
store::EntrySummary SummaryOf(ByteSpan entry) {
  store::EntrySummary summary;
  summary.events = std::max<std::uint32_t>(1, LoadLittle<std::uint16_t>(entry.data() + 2));
  return summary;
}

}  // namespace

std::vector<std::string> EntriesOf(const store::EventReader& reader, BookNo book) {
  std::vector<std::string> entries;
  engine::EntryLog log = engine::EntryLog::Open(reader, book).value();
  while (const std::optional<engine::EntryLog::Entry> entry = log.Next().value()) {
    entries.emplace_back(AsText(entry->bytes));
  }
  return entries;
}

void WriteBlocks(store::EventStore& store, const store::BookRow& book,
                 const std::vector<std::string>& entries, const BlockPlan& plan) {
  store::BlockBuilder builder{Seq{1}};
  proof::Frontier tree;
  std::size_t in_block = 0;
  store::CommitGroup group;
  group.new_books.push_back(book);
  const auto finish = [&] {
    const Seq first = builder.first_seq();
    const Seq last{tree.size().value()};
    Hash32 root = tree.Root();
    if (plan.wrong_root_at && first <= *plan.wrong_root_at && *plan.wrong_root_at <= last) {
      root.bytes[0] ^= 1U;
    }
    group.blocks.push_back({book.book, first, last, builder.Finish(root)});
    const Status committed = store.Commit(group);
    ASSERT_TRUE(committed.ok()) << committed.ToString();
    group = {};
    in_block = 0;
  };
  for (const std::string& bytes : entries) {
    const engine::EntryBytes entry = engine::EntryBytes::Copy(AsBytes(bytes));
    if (in_block == plan.entries_max || !builder.Fits(bytes.size())) {
      ASSERT_NO_FATAL_FAILURE(finish());
    }
    builder.Add(entry.bytes(), SummaryOf(entry.bytes()));
    tree.Append(proof::LeafHash(entry.bytes()));
    ++in_block;
  }
  finish();
}

}  // namespace suanpan::test
