#include "suanpan/replay/replayer.h"

#include <system_error>

#include "src/batch_ahead.h"
#include "src/entry_batch.h"
#include "suanpan/rules/apply.h"

namespace suanpan::replay {
namespace {

constexpr std::uint64_t kEventsPerProgress = 50'000;
/// Enough that handing a batch over costs little beside what is in it.
constexpr std::size_t kEntriesAhead = 256;

/// The state side: applies what was decoded and feeds the projections.
class BookReplay {
 public:
  BookReplay(const ReplayOptions& options, std::span<Projection* const> projections)
      : options_(options), catalogue_(CatalogueOf(options)), projections_(projections) {
    replayed_.state = std::make_unique<rules::BookState>();
  }

  [[nodiscard]] Status Take(const EntryBatch& batch) {
    for (const DecodedEntry& entry : batch.entries) {
      SUANPAN_RETURN_IF_ERROR(
          rules::ApplyEntry(catalogue_, *replayed_.state, entry.seq, entry.view),
          fmt::format("entry {}", entry.seq.value()));
      Feed(entry);
      if (entry.root) {
        SUANPAN_RETURN_IF_ERROR(options_.on_stop(entry.seq, *replayed_.state, *entry.root));
      }
      if (TellProgress()) {
        return MakeError(StatusCode::kUnavailable, "given up after entry {}", entry.seq.value());
      }
    }
    if (batch.last) replayed_.root = batch.root;
    return batch.error.Clone();
  }

  [[nodiscard]] ReplayedBook Finish() {
    if (options_.on_progress != nullptr) options_.on_progress(replayed_.events - reported_);
    return std::move(replayed_);
  }

 private:
  void Feed(const DecodedEntry& entry) {
    for (Projection* projection : projections_) {
      for (std::size_t line = 0; line < entry.view.events.size(); ++line) {
        projection->OnEvent({Address{entry.seq, static_cast<std::uint16_t>(line)},
                             entry.view.events[line], entry.view.common, *replayed_.state});
      }
    }
    replayed_.events += entry.view.events.size();
  }
  /// True where the replay is to be given up.
  [[nodiscard]] bool TellProgress() {
    if (replayed_.events - reported_ < kEventsPerProgress) return false;
    if (options_.on_progress != nullptr) options_.on_progress(replayed_.events - reported_);
    reported_ = replayed_.events;
    return options_.give_up != nullptr && options_.give_up();
  }

  const ReplayOptions& options_;
  const rules::Catalogue& catalogue_;
  std::span<Projection* const> projections_;
  ReplayedBook replayed_;
  std::uint64_t reported_ = 0;
};

Status RunHere(const store::EventReader& reader, BookNo book, const ReplayOptions& options,
               BookReplay& replay) {
  BatchReader batches{reader, book, options, 1};
  EntryBatch batch;
  while (!batch.last) {
    batches.Fill(batch);
    SUANPAN_RETURN_IF_ERROR(replay.Take(batch));
  }
  return {};
}

/// On two threads; on this one where no other is to be had.
Status RunAhead(const store::EventReader& reader, BookNo book, const ReplayOptions& options,
                BookReplay& replay) {
  BatchReader batches{reader, book, options, kEntriesAhead};
  std::optional<BatchAhead> ahead;
  try {
    ahead.emplace(batches);
  } catch (const std::system_error&) {
    return RunHere(reader, book, options, replay);
  }
  while (true) {
    const EntryBatch& batch = ahead->Take();
    SUANPAN_RETURN_IF_ERROR(replay.Take(batch));
    if (batch.last) return {};
  }
}

}  // namespace

Result<ReplayedBook> ReplayBook(const store::EventReader& reader, BookNo book,
                                const ReplayOptions& options,
                                std::span<Projection* const> projections) {
  BookReplay replay{options, projections};
  SUANPAN_RETURN_IF_ERROR(options.decode_ahead ? RunAhead(reader, book, options, replay)
                                               : RunHere(reader, book, options, replay));
  return replay.Finish();
}

}  // namespace suanpan::replay
