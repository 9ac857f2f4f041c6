#pragma once

#include "suanpan/base/mutex.h"
#include "support/forwarding_store.h"

namespace suanpan::instructions {

/// Makes the committer's groups those of the caller. By itself it takes what is queued when it
/// comes by, so that the cost of a commit is shared by more entries or fewer as the threads happen
/// to run: 4 % of an append. Here it is held where it has done everything that was let go, and
/// takes the next group only when that is complete.
class GroupedStore : public test::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  /// Everything up to here has been handed in; the entry after it begins the next group.
  void LetGo(Seq last) {
    const MutexLock lock{mutex_};
    let_go_ = last;
    changed_.NotifyAll();
  }

  /// The last step of a group, of a ledger with one book.
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override {
    SUANPAN_RETURN_IF_ERROR(ForwardingStore::WriteKeys(book, bindings, watermark));
    const MutexLock lock{mutex_};
    while (let_go_ <= watermark) changed_.Wait(mutex_);
    return {};
  }

 private:
  Mutex mutex_;
  ConditionVariable changed_;
  Seq let_go_ SUANPAN_GUARDED_BY(mutex_);
};

}  // namespace suanpan::instructions
