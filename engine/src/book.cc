#include "src/book.h"

#include <algorithm>

#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::engine {

namespace {
/// Of at most 256 KiB each, in every book that is written to.
constexpr std::size_t kBlocksKept = 8;
}  // namespace

const schema::Event* BookEvents::Find(Address address) {
  auto it = loaded_.find(address.seq());
  if (it == loaded_.end()) {
    Result<schema::EntryView> view = View(address.seq());
    if (!view.ok()) {
      if (view.error().code() != StatusCode::kNotFound) error_ = std::move(view).error();
      return nullptr;
    }
    it = loaded_.emplace(address.seq(), *view).first;
  }
  const std::span<const schema::Event> events = it->second.events;
  return address.line() < events.size() ? &events[address.line()] : nullptr;
}

bool BookEvents::Exists(Address address) {
  Result<ByteSpan> bytes = BytesOf(address.seq());
  Result<std::size_t> events = bytes.ok() ? schema::CountEvents(*bytes) : std::move(bytes).error();
  if (!events.ok()) {
    if (events.error().code() != StatusCode::kNotFound) error_ = std::move(events).error();
    return false;
  }
  return address.line() < *events;
}

std::unique_ptr<rules::OldEvents> BookEvents::Fork() {
  auto fork = std::make_unique<BookEvents>(book_, reader_, kinds_);
  fork->forked_from_ = this;
  return fork;
}

Status BookEvents::Reset() {
  loaded_.clear();
  arena_.Reset();
  return std::exchange(error_, Status{});
}

Result<schema::EntryView> BookEvents::View(Seq seq) {
  SUANPAN_ASSIGN_OR_RETURN(const ByteSpan bytes, BytesOf(seq));
  // A block may go for another one while the command is decided.
  return schema::DecodeEntry(AsBytes(arena_.Copy(AsText(bytes))), kinds_, arena_);
}

Result<ByteSpan> BookEvents::BytesOf(Seq seq) {
  if (const std::shared_ptr<const PendingEntry> recent = book_.Recent(seq))
    return recent->bytes;  // the book keeps it alive
  if (seq.value() == 0 || seq > book_.state.head.get()) {
    return MakeError(StatusCode::kNotFound, "there is no entry {}", seq.value());
  }
  if (!FindBlock(seq)) SUANPAN_RETURN_IF_ERROR(ReadBlock(seq));
  const store::DecodedBlock& block = *blocks_.front();
  return block.entry(seq.value() - block.header().first_seq.value());
}

bool BookEvents::FindBlock(Seq seq) {
  const auto found = std::ranges::find_if(blocks_, [&](const auto& block) {
    return seq >= block->header().first_seq && seq <= block->header().last_seq();
  });
  if (found == blocks_.end()) return false;
  std::rotate(blocks_.begin(), found, found + 1);
  return true;
}

Status BookEvents::ReadBlock(Seq seq) {
  auto block = std::make_unique<store::DecodedBlock>();
  Status read = ReadBlockOf(reader_, book_.commit.number, seq, *block);
  // The book has this entry: where no block does, it is lost.
  if (read.code() == StatusCode::kNotFound)
    return MakeError(StatusCode::kCorruption, "entry {} is missing", seq.value());
  SUANPAN_RETURN_IF_ERROR(std::move(read));
  if (blocks_.size() == kBlocksKept) blocks_.pop_back();
  blocks_.insert(blocks_.begin(), std::move(block));
  return {};
}

Result<std::shared_ptr<const PendingEntry>> BookEvents::Load(Seq seq) {
  if (std::shared_ptr<const PendingEntry> recent = book_.Recent(seq)) return recent;
  SUANPAN_ASSIGN_OR_RETURN(const ByteSpan bytes, BytesOf(seq));
  std::shared_ptr<PendingEntry> loaded = PendingEntries::MakeAlone(bytes);
  loaded->seq = seq;
  loaded->leaf = proof::LeafHash(bytes);
  return std::shared_ptr<const PendingEntry>{std::move(loaded)};
}

store::EntrySummary SummaryOf(const schema::EntryView& entry) {
  store::EntrySummary summary;
  summary.events = static_cast<std::uint32_t>(entry.events.size());
  summary.recorded = entry.common.recorded_at;
  summary.day_min = summary.day_max = entry.events.front().common.business_day;
  summary.period_min = summary.period_max = entry.events.front().common.period;
  for (const schema::Event& event : entry.events) {
    summary.day_min = std::min(summary.day_min, event.common.business_day);
    summary.day_max = std::max(summary.day_max, event.common.business_day);
    summary.period_min = std::min(summary.period_min, event.common.period);
    summary.period_max = std::max(summary.period_max, event.common.period);
    summary.kinds.Add(event.kind->number);
  }
  return summary;
}

store::CommandKey StoreKey(const schema::CommandKey& key) {
  switch (key.form) {
    case schema::KeyForm::kUuid:
      return store::CommandKey::OfUuid(key.uuid);
    case schema::KeyForm::kStream:
      return store::CommandKey::OfStream(key.stream, key.counter);
    case schema::KeyForm::kEngine:
      break;
  }
  return {};
}

}  // namespace suanpan::engine
