// What is missing, book by book: the log as it can be read against everything that speaks of
// entries it has had.

#include "src/find_losses.h"

#include <fmt/format.h>

#include <algorithm>

#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::engine {
namespace {

/// The end of a log, and whether it met its promises on the way.
struct Walked {
  Hash32 root;
  Hash32 root_before;                                  ///< without the last entry
  std::optional<schema::LogRestored::Fixed> restored;  ///< of the last entry
  Status differs;
  Status earlier_differs;  ///< from what only a log that ends early is compared with
};

Result<std::optional<schema::LogRestored::Fixed>> RestoredIn(ByteSpan entry) {
  Arena arena;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(entry, rules::Catalogue::Standard().kinds(), arena));
  const schema::Event& first = view.events.front();
  if (first.kind->number != schema::LogRestored::kKind) {
    return std::optional<schema::LogRestored::Fixed>{};
  }
  return std::optional{first.As<schema::LogRestored>().fixed};
}

/// The first difference counts.
void MeetAt(const GuardCheck& check, EntryLog& log, Status& differs) {
  if (differs.ok() && check.Wants(log.size())) differs = check.Meet(log.size(), log.tree().Root());
}

Result<Walked> Walk(const store::EventReader& reader, BookNo book, Seq kept,
                    std::initializer_list<GuardCheck> checks,
                    const std::vector<GuardCheck>& earlier) {
  SUANPAN_ASSIGN_OR_RETURN(EntryLog log, EntryLog::Open(reader, book));
  Walked walked;
  // Not to the end: there a store that knows of later entries says that they are missing.
  while (log.size().value() < kept.value()) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<EntryLog::Entry> entry, log.Next());
    if (!entry) return MakeError(StatusCode::kCorruption, "it ends before entry {}", kept.value());
    const TreeSize size = log.size();
    if (size.value() + 1 == kept.value()) walked.root_before = log.tree().Root();
    if (size.value() == kept.value()) {
      SUANPAN_ASSIGN_OR_RETURN(walked.restored, RestoredIn(entry->bytes),
                               fmt::format("entry {}", kept.value()));
    }
    for (const GuardCheck& check : checks) MeetAt(check, log, walked.differs);
    for (const GuardCheck& check : earlier) MeetAt(check, log, walked.earlier_differs);
  }
  walked.root = log.tree().Root();
  return walked;
}

Status Indexed(const store::BookEnds& ends) {
  if (ends.indexed <= ends.log) return {};
  return MakeError(StatusCode::kCorruption,
                   "log_shorter: the log has {} entries, but {} were indexed: entries are lost",
                   ends.log.value(), ends.indexed.value());
}

/// Whether a slot is as it was planned, or as the log.restored since then makes it.
bool Follows(const std::optional<GuardMark>& now, const std::optional<GuardMark>& planned,
             const GuardMark& head, bool damaged) {
  return now == planned || now == head || (damaged && !now);
}

/// What is said of a book's entries elsewhere than in its log.
struct Promises {
  store::BookRow row;
  std::optional<GuardMark> stored;
  Guard::Remains remains;
  GuardedHeads earlier;  ///< older copies of the guard's slots
  Status damaged;        ///< of the guard's slots
};

Result<Promises> ReadPromises(const store::EventReader& reader, const store::BookRow& row,
                              const Guard* guard) {
  Promises promises{.row = row, .stored = {}, .remains = {}, .earlier = {}, .damaged = {}};
  SUANPAN_ASSIGN_OR_RETURN(promises.stored, StoredHead(reader, row.book));
  if (guard == nullptr) return promises;
  SUANPAN_ASSIGN_OR_RETURN(promises.remains, guard->ReadRemains(row.book));
  SUANPAN_ASSIGN_OR_RETURN(promises.earlier, guard->ReadEarlier(row.book));
  if (!promises.remains.damaged) return promises;
  const Result<GuardedHeads> again = guard->Read(row.book);
  if (again.ok()) {
    promises.remains = {*again, false};  // a writer was just writing it
  } else {
    promises.damaged = again.error().Clone();
  }
  return promises;
}

/// guard_older.
Status NotOlder(const Promises& promises) {
  if (!promises.damaged.ok()) return {};
  const Result<GuardCheck> both = GuardCheck::Make(promises.remains.heads, promises.stored);
  return both.ok() ? Status{} : both.error().Clone();
}

class BookFinder {
 public:
  BookFinder(const store::EventReader& reader, const Promises& promises, const OpenedGuard& opened)
      : reader_(reader),
        row_(promises.row),
        promises_(promises),
        guard_there_(opened.guard != nullptr),
        guard_older_(opened.older),
        file_(opened.file) {
    found_.plan.remains = promises.remains;
  }

  [[nodiscard]] Result<FoundLoss> Find(const std::vector<PlannedLoss>& plan) {
    SUANPAN_ASSIGN_OR_RETURN(ends_, reader_.Ends(row_.book));
    const GuardedHeads& heads = promises_.remains.heads;
    // That the guard may be older is asked last: first whether the log keeps its promises.
    SUANPAN_ASSIGN_OR_RETURN(const GuardCheck guarded, GuardCheck::Make(heads, std::nullopt));
    SUANPAN_ASSIGN_OR_RETURN(const GuardCheck own,
                             GuardCheck::Make(std::nullopt, promises_.stored));
    SUANPAN_ASSIGN_OR_RETURN(const std::vector<GuardCheck> earlier, Earlier());
    SUANPAN_ASSIGN_OR_RETURN(Walked walked,
                             Walk(reader_, row_.book, ends_.log, {guarded, own}, earlier));
    BookLoss& loss = found_.loss;
    loss.book = row_.book;
    loss.ref = row_.ref;
    loss.kept = ends_.log;
    loss.heads = heads;
    loss.promised = Seq{std::max({ends_.log.value(), ends_.indexed.value(),
                                  ends_.signed_size.value(), LargestOf(heads).value()})};
    found_.leftovers =
        std::max(ends_.indexed.value(), ends_.signed_size.value()) > ends_.log.value();
    SUANPAN_RETURN_IF_ERROR(LookCloser(walked));
    SetAlarm(AlarmOf(guarded, own, std::move(walked.differs), plan));
    // Read after the guard was, so that a writer beside us has stored what it told the guard.
    if (loss.alarm.empty()) loss.unstored = SignedButNotStored(heads, ends_.signed_size);
    found_.plan.root = walked.root;
    for (const PlannedLoss& planned : plan) {
      if (planned.book == row_.book && !loss.alarm.empty()) Resume(planned, walked);
    }
    found_.plan.book = row_.book;
    found_.plan.kept = loss.kept;
    found_.plan.promised = loss.promised;
    found_.plan.guard_there = guard_there_;
    return std::move(found_);
  }

 private:
  /// What else is known of the log's beginning.
  [[nodiscard]] Result<std::vector<GuardCheck>> Earlier() const {
    std::vector<GuardCheck> checks;
    SUANPAN_ASSIGN_OR_RETURN(checks.emplace_back(),
                             GuardCheck::Make(promises_.earlier, std::nullopt));
    SUANPAN_ASSIGN_OR_RETURN(const std::vector<GuardMark> stored, StoredHeads(reader_, row_.book));
    for (const GuardMark& head : stored) {
      SUANPAN_ASSIGN_OR_RETURN(checks.emplace_back(), GuardCheck::Make(std::nullopt, head));
    }
    return checks;
  }
  /// Where the log ends early: a loss leaves its beginning as it was, another log that is shorter
  /// need not.
  [[nodiscard]] Status LookCloser(Walked& walked) const {
    if (!walked.differs.ok() || found_.loss.promised <= ends_.log) return {};
    walked.differs = std::move(walked.earlier_differs);
    if (!walked.differs.ok()) return {};
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> other,
                             FindOtherKey(reader_, row_.book, ends_.log));
    if (!other) return {};
    walked.differs = MakeError(
        StatusCode::kCorruption,
        "log_differs: entry {} has another key than it was indexed with: this is another log, or "
        "one that was changed, or the index was; keep it, and restore a copy of the data directory "
        "that has what was promised",
        other->value());
    return {};
  }
  [[nodiscard]] Status AlarmOf(const GuardCheck& guarded, const GuardCheck& own, Status differs,
                               const std::vector<PlannedLoss>& plan) {
    const TreeSize size{ends_.log.value()};
    if (!differs.ok()) return differs;
    SUANPAN_RETURN_IF_ERROR(guarded.End(size));
    SUANPAN_RETURN_IF_ERROR(own.End(size));
    SUANPAN_RETURN_IF_ERROR(Indexed(ends_));
    SUANPAN_RETURN_IF_ERROR(CheckPlanned(plan, row_.book, ends_.log));
    if (!guard_there_) return ends_.log.value() == 0 ? Status{} : NoGuard();
    if (!promises_.damaged.ok()) return promises_.damaged.Clone();
    return guard_older_ && ends_.log.value() != 0 ? Older() : Status{};
  }
  /// One book shows it, and the file is that of all.
  [[nodiscard]] Status Older() const {
    Status own = NotOlder(promises_);
    if (!own.ok()) return own;
    return MakeError(StatusCode::kCorruption,
                     "guard_older: another book shows that the key directory is older than the "
                     "data: what this book has promised is not known");
  }
  [[nodiscard]] Status NoGuard() const {
    const bool missing = file_ == GuardFile::kMissing;
    return MakeError(StatusCode::kCorruption, "{}: what this book has promised is not known",
                     missing ? "guard_missing" : "guard_damaged");
  }
  void SetAlarm(const Status& alarm) {
    found_.loss.text = alarm.message();
    found_.loss.alarm = AlarmIn(found_.loss.text);
  }
  /// An earlier run got so far; what it knew, and what it wrote.
  void Resume(const PlannedLoss& planned, const Walked& walked) {
    BookLoss& loss = found_.loss;
    // Whatever the guard is by now: those entries are not there.
    if (planned.kept == ends_.log) {
      loss.promised = std::max(loss.promised, planned.promised);
      return;
    }
    const GuardMark head{TreeSize{ends_.log.value()}, walked.root};
    const Guard::Remains& now = found_.plan.remains;
    const bool damaged = now.damaged || planned.remains.damaged;
    const bool same_guard =
        planned.guard_there == guard_there_ &&
        Follows(now.heads.signed_head, planned.remains.heads.signed_head, head, damaged) &&
        Follows(now.heads.durable, planned.remains.heads.durable, head, damaged);
    if (!same_guard) return;
    const auto& restored = walked.restored;
    const bool written = restored && Next(planned.kept) == ends_.log &&
                         planned.root == walked.root_before &&
                         static_cast<std::uint64_t>(restored->lost_after) == planned.kept.value() &&
                         static_cast<std::uint64_t>(restored->from_seq) == planned.promised.value();
    if (!written) return;
    loss.restored_at = ends_.log;
    loss.kept = planned.kept;
    loss.promised = planned.promised;
    found_.plan = planned;
  }

  const store::EventReader& reader_;
  const store::BookRow& row_;
  const Promises& promises_;
  bool guard_there_;
  bool guard_older_;
  GuardFile file_;
  store::BookEnds ends_;
  FoundLoss found_;
};

FoundLoss LostBook(const PromisedBook& promised) {
  FoundLoss found;
  found.loss.book = promised.book;
  found.loss.heads = promised.remains.heads;
  found.loss.promised = Seq{LargestOf(promised.remains.heads).value()};
  found.loss.alarm = "log_shorter";
  found.loss.text = "log_shorter: the data directory does not have this book";
  return found;
}

}  // namespace

Result<OpenedGuard> OpenGuardFile(const GuardPlace& place, Guard::Mode mode) {
  OpenedGuard opened;
  Result<std::unique_ptr<Guard>> guard = Guard::Open(place.path, place.vkey, mode);
  if (guard.ok()) {
    opened.guard = std::move(guard).value();
    return opened;
  }
  const std::string_view message = guard.error().message();
  if (message.starts_with("guard_missing")) {
    opened.file = GuardFile::kMissing;
  } else if (message.starts_with("guard_damaged")) {
    opened.file = GuardFile::kDamaged;
  } else {
    return std::move(guard).error();
  }
  return opened;
}

Result<std::vector<FoundLoss>> FindInBooks(store::EventReader& reader, OpenedGuard& opened) {
  // As CheckEnds does beside a writer: first what is promised, then the entries.
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> rows, reader.Books());
  std::vector<Promises> promised;
  for (const store::BookRow& row : rows) {
    SUANPAN_ASSIGN_OR_RETURN(promised.emplace_back(), ReadPromises(reader, row, opened.guard.get()),
                             fmt::format("book {}", row.ref));
  }
  BookNo last;
  if (opened.guard != nullptr) {
    opened.older =
        std::ranges::any_of(promised, [](const Promises& book) { return !NotOlder(book).ok(); });
    SUANPAN_ASSIGN_OR_RETURN(last, opened.guard->LastBook());
  }
  SUANPAN_RETURN_IF_ERROR(reader.Refresh());
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<PlannedLoss> plan, ReadPlan(reader));
  std::vector<FoundLoss> found;
  for (const Promises& book : promised) {
    BookFinder finder{reader, book, opened};
    SUANPAN_ASSIGN_OR_RETURN(found.emplace_back(), finder.Find(plan),
                             fmt::format("book {}", book.row.ref));
  }
  if (opened.guard == nullptr) return found;
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> now, reader.Books());
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<PromisedBook> lost,
                           BooksNotThere(now, *opened.guard, last));
  for (const PromisedBook& book : lost) found.push_back(LostBook(book));
  return found;
}

std::string BookLoss::name() const {
  return ref.empty() ? fmt::format("(number {})", book.value()) : ref;
}

std::optional<std::uint64_t> BookLoss::lost() const {
  if (alarm.empty()) return 0;
  if (differs() || promised == kept) return std::nullopt;
  return promised.value() - kept.value();
}

bool Losses::any() const {
  return guard_file != GuardFile::kThere ||
         std::ranges::any_of(books, [](const BookLoss& loss) { return !loss.alarm.empty(); });
}

Result<Losses> FindLosses(store::EventReader& reader, const GuardPlace& place) {
  SUANPAN_ASSIGN_OR_RETURN(OpenedGuard opened, OpenGuardFile(place, Guard::Mode::kRead));
  SUANPAN_ASSIGN_OR_RETURN(std::vector<FoundLoss> found, FindInBooks(reader, opened));
  Losses losses;
  losses.guard_file = opened.file;
  for (FoundLoss& book : found) losses.books.push_back(std::move(book.loss));
  return losses;
}

}  // namespace suanpan::engine
