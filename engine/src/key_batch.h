#pragma once

#include <vector>

#include "suanpan/store/event_store.h"

namespace suanpan::engine {

/// Bindings on their way into the key index of a book, in order, written so many at a time: memory
/// does not grow with the log.
class KeyBatch {
 public:
  /// `store` may be null where nothing will be added.
  KeyBatch(store::EventStore* store, BookNo book) : store_(store), book_(book) {}

  [[nodiscard]] Status Add(const store::KeyBinding& binding) {
    unwritten_.push_back(binding);
    return unwritten_.size() < kKeysPerWrite ? Status{} : Flush();
  }
  [[nodiscard]] Status Flush() {
    if (unwritten_.empty()) return {};
    Status written = store_->WriteKeys(book_, unwritten_, unwritten_.back().seq);
    if (written.ok()) unwritten_.clear();
    return written;
  }

 private:
  static constexpr std::size_t kKeysPerWrite = 10'000;

  store::EventStore* store_;
  BookNo book_;
  std::vector<store::KeyBinding> unwritten_;
};

}  // namespace suanpan::engine
