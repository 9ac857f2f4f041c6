#include "src/entry_batch.h"

#include <cstring>

namespace suanpan::replay {
namespace {

/// Of decoded entries in a batch, so that batches on their way stay in the processor's caches.
constexpr std::size_t kBatchBytesMax = std::size_t{64} << 10U;

/// A copy in the arena, 8-byte aligned as decoding needs it.
ByteSpan CopyOf(ByteSpan bytes, Arena& arena) {
  const std::span<std::uint64_t> words = arena.Make<std::uint64_t>((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(words.data(), bytes.data(), bytes.size());
  return {reinterpret_cast<const std::uint8_t*>(words.data()), bytes.size()};
}

}  // namespace

void BatchReader::Fill(EntryBatch& batch) {
  batch.arena.Reset();
  batch.entries.clear();
  batch.last = false;
  batch.error = FillFromLog(batch);
  if (!batch.error.ok()) batch.last = true;
}

Status BatchReader::FillFromLog(EntryBatch& batch) {
  if (!log_) {
    SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader_, book_));
    log_.emplace(std::move(log));
  }
  std::size_t bytes = 0;
  while (batch.entries.size() < entries_max_ && bytes < kBatchBytesMax) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t read, Read(batch));
    batch.last = read == 0;
    if (batch.last) return {};
    bytes += read;
  }
  return {};
}

Result<std::size_t> BatchReader::Read(EntryBatch& batch) {
  if (options_.recorded_until) before_ = log_->tree();
  const bool reached = options_.until && log_->size().value() >= options_.until->value();
  std::optional<engine::EntryLog::Entry> entry;
  if (!reached) {
    SUANPAN_ASSIGN_OR_RETURN(entry, log_->Next());
  }
  if (!entry) {
    batch.root = log_->tree().Root();
    return 0;
  }
  const ByteSpan bytes = entries_max_ > 1 ? CopyOf(entry->bytes, batch.arena) : entry->bytes;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(bytes, catalogue_.kinds(), batch.arena),
                           fmt::format("entry {}", entry->seq.value()));
  if (options_.recorded_until && view.common.recorded_at > *options_.recorded_until) {
    batch.root = before_.Root();
    return 0;
  }
  batch.entries.push_back({entry->seq, view, RootAtStop(entry->seq)});
  return bytes.size();
}

std::optional<Hash32> BatchReader::RootAtStop(Seq seq) {
  const std::vector<Seq>& stops = options_.stops;
  while (next_stop_ < stops.size() && stops[next_stop_] < seq) ++next_stop_;
  if (next_stop_ == stops.size() || stops[next_stop_] != seq) return std::nullopt;
  return log_->tree().Root();
}

}  // namespace suanpan::replay
