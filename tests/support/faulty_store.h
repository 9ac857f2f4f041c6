#pragma once

// A store, or a reader, whose requests are answered otherwise than they should be, having been done
// or not: the one place where such answers are planted.

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/forwarding_store.h"

namespace suanpan::test {

/// The requests in which a fault can be planted.
enum class StoreCall : std::uint8_t {
  kCommit,
  kWriteKeys,
  kClearKeys,
  kPutCheckpoint,
  kForgetBehindEnd,
  kPutMeta,
  // Of reading:
  kBooks,
  kReadBlocks,
  kLastBlock,
  kEnds,
  kKeyWatermark,
  kFindKey,
  kVisitKeys,
  kLatestCheckpoint,
  kGetMeta,
  kRefresh
};
inline constexpr std::size_t kStoreCalls = 16;
/// Of "commit", "write_keys" and so on; nothing for another word.
[[nodiscard]] std::optional<StoreCall> StoreCallOf(std::string_view word);

/// What becomes of the nth request of a sort.
struct StoreFault {
  StoreCall call = StoreCall::kCommit;
  StatusCode code = StatusCode::kUnknown;  ///< kOk, of a write: says it is done
  bool done = false;                       ///< it was done all the same
  std::uint64_t nth = 1;                   ///< from now on; 1 is the next
  bool and_later = false;                  ///< every later one too
  std::string reason = "a planted fault";
};

/// The faults of a store, one of each sort at a time. Thread-safe.
class StoreFaults {
 public:
  /// In the place of an earlier one of the sort.
  void Plant(StoreFault fault);
  /// The nth write of any sort from now on fails, and every later one: none of them is done.
  void CutWrites(std::uint64_t nth);
  /// Requests so far.
  [[nodiscard]] std::uint64_t Count(StoreCall call) const;
  /// Of writes, all sorts together.
  [[nodiscard]] std::uint64_t Writes() const;

  /// Does what is asked, unless a fault says otherwise. For the stores below.
  template <class Act>
  std::invoke_result_t<Act> Ask(StoreCall call, const Act& act) {
    using Answer = std::invoke_result_t<Act>;
    const std::optional<StoreFault> fault = Next(call);
    if (!fault) return act();
    if (fault->done) {
      Answer answer = act();
      if (!answer.ok()) return answer;
    }
    if constexpr (std::is_same_v<Answer, Status>) {
      if (fault->code == StatusCode::kOk) return {};
    }
    return MakeError(fault->code, "{}", fault->reason);
  }

 private:
  [[nodiscard]] std::optional<StoreFault> Next(StoreCall call);
  [[nodiscard]] std::uint64_t WritesLocked() const;

  mutable std::mutex mutex_;
  std::array<std::uint64_t, kStoreCalls> asked_{};
  std::array<std::optional<StoreFault>, kStoreCalls> planted_;  ///< `nth` of all that is asked
  std::uint64_t cut_from_ = 0;                                  ///< of all writes; 0: never
};

/// The reads of a store or of a reader.
template <class Forwarding>
class FaultyReads : public Forwarding {
 public:
  template <class Inner>
  FaultyReads(Inner inner, std::shared_ptr<StoreFaults> faults)
      : Forwarding(std::move(inner)), faults_(std::move(faults)) {}

  Result<std::vector<store::BookRow>> Books() const override {
    return faults_->Ask(StoreCall::kBooks, [&] { return Forwarding::Books(); });
  }
  Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    return faults_->Ask(StoreCall::kReadBlocks, [&] { return Forwarding::ReadBlocks(book, from); });
  }
  Result<std::optional<store::StoredBlock>> LastBlock(BookNo book) const override {
    return faults_->Ask(StoreCall::kLastBlock, [&] { return Forwarding::LastBlock(book); });
  }
  Result<store::BookEnds> Ends(BookNo book) const override {
    return faults_->Ask(StoreCall::kEnds, [&] { return Forwarding::Ends(book); });
  }
  Result<Seq> KeyWatermark(BookNo book) const override {
    return faults_->Ask(StoreCall::kKeyWatermark, [&] { return Forwarding::KeyWatermark(book); });
  }
  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const store::CommandKey& key) const override {
    return faults_->Ask(StoreCall::kFindKey,
                        [&] { return Forwarding::FindKey(book, source, key); });
  }
  Status VisitKeys(BookNo book, const store::KeyVisitor& visit) const override {
    return faults_->Ask(StoreCall::kVisitKeys, [&] { return Forwarding::VisitKeys(book, visit); });
  }
  Result<std::optional<store::StoredCheckpoint>> LatestCheckpoint(BookNo book) const override {
    return faults_->Ask(StoreCall::kLatestCheckpoint,
                        [&] { return Forwarding::LatestCheckpoint(book); });
  }
  Result<std::optional<std::string>> GetMeta(std::string_view key) const override {
    return faults_->Ask(StoreCall::kGetMeta, [&] { return Forwarding::GetMeta(key); });
  }
  Status Refresh() override {
    return faults_->Ask(StoreCall::kRefresh, [&] { return Forwarding::Refresh(); });
  }

 protected:
  [[nodiscard]] StoreFaults& faults() { return *faults_; }

 private:
  std::shared_ptr<StoreFaults> faults_;
};

using FaultyReader = FaultyReads<ForwardingReads<store::EventReader>>;

class FaultyStore : public FaultyReads<ForwardingStore> {
 public:
  using FaultyReads::FaultyReads;

  Status Commit(const store::CommitGroup& group) override;
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override;
  Status ClearKeys() override;
  Status PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) override;
  Status ForgetBehindEnd(BookNo book) override;
  Status PutMeta(std::string_view key, ByteSpan bytes) override;
};

}  // namespace suanpan::test
