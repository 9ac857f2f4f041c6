#pragma once

#include <memory>

#include "suanpan/store/event_store.h"

namespace suanpan::test {

/// Hands every call on to a store that outlives it, so that a memory store can be "reopened".
class ForwardingStore : public store::EventStore {
 public:
  explicit ForwardingStore(std::shared_ptr<store::EventStore> inner) : inner_(std::move(inner)) {}

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

  Status Commit(const store::CommitGroup& group) override { return inner_->Commit(group); }
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override {
    return inner_->WriteKeys(book, bindings, watermark);
  }
  Status ClearKeys() override { return inner_->ClearKeys(); }
  Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) override {
    return inner_->PutCheckpoint(book, size, bytes);
  }
  Status ForgetBehindEnd(BookNo book) override { return inner_->ForgetBehindEnd(book); }
  Status PutMeta(std::string_view key, ByteSpan bytes) override {
    return inner_->PutMeta(key, bytes);
  }

 private:
  std::shared_ptr<store::EventStore> inner_;
};

}  // namespace suanpan::test
