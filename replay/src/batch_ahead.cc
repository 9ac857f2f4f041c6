#include "src/batch_ahead.h"

namespace suanpan::replay {

BatchAhead::BatchAhead(BatchReader& reader) : reader_(reader), thread_([this] { Run(); }) {}

BatchAhead::~BatchAhead() {
  {
    const MutexLock lock{mutex_};
    stopping_ = true;
  }
  freed_more_.NotifyOne();
  thread_.join();
}

const EntryBatch& BatchAhead::Take() {
  const MutexLock lock{mutex_};
  ++taken_;
  freed_more_.NotifyOne();
  while (made_ < taken_ && exception_ == nullptr) made_more_.Wait(mutex_);
  if (made_ < taken_) std::rethrow_exception(exception_);
  return ring_[(taken_ - 1) % kBatches];
}

/// Null when nobody wants more.
EntryBatch* BatchAhead::WaitForRoom() {
  const MutexLock lock{mutex_};
  // The batch handed out last is in use: as many as the ring has, less that one, may be ahead.
  while (!stopping_ && made_ >= taken_ + kBatches - 1) freed_more_.Wait(mutex_);
  return stopping_ ? nullptr : &ring_[made_ % kBatches];
}

void BatchAhead::Make() {
  while (EntryBatch* const batch = WaitForRoom()) {
    reader_.Fill(*batch);
    const bool last = batch->last;
    {
      const MutexLock lock{mutex_};
      ++made_;
    }
    made_more_.NotifyOne();
    if (last) return;
  }
}

void BatchAhead::Run() {
  try {
    Make();
  } catch (...) {
    const MutexLock lock{mutex_};
    exception_ = std::current_exception();
    made_more_.NotifyOne();
  }
}

}  // namespace suanpan::replay
