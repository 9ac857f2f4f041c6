#include "suanpan/store/memory_store.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "src/write_checks.h"

namespace suanpan::store {
namespace {

using BlockList = std::vector<std::shared_ptr<const StoredBlock>>;

/// Holds the blocks it walks, so a commit beside it changes nothing for it.
class MemoryCursor final : public BlockCursor {
 public:
  explicit MemoryCursor(BlockList blocks) : blocks_(std::move(blocks)) {}

  Result<std::optional<ByteSpan>> Next() override {
    if (at_ == blocks_.size()) return std::optional<ByteSpan>{};
    return std::optional<ByteSpan>{AsBytes(blocks_[at_++]->bytes)};
  }

 private:
  BlockList blocks_;
  std::size_t at_ = 0;
};

struct Book {
  std::string ref;
  BlockList blocks;
  std::map<std::pair<NameId, CommandKey>, Seq> keys;
  Seq watermark;
  std::map<TreeSize, std::string> checkpoints;

  [[nodiscard]] Seq last_seq() const { return blocks.empty() ? Seq{} : blocks.back()->last; }
};

/// The content, without locks. Copies nothing that a caller does not keep.
struct Content final : WriteContext {
  std::map<BookNo, Book> books;
  std::map<TileId, std::string> tiles;
  std::map<std::string, std::string, std::less<>> meta;

  [[nodiscard]] const Book* Find(BookNo book) const {
    const auto at = books.find(book);
    return at == books.end() ? nullptr : &at->second;
  }
  [[nodiscard]] bool HasBook(BookNo book) const override { return books.contains(book); }
  [[nodiscard]] bool HasRef(std::string_view ref) const override {
    return std::any_of(books.begin(), books.end(),
                       [ref](const auto& row) { return row.second.ref == ref; });
  }
  Result<Seq> LastSeq(BookNo book) const override {
    const Book* found = Find(book);
    return found == nullptr ? Seq{} : found->last_seq();
  }
  Result<bool> HasTile(const TileId& id) const override { return tiles.contains(id); }
};

class MemoryStore final : public EventStore {
 public:
  Result<std::vector<BookRow>> Books() const override {
    const std::shared_lock lock{mutex_};
    std::vector<BookRow> rows;
    for (const auto& [number, book] : content_.books) rows.push_back({number, book.ref});
    return rows;
  }

  Result<std::unique_ptr<BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    const std::shared_lock lock{mutex_};
    BlockList blocks;
    if (const Book* found = content_.Find(book)) {
      const auto first = std::partition_point(
          found->blocks.begin(), found->blocks.end(),
          [from](const std::shared_ptr<const StoredBlock>& block) { return block->last < from; });
      blocks.assign(first, found->blocks.end());
    }
    return std::unique_ptr<BlockCursor>{std::make_unique<MemoryCursor>(std::move(blocks))};
  }

  Result<std::optional<StoredBlock>> LastBlock(BookNo book) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    if (found == nullptr || found->blocks.empty()) return std::optional<StoredBlock>{};
    return std::optional<StoredBlock>{*found->blocks.back()};
  }

  Result<BookEnds> Ends(BookNo book) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    if (found == nullptr) return BookEnds{};
    const auto& checkpoints = found->checkpoints;
    return BookEnds{found->last_seq(), found->watermark,
                    checkpoints.empty() ? TreeSize{} : checkpoints.rbegin()->first};
  }

  Result<std::optional<std::string>> ReadTile(const TileId& id) const override {
    const std::shared_lock lock{mutex_};
    const auto at = content_.tiles.find(id);
    if (at == content_.tiles.end()) return std::optional<std::string>{};
    return std::optional<std::string>{at->second};
  }

  Result<Seq> KeyWatermark(BookNo book) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    return found == nullptr ? Seq{} : found->watermark;
  }

  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const CommandKey& key) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    if (found == nullptr) return std::optional<Seq>{};
    const auto at = found->keys.find({source, key});
    return at == found->keys.end() ? std::optional<Seq>{} : std::optional<Seq>{at->second};
  }

  Status VisitKeys(BookNo book, const KeyVisitor& visit) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    if (found == nullptr) return {};
    for (const auto& [bound, seq] : found->keys) {
      SUANPAN_RETURN_IF_ERROR(visit({bound.first, bound.second, seq}));
    }
    return {};
  }

  Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo book) const override {
    const std::shared_lock lock{mutex_};
    std::vector<StoredCheckpoint> all;
    if (const Book* found = content_.Find(book)) {
      for (const auto& [size, bytes] : found->checkpoints) all.push_back({size, bytes});
    }
    return all;
  }

  Result<std::optional<StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    const std::shared_lock lock{mutex_};
    const Book* found = content_.Find(book);
    if (found == nullptr || found->checkpoints.empty()) return std::optional<StoredCheckpoint>{};
    const auto& [size, bytes] = *found->checkpoints.rbegin();
    return std::optional<StoredCheckpoint>{{size, bytes}};
  }

  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    const std::shared_lock lock{mutex_};
    const auto at = content_.meta.find(key);
    if (at == content_.meta.end()) return std::optional<std::string>{};
    return std::optional<std::string>{at->second};
  }

  Result<StoreStats> Stats() const override { return StoreStats{}; }

  Status Refresh() override { return {}; }

  Status Commit(const CommitGroup& group) override {
    const std::unique_lock lock{mutex_};
    SUANPAN_RETURN_IF_ERROR(CheckCommit(group, content_));
    for (const BookRow& row : group.new_books) content_.books[row.book].ref = row.ref;
    for (const StoredBlock& block : group.blocks) {
      BlockList& blocks = content_.books[block.book].blocks;
      if (!block.replaced.empty())
        std::erase_if(blocks, [&](const auto& old) {
          return std::ranges::find(block.replaced, old->first) != block.replaced.end();
        });
      auto stored = std::make_shared<StoredBlock>(block);
      stored->replaced.clear();
      blocks.push_back(std::move(stored));
    }
    for (const StoredTile& tile : group.tiles) content_.tiles[tile.id] = tile.bytes;
    return {};
  }

  Status WriteKeys(BookNo book, std::span<const KeyBinding> bindings, Seq watermark) override {
    const std::unique_lock lock{mutex_};
    const auto at = content_.books.find(book);
    if (at == content_.books.end()) return NoSuchBook(book);
    Book& found = at->second;
    SUANPAN_RETURN_IF_ERROR(CheckKeys(bindings, watermark, found.watermark, found.last_seq()));
    for (const KeyBinding& binding : bindings) {
      found.keys[{binding.source, binding.key}] = binding.seq;
    }
    found.watermark = watermark;
    return {};
  }

  Status ClearKeys() override {
    const std::unique_lock lock{mutex_};
    for (auto& [number, book] : content_.books) {
      book.keys.clear();
      book.watermark = Seq{};
    }
    return {};
  }

  Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) override {
    const std::unique_lock lock{mutex_};
    const auto at = content_.books.find(book);
    if (at == content_.books.end()) return NoSuchBook(book);
    SUANPAN_RETURN_IF_ERROR(CheckCheckpoint(book, size, at->second.last_seq()));
    at->second.checkpoints[size] = AsText(bytes);
    return {};
  }

  Status ForgetBehindEnd(BookNo book) override {
    const std::unique_lock lock{mutex_};
    const auto at = content_.books.find(book);
    if (at == content_.books.end()) return NoSuchBook(book);
    Book& found = at->second;
    const Seq last = found.last_seq();
    found.checkpoints.erase(found.checkpoints.upper_bound(TreeSize{last.value()}),
                            found.checkpoints.end());
    std::erase_if(content_.tiles, [book, last](const auto& tile) {
      return tile.first.book == book && tile.first.index >= FullTiles(last, tile.first.level);
    });
    if (found.watermark > last) {
      found.keys.clear();
      found.watermark = Seq{};
    }
    return {};
  }

  Status PutMeta(std::string_view key, ByteSpan bytes) override {
    const std::unique_lock lock{mutex_};
    content_.meta[std::string{key}] = AsText(bytes);
    return {};
  }

 private:
  mutable std::shared_mutex mutex_;  ///< guards content_
  Content content_;
};

}  // namespace

std::unique_ptr<EventStore> MakeMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace suanpan::store
