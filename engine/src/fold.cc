// Opening: every book's log is folded with Apply, its key index compared with the log, and
// completed or written again.

#include <fmt/ranges.h>

#include "src/book.h"
#include "src/key_batch.h"
#include "src/restore_plan.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/engine/ledger.h"

namespace suanpan::engine {
namespace {

/// Folds one book.
class BookFolder {
 public:
  BookFolder(Book& book, const rules::Catalogue& catalogue, const store::EventReader& reader,
             store::EventStore* store, Guard* guard, const std::vector<PlannedLoss>& plan)
      : book_(book),
        catalogue_(catalogue),
        reader_(reader),
        store_(store),
        guard_(guard),
        plan_(plan),
        unindexed_(store, book.commit.number) {}

  [[nodiscard]] Status Fold(const std::function<void(std::uint64_t)>& on_progress) {
    SUANPAN_RETURN_IF_ERROR(ReadIndex());
    SUANPAN_ASSIGN_OR_RETURN(const GuardCheck check, MakeCheck());
    SUANPAN_ASSIGN_OR_RETURN(EntryLog log, OpenLog());
    while (true) {
      SUANPAN_ASSIGN_OR_RETURN(const std::optional<EntryLog::Entry> entry, log.Next());
      if (!entry) break;
      SUANPAN_RETURN_IF_ERROR(Take(*entry, log.block()),
                              fmt::format("entry {}", entry->seq.value()));
      const TreeSize size = log.size();
      if (check.Wants(size)) SUANPAN_RETURN_IF_ERROR(check.Meet(size, log.tree().Root()));
      if (on_progress != nullptr && entry->seq.value() % 65'536 == 0) on_progress(65'536);
    }
    SUANPAN_RETURN_IF_ERROR(check.End(log.size()));
    SUANPAN_RETURN_IF_ERROR(CheckPlanned(plan_, book_.commit.number, Seq{log.size().value()}));
    SUANPAN_RETURN_IF_ERROR(TellGuard(log.tree()));
    if (IndexAgrees()) SUANPAN_RETURN_IF_ERROR(unindexed_.Flush());
    book_.commit.tree = log.tree();
    book_.commit.durable = book_.state.head.get();
    book_.commit.indexed = store_ != nullptr ? book_.commit.durable : watermark_;
    book_.commit.exists = true;
    return {};
  }

  /// After Fold: whether the index had exactly the keys of the entries up to its watermark.
  [[nodiscard]] bool IndexAgrees() const { return index_ && *index_ == log_; }

 private:
  /// An index that cannot be read is not an error: like one that differs it is written again.
  [[nodiscard]] Status ReadIndex() {
    Result<Seq> watermark = reader_.KeyWatermark(book_.commit.number);
    Result<store::KeySum> index = SumOfIndex(reader_, book_.commit.number);
    for (const Status* error :
         {watermark.ok() ? nullptr : &watermark.error(), index.ok() ? nullptr : &index.error()}) {
      if (error == nullptr) continue;
      if (error->code() != StatusCode::kCorruption) return error->Clone();
      return {};
    }
    watermark_ = *watermark;
    index_ = *index;
    return {};
  }
  /// What was signed or acknowledged must still be there: it is a promise to outsiders.
  [[nodiscard]] Result<GuardCheck> MakeCheck() {
    std::optional<GuardedHeads> heads;
    if (guard_ != nullptr) {
      SUANPAN_ASSIGN_OR_RETURN(heads, guard_->Read(book_.commit.number));
    }
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<GuardMark> stored,
                             StoredHead(reader_, book_.commit.number));
    return GuardCheck::Make(heads, stored);
  }
  /// Of entries that were written when the last process ended, and never acknowledged: from now on
  /// a repeat of their key will be.
  [[nodiscard]] Status TellGuard(const proof::Frontier& tree) {
    if (guard_ == nullptr || store_ == nullptr || tree.size().value() == 0) return {};
    return guard_->WriteDurable(book_.commit.number, {tree.size(), tree.Root()});
  }
  /// The tiles grow with the tree that reading the log makes; the store has the full ones.
  [[nodiscard]] Result<EntryLog> OpenLog() {
    const auto forget = [](const proof::TileId&, std::span<const Hash32>) { return Status{}; };
    return EntryLog::Open(reader_, book_.commit.number,
                          [this, forget](unsigned level, std::span<const Hash32> hashes) {
                            const Status grown = book_.commit.tiles.Append(level, hashes, forget);
                            SUANPAN_INVARIANT(grown.ok(), "nothing is written");
                          });
  }
  [[nodiscard]] Status Take(const EntryLog::Entry& entry, const store::BlockHeader& block) {
    arena_.Reset();
    SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                             schema::DecodeEntry(entry.bytes, catalogue_.kinds(), arena_));
    SUANPAN_RETURN_IF_ERROR(rules::ApplyEntry(catalogue_, book_.state, entry.seq, view));
    book_.last_recorded = view.common.recorded_at;
    if (store_ != nullptr) NoteTail(entry, view, block);
    const BoundKey bound{view.common.source, StoreKey(view.common.key)};
    if (bound.key.form == store::KeyForm::kEngine) return {};
    if (entry.seq <= watermark_) {
      book_.keys.Learn(bound);
      log_.Add({bound.source, bound.key, entry.seq});
    } else if (store_ == nullptr) {
      book_.keys.Bind(bound, entry.seq);
    } else {
      book_.keys.Learn(bound);
      if (!index_) return {};  // it is written again as a whole
      SUANPAN_RETURN_IF_ERROR(unindexed_.Add({bound.source, bound.key, entry.seq}));
    }
    return {};
  }

  /// The committer goes on where the last process left small blocks.
  void NoteTail(const EntryLog::Entry& entry, const schema::EntryView& view,
                const store::BlockHeader& block) {
    BlockTail& tail = book_.commit.tail;
    if (block.raw_bytes >= BlockTail::kSmallBytes) return tail.Clear();
    tail.Add(entry.seq, entry.bytes, SummaryOf(view), entry.seq == block.first_seq);
  }

  Book& book_;
  const rules::Catalogue& catalogue_;
  const store::EventReader& reader_;
  store::EventStore* store_;
  Guard* guard_;  ///< null: none is looked at
  const std::vector<PlannedLoss>& plan_;
  Arena arena_;
  Seq watermark_;
  std::optional<store::KeySum> index_;  ///< nothing: it cannot be read
  store::KeySum log_;                   ///< of the keys up to the watermark
  KeyBatch unindexed_;                  ///< of later entries
};

}  // namespace

Status Ledger::Fold() {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> rows, reader_->Books());
  std::vector<PlannedLoss> plan;  // without a guard it is who accepts that opens
  if (options_.guard != nullptr) {
    SUANPAN_ASSIGN_OR_RETURN(plan, ReadPlan(*reader_));
    SUANPAN_ASSIGN_OR_RETURN(const BookNo last, options_.guard->LastBook());
    SUANPAN_RETURN_IF_ERROR(CheckBooks(rows, *options_.guard, last));
  }
  std::uint64_t done = 0;
  std::vector<std::string> unsound;  // books whose index does not agree with the log
  for (const store::BookRow& row : rows) {
    auto book = std::make_unique<Book>(row.book, row.ref, catalogue_, options_.schema, *reader_,
                                       key_filter_);
    BookFolder folder{*book, catalogue_, *reader_, store_, options_.guard.get(), plan};
    const auto progress = [&](std::uint64_t more) {
      done += more;
      if (options_.on_progress != nullptr) options_.on_progress(done);
    };
    SUANPAN_RETURN_IF_ERROR(folder.Fold(progress), fmt::format("book {}", row.ref));
    if (!folder.IndexAgrees()) unsound.push_back(row.ref);
    last_number_ = std::max(last_number_, row.book.value());
    books_.emplace(row.ref, std::move(book));
  }
  return unsound.empty() ? Status{} : RewriteKeys(unsound);
}

Status Ledger::RewriteKeys(const std::vector<std::string>& unsound) {
  const std::string which = fmt::format("{}", fmt::join(unsound, ", "));
  if (store_ == nullptr) {
    return MakeError(StatusCode::kCorruption,
                     "book {}: the index of command keys does not agree with the log, so that a "
                     "repeated command would not be known; write it again with `suanpan replay "
                     "rebuild`",
                     which);
  }
  if (options_.on_notice != nullptr) {
    options_.on_notice(fmt::format(
        "book {}: the index of command keys did not agree with the log and is written again from "
        "it",
        which));
  }
  // One family holds the keys of all books, and tables that cannot be read go only with it.
  SUANPAN_RETURN_IF_ERROR(store_->ClearKeys());
  for (const auto& [ref, book] : books_) {
    SUANPAN_RETURN_IF_ERROR(WriteIndex(*store_, book->commit.number), fmt::format("book {}", ref));
  }
  return {};
}

}  // namespace suanpan::engine
