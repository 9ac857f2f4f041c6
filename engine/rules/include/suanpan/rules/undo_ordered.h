#pragma once

// An ordered set whose changes can be taken back (undo.h).

#include <set>
#include <utility>
#include <vector>

namespace suanpan::rules {

template <class K, class Order>
class UndoOrdered {
 public:
  explicit UndoOrdered(Order order) : set_(order) {}

  [[nodiscard]] auto begin() const { return set_.begin(); }
  [[nodiscard]] auto end() const { return set_.end(); }
  [[nodiscard]] std::size_t size() const { return set_.size(); }
  [[nodiscard]] bool Contains(const K& key) const { return set_.contains(key); }

  void Insert(const K& key) {
    if (set_.insert(key).second && open_) changed_.emplace_back(key, true);
  }
  void Erase(const K& key) {
    if (set_.erase(key) != 0 && open_) changed_.emplace_back(key, false);
  }

  void Begin() { open_ = true; }
  void Commit() {
    open_ = false;
    changed_.clear();
  }
  void Rollback() {
    for (auto it = changed_.rbegin(); it != changed_.rend(); ++it) {
      if (it->second) {
        set_.erase(it->first);
      } else {
        set_.insert(it->first);
      }
    }
    Commit();
  }

 private:
  std::set<K, Order> set_;
  std::vector<std::pair<K, bool>> changed_;  ///< the key, and whether it was put in
  bool open_ = false;
};

}  // namespace suanpan::rules
