#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "src/restore_plan.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/guard.h"
#include "suanpan/store/block.h"

namespace suanpan::engine {
namespace {

Status Shorter(TreeSize size, TreeSize promised, std::string_view how) {
  return MakeError(StatusCode::kCorruption,
                   "log_shorter: the log has {} entries, but {} were {}: entries are lost; restore "
                   "a copy of the data directory that has them; if there is none, {}",
                   size.value(), promised.value(), how, kAcceptLoss);
}

Status Differs(const std::optional<GuardMark>& promised, TreeSize size, const Hash32& root,
               std::string_view how) {
  if (!promised || promised->size != size || promised->root == root) return {};
  return MakeError(StatusCode::kCorruption,
                   "log_differs: the first {} entries are not those that were {}; this is another "
                   "log, or one that was changed: keep it, and restore a copy of the data "
                   "directory that has them, or name its own key directory with --key-dir",
                   size.value(), how);
}

}  // namespace

Result<GuardCheck> GuardCheck::Make(const std::optional<GuardedHeads>& heads,
                                    std::optional<GuardMark> stored) {
  const TreeSize known = heads && heads->signed_head ? heads->signed_head->size : TreeSize{};
  if (heads && stored && stored->size > known) {
    return MakeError(
        StatusCode::kCorruption,
        "guard_older: the data directory has a signed head of {} entries, the guard "
        "knows {}: the key directory is older than the data; put back its newest copy; "
        "if there is none, {}",
        stored->size.value(), known.value(), kAcceptLoss);
  }
  GuardCheck check;
  check.heads_ = heads.value_or(GuardedHeads{});
  check.stored_ = stored;
  return check;
}

bool GuardCheck::Wants(TreeSize size) const {
  const auto at = [size](const std::optional<GuardMark>& mark) {
    return mark && mark->size == size;
  };
  return at(heads_.signed_head) || at(heads_.durable) || at(stored_);
}

Status GuardCheck::Meet(TreeSize size, const Hash32& root) const {
  SUANPAN_RETURN_IF_ERROR(Differs(heads_.signed_head, size, root, "signed"));
  SUANPAN_RETURN_IF_ERROR(Differs(stored_, size, root, "signed"));
  return Differs(heads_.durable, size, root, "acknowledged");
}

Status GuardCheck::End(TreeSize size) const {
  const auto shorter = [size](const std::optional<GuardMark>& mark) {
    return mark && size < mark->size;
  };
  if (shorter(heads_.signed_head)) return Shorter(size, heads_.signed_head->size, "signed");
  if (shorter(stored_)) return Shorter(size, stored_->size, "signed");
  if (shorter(heads_.durable)) return Shorter(size, heads_.durable->size, "acknowledged");
  return {};
}

TreeSize LargestOf(const GuardedHeads& heads) {
  return std::max(heads.signed_head ? heads.signed_head->size : TreeSize{},
                  heads.durable ? heads.durable->size : TreeSize{});
}

Result<std::vector<PromisedBook>> BooksNotThere(const std::vector<store::BookRow>& there,
                                                const Guard& guard, BookNo last) {
  std::set<std::uint32_t> numbers;
  for (const store::BookRow& row : there) numbers.insert(row.book.value());
  std::vector<PromisedBook> lost;
  for (std::uint32_t number = 1; number <= last.value(); ++number) {
    if (numbers.contains(number)) continue;
    SUANPAN_ASSIGN_OR_RETURN(const Guard::Remains remains, guard.ReadRemains(BookNo{number}));
    if (remains != Guard::Remains{}) lost.push_back({BookNo{number}, remains});
  }
  return lost;
}

Status CheckBooks(const std::vector<store::BookRow>& there, const Guard& guard, BookNo last) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<PromisedBook> lost, BooksNotThere(there, guard, last));
  if (lost.empty()) return {};
  return MakeError(
      StatusCode::kCorruption,
      "log_shorter: the data directory has no book of number {}, of which {} entries were "
      "acknowledged or signed: a whole book is lost; restore a copy of the data directory that has "
      "it; if there is none, {}",
      lost.front().book.value(), LargestOf(lost.front().remains.heads).value(), kAcceptLoss);
}

namespace {

/// Compares with the tree at a promised size by hashing all entries up to it.
Status HashAndMeet(const store::EventReader& reader, BookNo book, const GuardCheck& check,
                   TreeSize size) {
  SUANPAN_ASSIGN_OR_RETURN(EntryLog log, EntryLog::Open(reader, book));
  while (log.size() < size) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<EntryLog::Entry> entry, log.Next());
    if (!entry) return {};
  }
  return check.Meet(size, log.tree().Root());
}

/// What is damaged or not there, whoever needs it names; `replay verify` above all. That a store
/// does not answer is no such thing: what was promised would go unlooked at.
bool IsForOthersToName(const Status& status) {
  return status.code() == StatusCode::kCorruption || status.code() == StatusCode::kNotFound;
}

/// A promise is made of a group, and where a group ends a block does, with the root in its header:
/// there is nothing to hash, unless blocks were cut otherwise, as another log's are.
Status MeetRoots(const store::EventReader& reader, BookNo book, const GuardCheck& check,
                 const GuardedHeads& heads) {
  store::DecodedBlock block;
  std::set<TreeSize> sizes;  // mostly one
  for (const std::optional<GuardMark>& mark : {heads.signed_head, heads.durable}) {
    if (mark) sizes.insert(mark->size);
  }
  for (const TreeSize size : sizes) {
    Status read = ReadBlockOf(reader, book, Seq{size.value()}, block);
    if (!read.ok()) {
      if (!IsForOthersToName(read)) return read;
    } else if (block.header().last_seq().value() == size.value()) {
      SUANPAN_RETURN_IF_ERROR(check.Meet(size, block.header().root_after));
    } else {
      SUANPAN_RETURN_IF_ERROR(HashAndMeet(reader, book, check, size));
    }
  }
  return {};
}

Status CheckAllEnds(store::EventReader& reader, const Guard& guard) {
  // A writer beside us writes entries, guard, checkpoint in this order; so we read checkpoints,
  // guard, entries: each may only have grown since.
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  std::vector<GuardCheck> checks;
  std::vector<GuardedHeads> promised;
  for (const store::BookRow& row : books) {
    const Result<std::optional<GuardMark>> stored = StoredHead(reader, row.book);
    if (!stored.ok() && !IsForOthersToName(stored.error())) return stored.error().Clone();
    SUANPAN_ASSIGN_OR_RETURN(const GuardedHeads heads, guard.Read(row.book));
    promised.push_back(heads);
    SUANPAN_ASSIGN_OR_RETURN(
        checks.emplace_back(),
        GuardCheck::Make(heads, stored.ok() ? *stored : std::optional<GuardMark>{}),
        fmt::format("book {}", row.ref));
  }
  SUANPAN_ASSIGN_OR_RETURN(const BookNo last_book, guard.LastBook());
  SUANPAN_RETURN_IF_ERROR(reader.Refresh());
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> now, reader.Books());
  SUANPAN_RETURN_IF_ERROR(CheckBooks(now, guard, last_book));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<PlannedLoss> plan, ReadPlan(reader));
  for (std::size_t i = 0; i < books.size(); ++i) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last,
                             reader.LastBlock(books[i].book));
    const Seq end = last ? last->last : Seq{};
    const std::string book = fmt::format("book {}", books[i].ref);
    SUANPAN_RETURN_IF_ERROR(checks[i].End(TreeSize{end.value()}), book);
    SUANPAN_RETURN_IF_ERROR(MeetRoots(reader, books[i].book, checks[i], promised[i]), book);
    SUANPAN_RETURN_IF_ERROR(CheckPlanned(plan, books[i].book, end), book);
  }
  return {};
}

}  // namespace

Status CheckEnds(store::EventReader& reader, const Guard& guard) {
  return WithPlan(reader, &guard, CheckAllEnds(reader, guard));
}

}  // namespace suanpan::engine
