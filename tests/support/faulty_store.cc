#include "support/faulty_store.h"

#include <algorithm>
#include <numeric>

namespace suanpan::test {
namespace {

constexpr std::array<std::string_view, kStoreCalls> kWords = {
    "commit",        "write_keys", "clear_keys",  "put_checkpoint",    "forget_behind_end",
    "put_meta",      "books",      "read_blocks", "last_block",        "ends",
    "key_watermark", "find_key",   "visit_keys",  "latest_checkpoint", "get_meta",
    "refresh"};

}  // namespace

std::optional<StoreCall> StoreCallOf(std::string_view word) {
  const auto* const at = std::find(kWords.begin(), kWords.end(), word);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<StoreCall>(at - kWords.begin());
}

void StoreFaults::Plant(StoreFault fault) {
  const std::lock_guard lock{mutex_};
  const auto call = static_cast<std::size_t>(fault.call);
  fault.nth += asked_.at(call);
  planted_.at(call) = std::move(fault);
}

std::uint64_t StoreFaults::Count(StoreCall call) const {
  const std::lock_guard lock{mutex_};
  return asked_.at(static_cast<std::size_t>(call));
}

void StoreFaults::CutWrites(std::uint64_t nth) {
  const std::lock_guard lock{mutex_};
  cut_from_ = WritesLocked() + nth;
}

std::uint64_t StoreFaults::Writes() const {
  const std::lock_guard lock{mutex_};
  return WritesLocked();
}

std::uint64_t StoreFaults::WritesLocked() const {
  return std::accumulate(asked_.begin(), asked_.begin() + static_cast<int>(StoreCall::kBooks),
                         std::uint64_t{0});
}

std::optional<StoreFault> StoreFaults::Next(StoreCall call) {
  const std::lock_guard lock{mutex_};
  const std::uint64_t now = ++asked_.at(static_cast<std::size_t>(call));
  if (call < StoreCall::kBooks && cut_from_ != 0 && WritesLocked() >= cut_from_) {
    return StoreFault{.call = call, .reason = "cut"};
  }
  const std::optional<StoreFault>& fault = planted_.at(static_cast<std::size_t>(call));
  if (!fault || (fault->and_later ? now < fault->nth : now != fault->nth)) return std::nullopt;
  return fault;
}

Status FaultyStore::Commit(const store::CommitGroup& group) {
  return faults().Ask(StoreCall::kCommit, [&] { return ForwardingStore::Commit(group); });
}
Status FaultyStore::WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                              Seq watermark) {
  return faults().Ask(StoreCall::kWriteKeys,
                      [&] { return ForwardingStore::WriteKeys(book, bindings, watermark); });
}
Status FaultyStore::ClearKeys() {
  return faults().Ask(StoreCall::kClearKeys, [&] { return ForwardingStore::ClearKeys(); });
}
Status FaultyStore::PutCheckpoint(BookNo book, TreeSize size, ByteSpan bytes) {
  return faults().Ask(StoreCall::kPutCheckpoint,
                      [&] { return ForwardingStore::PutCheckpoint(book, size, bytes); });
}
Status FaultyStore::ForgetBehindEnd(BookNo book) {
  return faults().Ask(StoreCall::kForgetBehindEnd,
                      [&] { return ForwardingStore::ForgetBehindEnd(book); });
}
Status FaultyStore::PutMeta(std::string_view key, ByteSpan bytes) {
  return faults().Ask(StoreCall::kPutMeta, [&] { return ForwardingStore::PutMeta(key, bytes); });
}

}  // namespace suanpan::test
