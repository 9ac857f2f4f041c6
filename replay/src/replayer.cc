#include "suanpan/replay/replayer.h"

#include <atomic>
#include <thread>

#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/apply.h"

namespace suanpan::replay {
namespace {

constexpr std::uint64_t kEventsPerProgress = 50'000;

class BookReplay {
 public:
  BookReplay(const ReplayOptions& options, std::span<Projection* const> projections)
      : options_(options),
        catalogue_(options.catalogue != nullptr ? *options.catalogue
                                                : rules::Catalogue::Standard()),
        projections_(projections) {
    replayed_.state = std::make_unique<rules::BookState>();
  }

  [[nodiscard]] Result<ReplayedBook> Run(engine::EntryLog log) {
    replayed_.root = log.tree().Root();
    while (!options_.until || replayed_.state->head.get() < *options_.until) {
      SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
      if (!entry) break;
      arena_.Reset();
      Result<schema::EntryView> view =
          schema::DecodeEntry(entry->bytes, catalogue_.kinds(), arena_);
      if (!view.ok()) return AtEntry(std::move(view).error(), entry->seq);
      if (options_.recorded_until && view->common.recorded_at > *options_.recorded_until) break;
      if (Status applied = rules::ApplyEntry(catalogue_, *replayed_.state, entry->seq, *view);
          !applied.ok()) {
        return AtEntry(std::move(applied), entry->seq);
      }
      Feed(entry->seq, *view);
      if (TellProgress()) {
        return MakeError(StatusCode::kUnavailable, "given up after entry {}", entry->seq.value());
      }
      if (next_stop_ < options_.stops.size() && options_.stops[next_stop_] == entry->seq) {
        ++next_stop_;
        SUANPAN_RETURN_IF_ERROR(options_.on_stop(entry->seq, *replayed_.state, log.tree().Root()));
      }
      if (options_.until || options_.recorded_until) replayed_.root = log.tree().Root();
    }
    if (!options_.until && !options_.recorded_until) replayed_.root = log.tree().Root();
    if (options_.on_progress != nullptr) options_.on_progress(replayed_.events - reported_);
    return std::move(replayed_);
  }

 private:
  [[nodiscard]] static Status AtEntry(Status status, Seq seq) {
    return std::move(status).WithContext(fmt::format("entry {}", seq.value()));
  }
  void Feed(Seq seq, const schema::EntryView& view) {
    for (Projection* projection : projections_) {
      for (std::size_t line = 0; line < view.events.size(); ++line) {
        projection->OnEvent({Address{seq, static_cast<std::uint16_t>(line)}, view.events[line],
                             view.common, *replayed_.state});
      }
    }
    replayed_.events += view.events.size();
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
  Arena arena_;
  std::size_t next_stop_ = 0;
  std::uint64_t reported_ = 0;
};

}  // namespace

Result<ReplayedBook> ReplayBook(const store::EventReader& reader, BookNo book,
                                const ReplayOptions& options,
                                std::span<Projection* const> projections) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, book));
  BookReplay replay{options, projections};
  return replay.Run(std::move(log));
}

Status ForEachParallel(std::size_t count, unsigned threads,
                       const std::function<Status(std::size_t)>& work) {
  std::vector<Status> results(count);
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) results[i] = work(i);
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads && i < count; ++i) helpers.emplace_back(run);
  run();
  helpers.clear();
  for (Status& result : results) SUANPAN_RETURN_IF_ERROR(std::move(result));
  return {};
}

}  // namespace suanpan::replay
