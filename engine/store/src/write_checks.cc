#include "src/write_checks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "suanpan/store/block.h"

namespace suanpan::store {
namespace {

/// Walks one group in the order it would be written and remembers what it has passed.
class CommitCheck {
 public:
  explicit CommitCheck(const WriteContext& context) : context_(context) {}

  Status Check(const BookRow& row) {
    if (row.book.value() == 0 || row.ref.empty() || row.ref.size() > kBookRefBytesMax) {
      return MakeError(StatusCode::kInvalidArgument, "book {} with a ref of {} bytes",
                       row.book.value(), row.ref.size());
    }
    if (context_.HasBook(row.book) || new_books_.contains(row.book)) {
      return MakeError(StatusCode::kConflict, "book {} exists already", row.book.value());
    }
    if (context_.HasRef(row.ref) || !new_refs_.insert(row.ref).second) {
      return MakeError(StatusCode::kConflict, "book '{}' exists already", row.ref);
    }
    new_books_.insert(row.book);
    return {};
  }

  Status Check(const StoredBlock& block) {
    SUANPAN_RETURN_IF_ERROR(CheckPlace(block));
    SUANPAN_RETURN_IF_ERROR(CheckBook(block.book));
    auto last = last_.find(block.book);
    if (last == last_.end()) {
      SUANPAN_ASSIGN_OR_RETURN(const Seq stored, context_.LastSeq(block.book));
      last = last_.emplace(block.book, stored).first;
    }
    if (!block.replaced.empty()) {
      SUANPAN_RETURN_IF_ERROR(CheckReplaced(block, last->second));
    } else if (block.first != Next(last->second)) {
      return MakeError(StatusCode::kConflict,
                       "block of book {} starts at entry {}, but the book's last entry is {}",
                       block.book.value(), block.first.value(), last->second.value());
    }
    last->second = block.last;
    return {};
  }

  Status Check(const StoredTile& tile) {
    const TileId& id = tile.id;
    if (id.level == 0 || id.level > kTileLevelMax || tile.bytes.size() != kTileBytes) {
      return MakeError(StatusCode::kInvalidArgument, "tile of level {} with {} bytes", id.level,
                       tile.bytes.size());
    }
    SUANPAN_RETURN_IF_ERROR(CheckBook(id.book));
    SUANPAN_ASSIGN_OR_RETURN(const bool exists, context_.HasTile(id));
    if (exists || !new_tiles_.insert(id).second) {
      return MakeError(StatusCode::kConflict, "tile {}/{} of book {} exists already", id.level,
                       id.index, id.book.value());
    }
    return {};
  }

 private:
  Status CheckBook(BookNo book) const {
    if (context_.HasBook(book) || new_books_.contains(book)) return {};
    return NoSuchBook(book);
  }

  static Status CheckPlace(const StoredBlock& block) {
    const Result<BlockHeader> header = ReadBlockHeader(AsBytes(block.bytes));
    if (!header.ok()) {
      return MakeError(StatusCode::kInvalidArgument, "not a block: {}", header.error().message());
    }
    if (header->first_seq != block.first || header->last_seq() != block.last) {
      return MakeError(StatusCode::kInvalidArgument, "block of entries {} to {} given as {} to {}",
                       header->first_seq.value(), header->last_seq().value(), block.first.value(),
                       block.last.value());
    }
    return {};
  }

  /// That the rows exist and end where the book does is known to who wrote them: here is checked
  /// what a mistake would make unreadable.
  static Status CheckReplaced(const StoredBlock& block, Seq last) {
    const bool ordered =
        std::ranges::adjacent_find(block.replaced, std::greater_equal<>{}) == block.replaced.end();
    if (ordered && block.replaced.front() == block.first && block.replaced.back() <= last &&
        block.last > last) {
      return {};
    }
    return MakeError(StatusCode::kConflict,
                     "block of book {}, entries {} to {}, cannot take the place of others: the "
                     "book's last entry is {}",
                     block.book.value(), block.first.value(), block.last.value(), last.value());
  }

  const WriteContext& context_;
  std::set<BookNo> new_books_;
  std::set<std::string> new_refs_;
  std::map<BookNo, Seq> last_;
  std::set<TileId> new_tiles_;
};

}  // namespace

Status NoSuchBook(BookNo book) {
  return MakeError(StatusCode::kNotFound, "no book {}", book.value());
}

std::uint64_t FullTiles(Seq last_seq, std::uint8_t level) {
  const unsigned bits = 8U * (level + 1U);  // a tile has 256 hashes, each of 256 tiles below
  return bits < 64 ? last_seq.value() >> bits : 0;
}

Status CheckCommit(const CommitGroup& group, const WriteContext& context) {
  CommitCheck check{context};
  for (const BookRow& row : group.new_books) SUANPAN_RETURN_IF_ERROR(check.Check(row));
  for (const StoredBlock& block : group.blocks) SUANPAN_RETURN_IF_ERROR(check.Check(block));
  for (const StoredTile& tile : group.tiles) SUANPAN_RETURN_IF_ERROR(check.Check(tile));
  return {};
}

Status CheckKeys(std::span<const KeyBinding> bindings, Seq watermark, Seq watermark_before,
                 Seq last_seq) {
  if (watermark < watermark_before || watermark > last_seq) {
    return MakeError(
        StatusCode::kInvalidArgument,
        "watermark {} of keys is not between the one before, {}, and the last entry {}",
        watermark.value(), watermark_before.value(), last_seq.value());
  }
  for (const KeyBinding& binding : bindings) {
    if (binding.key.form == KeyForm::kEngine) {
      return MakeError(StatusCode::kInvalidArgument, "entry {} has no key to index",
                       binding.seq.value());
    }
    if (binding.seq.value() == 0 || binding.seq > watermark) {
      return MakeError(StatusCode::kInvalidArgument, "key of entry {} under watermark {}",
                       binding.seq.value(), watermark.value());
    }
  }
  return {};
}

Status CheckCheckpoint(BookNo book, TreeSize size, Seq last_seq) {
  if (size.value() <= last_seq.value()) return {};
  return MakeError(StatusCode::kFailedPrecondition,
                   "checkpoint of {} entries for book {}, which has {}", size.value(), book.value(),
                   last_seq.value());
}

}  // namespace suanpan::store
