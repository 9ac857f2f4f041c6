#include "wrapped_store.h"

#include <utility>

namespace suanpan::engine::test {

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

void Gate::FailCommit(std::uint64_t nth) {
  const std::lock_guard lock{mutex_};
  fails_in_ = nth;
}

void Gate::AnswerNext(StatusCode code, bool written) {
  const std::lock_guard lock{mutex_};
  answer_ = code;
  written_ = written;
}

bool Gate::Reaches() {
  const std::lock_guard lock{mutex_};
  return std::exchange(written_, true);
}

Status Gate::AnswerOf(Status status) {
  const std::lock_guard lock{mutex_};
  const StatusCode code = std::exchange(answer_, StatusCode::kOk);
  return code == StatusCode::kOk ? std::move(status) : MakeError(code, "no space left on device");
}

void Gate::FailKeys() {
  const std::lock_guard lock{mutex_};
  keys_fail_ = true;
}

Status Gate::PassCommit() {
  std::unique_lock lock{mutex_};
  opened_.wait(lock, [this] { return !closed_; });
  if (fails_in_ == 0 || --fails_in_ > 0) return {};
  return MakeError(StatusCode::kUnknown, "no space left on device");
}

Status Gate::PassKeys() {
  const std::lock_guard lock{mutex_};
  return keys_fail_ ? MakeError(StatusCode::kIo, "the key index cannot be written") : Status{};
}

Status GatedStore::Commit(const store::CommitGroup& group) {
  SUANPAN_RETURN_IF_ERROR(gate_->PassCommit());
  return gate_->AnswerOf(gate_->Reaches() ? ForwardingStore::Commit(group) : Status{});
}

Status GatedStore::WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                             Seq watermark) {
  SUANPAN_RETURN_IF_ERROR(gate_->PassKeys());
  return ForwardingStore::WriteKeys(book, bindings, watermark);
}

}  // namespace suanpan::engine::test
