#include "wrapped_store.h"

namespace suanpan::engine::test {

using suanpan::test::StoreCall;

void Gate::Close() {
  const std::lock_guard lock{mutex_};
  closed_ = true;
}

void Gate::Open() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = false;
  }
  opened_.notify_all();
}

void Gate::Pass() {
  std::unique_lock lock{mutex_};
  opened_.wait(lock, [this] { return !closed_; });
}

void Gate::FailCommit(std::uint64_t nth) { AnswerCommit(StatusCode::kUnknown, false, nth); }

void Gate::AnswerCommit(StatusCode code, bool written, std::uint64_t nth) {
  Plant({.call = StoreCall::kCommit,
         .code = code,
         .done = written,
         .nth = nth,
         .reason = "no space left on device"});
}

void Gate::FailKeys() {
  Plant({.call = StoreCall::kWriteKeys,
         .code = StatusCode::kIo,
         .and_later = true,
         .reason = "the key index cannot be written"});
}

Status GatedStore::Commit(const store::CommitGroup& group) {
  gate_->Pass();
  return FaultyStore::Commit(group);
}

}  // namespace suanpan::engine::test
