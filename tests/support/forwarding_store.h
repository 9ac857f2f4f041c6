#pragma once

#include <memory>

#include "suanpan/store/event_store.h"

namespace suanpan::test {

/// Hands every read on to a store or a reader.
template <class Base>
class ForwardingReads : public Base {
 public:
  explicit ForwardingReads(std::shared_ptr<Base> inner) : inner_(std::move(inner)) {}

  Result<std::vector<store::BookRow>> Books() const override { return inner_->Books(); }
  Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    return inner_->ReadBlocks(book, from);
  }
  Result<std::optional<store::StoredBlock>> LastBlock(BookNo book) const override {
    return inner_->LastBlock(book);
  }
  Result<store::BookEnds> Ends(BookNo book) const override { return inner_->Ends(book); }
  Result<std::optional<std::string>> ReadTile(const store::TileId& id) const override {
    return inner_->ReadTile(id);
  }
  Result<Seq> KeyWatermark(BookNo book) const override { return inner_->KeyWatermark(book); }
  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const store::CommandKey& key) const override {
    return inner_->FindKey(book, source, key);
  }
  Status VisitKeys(BookNo book, const store::KeyVisitor& visit) const override {
    return inner_->VisitKeys(book, visit);
  }
  Result<std::vector<store::StoredCheckpoint>> Checkpoints(BookNo book) const override {
    return inner_->Checkpoints(book);
  }
  Result<std::optional<store::StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    return inner_->LatestCheckpoint(book);
  }
  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    return inner_->GetMeta(key);
  }
  Result<store::StoreStats> Stats() const override { return inner_->Stats(); }
  Status Refresh() override { return inner_->Refresh(); }

 protected:
  [[nodiscard]] Base& inner() { return *inner_; }

 private:
  std::shared_ptr<Base> inner_;
};

/// Hands every call on to a store that outlives it, so that a memory store can be "reopened".
class ForwardingStore : public ForwardingReads<store::EventStore> {
 public:
  using ForwardingReads::ForwardingReads;

  Status Commit(const store::CommitGroup& group) override { return inner().Commit(group); }
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override {
    return inner().WriteKeys(book, bindings, watermark);
  }
  Status ClearKeys() override { return inner().ClearKeys(); }
  Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) override {
    return inner().PutCheckpoint(book, size, bytes);
  }
  Status ForgetBehindEnd(BookNo book) override { return inner().ForgetBehindEnd(book); }
  Status PutMeta(std::string_view key, ByteSpan bytes) override {
    return inner().PutMeta(key, bytes);
  }
};

}  // namespace suanpan::test
