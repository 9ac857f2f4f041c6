#include "suanpan/engine/entry_log.h"

#include <cstring>

#include "suanpan/proof/sha256.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/kinds/log.h"

namespace suanpan::engine {

EntryLog::EntryLog(std::unique_ptr<store::BlockCursor> cursor, proof::LevelSink levels)
    : cursor_(std::move(cursor)),
      block_(std::make_unique<store::DecodedBlock>()),
      trees_(std::make_unique<Trees>()),
      levels_(std::move(levels)) {}

Result<EntryLog> EntryLog::Open(const store::EventReader& reader, BookNo book,
                                proof::LevelSink levels) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::BlockCursor> cursor,
                           reader.ReadBlocks(book, Seq{1}));
  return EntryLog{std::move(cursor), std::move(levels)};
}

Status EntryLog::NextBlock() {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<ByteSpan> bytes, cursor_->Next());
  if (!bytes) {
    ended_ = true;
    return {};
  }
  const std::uint64_t due = size().value() + 1;
  SUANPAN_RETURN_IF_ERROR(store::DecodeBlock(*bytes, *block_));
  if (block_->header().first_seq.value() != due) {
    return MakeError(StatusCode::kCorruption, "a block begins at entry {} where {} is due",
                     block_->header().first_seq.value(), due);
  }
  HashBlock();
  return {};
}

void EntryLog::HashBlock() {
  std::vector<ByteSpan> entries(block_->size());
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i] = block_->entry(i);
  leaves_.resize(entries.size());
  proof::LeafHashes(entries, leaves_);
  trees_->entry = trees_->block;
  trees_->entries = 0;
  trees_->block.Append(leaves_, levels_);
  position_ = 0;
}

TreeSize EntryLog::size() const {
  return TreeSize{trees_->block.size().value() - (leaves_.size() - position_)};
}

const proof::Frontier& EntryLog::tree() {
  if (position_ == leaves_.size()) return trees_->block;
  const std::span<const Hash32> leaves{leaves_};
  trees_->entry.Append(leaves.subspan(trees_->entries, position_ - trees_->entries));
  trees_->entries = position_;
  return trees_->entry;
}

Result<std::optional<EntryLog::Entry>> EntryLog::Next() {
  while (!ended_ && position_ == leaves_.size()) SUANPAN_RETURN_IF_ERROR(NextBlock());
  if (ended_) return std::optional<Entry>{};
  Entry entry;
  entry.seq = block_->seq(position_);
  entry.bytes = block_->entry(position_);
  entry.leaf = leaves_[position_];
  ++position_;
  // Told with the last entry, so that a reader finds what is wrong in an earlier one first.
  if (position_ == leaves_.size() && trees_->block.Root() != block_->header().root_after) {
    return MakeError(StatusCode::kCorruption,
                     "the tree's root after entry {} is not the one its block recorded",
                     entry.seq.value());
  }
  return std::optional{entry};
}

EntryBytes EntryBytes::Copy(ByteSpan from) {
  EntryBytes copy;
  copy.words = std::make_unique_for_overwrite<std::uint64_t[]>((from.size() + 7) / 8);
  copy.size = from.size();
  if (!from.empty()) std::memcpy(copy.words.get(), from.data(), from.size());
  return copy;
}

Status ReadNames(const store::EventReader& reader, BookNo book, Seq until,
                 const schema::KindTable& kinds, schema::NameTable& names) {
  SUANPAN_ASSIGN_OR_RETURN(EntryLog log, EntryLog::Open(reader, book));
  Arena arena;
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<EntryLog::Entry> entry, log.Next());
    if (!entry || entry->seq > until) return {};
    arena.Reset();
    SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                             schema::DecodeEntry(entry->bytes, kinds, arena),
                             fmt::format("entry {}", entry->seq.value()));
    for (const schema::Event& event : view.events) {
      if (event.kind->number != schema::RefIntroduced::kKind) continue;
      names.Intern(event.As<schema::RefIntroduced>().ref);
    }
  }
}

ReadablePart FindReadablePart(const store::EventReader& reader, BookNo book) {
  ReadablePart part;
  const auto read = [&]() -> Status {
    SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::BlockCursor> cursor,
                             reader.ReadBlocks(book, Seq{1}));
    store::DecodedBlock block;
    while (true) {
      SUANPAN_ASSIGN_OR_RETURN(const std::optional<ByteSpan> bytes, cursor->Next());
      if (!bytes) return {};
      SUANPAN_RETURN_IF_ERROR(store::DecodeBlock(*bytes, block),
                              fmt::format("after entry {}", part.end.value()));
      part.end = block.header().last_seq();
    }
  };
  part.reason = read();
  return part;
}

Status ReadBlockOf(const store::EventReader& reader, BookNo book, Seq seq,
                   store::DecodedBlock& block) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::BlockCursor> cursor,
                           reader.ReadBlocks(book, seq));
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<ByteSpan> bytes, cursor->Next());
  if (!bytes || seq.value() == 0)
    return MakeError(StatusCode::kNotFound, "there is no entry {}", seq.value());
  SUANPAN_RETURN_IF_ERROR(store::DecodeBlock(*bytes, block));
  if (seq < block.header().first_seq || seq > block.header().last_seq()) {
    return MakeError(StatusCode::kNotFound, "there is no entry {}", seq.value());
  }
  return {};
}

Result<EntryBytes> ReadEntry(const store::EventReader& reader, BookNo book, Seq seq) {
  store::DecodedBlock block;
  SUANPAN_RETURN_IF_ERROR(ReadBlockOf(reader, book, seq, block));
  return EntryBytes::Copy(block.entry(seq.value() - block.header().first_seq.value()));
}

}  // namespace suanpan::engine
