#include "src/batch_ahead.h"

namespace suanpan::replay {

BatchAhead::BatchAhead(BatchReader& reader) : reader_(reader), thread_([this] { Run(); }) {}

BatchAhead::~BatchAhead() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  freed_more_.notify_one();
  thread_.join();
}

const EntryBatch& BatchAhead::Take() {
  std::unique_lock lock{mutex_};
  ++taken_;
  freed_more_.notify_one();
  made_more_.wait(lock, [this] { return made_ >= taken_ || exception_ != nullptr; });
  if (made_ < taken_) std::rethrow_exception(exception_);
  return ring_[(taken_ - 1) % kBatches];
}

/// Null when nobody wants more.
EntryBatch* BatchAhead::WaitForRoom() {
  std::unique_lock lock{mutex_};
  // The batch handed out last is in use: as many as the ring has, less that one, may be ahead.
  freed_more_.wait(lock, [this] { return stopping_ || made_ < taken_ + kBatches - 1; });
  return stopping_ ? nullptr : &ring_[made_ % kBatches];
}

void BatchAhead::Make() {
  while (EntryBatch* const batch = WaitForRoom()) {
    reader_.Fill(*batch);
    const bool last = batch->last;
    {
      const std::lock_guard lock{mutex_};
      ++made_;
    }
    made_more_.notify_one();
    if (last) return;
  }
}

void BatchAhead::Run() {
  try {
    Make();
  } catch (...) {
    const std::lock_guard lock{mutex_};
    exception_ = std::current_exception();
    made_more_.notify_one();
  }
}

}  // namespace suanpan::replay
