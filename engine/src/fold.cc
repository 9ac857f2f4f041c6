// Opening: every book's log is folded with Apply, and its key index completed.

#include "src/book.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/ledger.h"

namespace suanpan::engine {
namespace {

constexpr std::size_t kKeysPerWrite = 10'000;

/// Folds one book.
class BookFolder {
 public:
  BookFolder(Book& book, const rules::Catalogue& catalogue, const store::EventReader& reader,
             store::EventStore* store)
      : book_(book), catalogue_(catalogue), reader_(reader), store_(store) {}

  [[nodiscard]] Status Fold(const std::function<void(std::uint64_t)>& on_progress) {
    SUANPAN_ASSIGN_OR_RETURN(watermark_, reader_.KeyWatermark(book_.commit.number));
    SUANPAN_RETURN_IF_ERROR(ReadSignedHead());
    SUANPAN_ASSIGN_OR_RETURN(EntryLog log, EntryLog::Open(reader_, book_.commit.number));
    while (true) {
      SUANPAN_ASSIGN_OR_RETURN(const std::optional<EntryLog::Entry> entry, log.Next());
      if (!entry) break;
      SUANPAN_RETURN_IF_ERROR(Take(*entry), fmt::format("entry {}", entry->seq.value()));
      if (log.tree().size() == signed_.size) SUANPAN_RETURN_IF_ERROR(MeetSignedHead(log.tree()));
      if (on_progress != nullptr && entry->seq.value() % 65'536 == 0) on_progress(65'536);
    }
    if (log.tree().size() < signed_.size) {
      return MakeError(StatusCode::kCorruption,
                       "the log has {} entries, but a head of {} was signed: entries are lost; "
                       "restore a copy that has them",
                       log.tree().size().value(), signed_.size.value());
    }
    SUANPAN_RETURN_IF_ERROR(FlushKeys());
    book_.commit.tree = log.tree();
    book_.commit.durable = book_.state.head.get();
    book_.commit.indexed = store_ != nullptr ? book_.commit.durable : watermark_;
    book_.commit.exists = true;
    return {};
  }

 private:
  /// What was signed last must still be there: a signed head is a promise to outsiders.
  [[nodiscard]] Status ReadSignedHead() {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredCheckpoint> stored,
                             reader_.LatestCheckpoint(book_.commit.number));
    if (!stored) return {};
    SUANPAN_ASSIGN_OR_RETURN(const CheckpointRecord record,
                             DecodeCheckpointRecord(stored->size, AsBytes(stored->bytes)));
    SUANPAN_ASSIGN_OR_RETURN(const proof::Note note, proof::ParseNote(record.note));
    SUANPAN_ASSIGN_OR_RETURN(signed_, proof::ParseCheckpoint(note.text));
    return {};
  }
  [[nodiscard]] Status MeetSignedHead(const proof::Frontier& tree) const {
    if (tree.Root() == signed_.root) return {};
    return MakeError(StatusCode::kCorruption,
                     "the log is not the one whose head of {} entries was signed",
                     signed_.size.value());
  }
  [[nodiscard]] Status Take(const EntryLog::Entry& entry) {
    arena_.Reset();
    SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                             schema::DecodeEntry(entry.bytes, catalogue_.kinds(), arena_));
    SUANPAN_RETURN_IF_ERROR(rules::ApplyEntry(catalogue_, book_.state, entry.seq, view));
    SUANPAN_RETURN_IF_ERROR(book_.commit.tiles.Append(
        entry.leaf, [](const proof::TileId&, std::span<const Hash32>) { return Status{}; }));
    book_.last_recorded = view.common.recorded_at;
    const BoundKey bound{view.common.source, StoreKey(view.common.key)};
    if (bound.key.form == store::KeyForm::kEngine) return {};
    if (entry.seq <= watermark_) {
      book_.keys.Learn(bound);
    } else if (store_ == nullptr) {
      book_.keys.Bind(bound, entry.seq);
    } else {
      book_.keys.Learn(bound);
      unindexed_.push_back({bound.source, bound.key, entry.seq});
      if (unindexed_.size() == kKeysPerWrite) SUANPAN_RETURN_IF_ERROR(FlushKeys());
    }
    return {};
  }
  [[nodiscard]] Status FlushKeys() {
    if (unindexed_.empty()) return {};
    SUANPAN_RETURN_IF_ERROR(
        store_->WriteKeys(book_.commit.number, unindexed_, unindexed_.back().seq));
    unindexed_.clear();
    return {};
  }

  Book& book_;
  const rules::Catalogue& catalogue_;
  const store::EventReader& reader_;
  store::EventStore* store_;
  Arena arena_;
  Seq watermark_;
  proof::Checkpoint signed_;  ///< size 0: no head was signed yet
  std::vector<store::KeyBinding> unindexed_;
};

}  // namespace

Status Ledger::Fold() {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> rows, reader_->Books());
  std::uint64_t done = 0;
  for (const store::BookRow& row : rows) {
    auto book = std::make_unique<Book>(row.book, row.ref, catalogue_, options_.schema, *reader_);
    BookFolder folder{*book, catalogue_, *reader_, store_};
    const auto progress = [&](std::uint64_t more) {
      done += more;
      if (options_.on_progress != nullptr) options_.on_progress(done);
    };
    SUANPAN_RETURN_IF_ERROR(folder.Fold(progress), fmt::format("book {}", row.ref));
    last_number_ = std::max(last_number_, row.book.value());
    books_.emplace(row.ref, std::move(book));
  }
  return {};
}

}  // namespace suanpan::engine
