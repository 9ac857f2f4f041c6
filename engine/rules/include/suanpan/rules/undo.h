#pragma once

// Containers whose changes can be taken back: a command is decided fact by fact on the live state,
// and a refusal of its third fact must leave no trace of the first two. While a journal is open,
// the old value of whatever is edited is kept; Rollback restores, Commit forgets. Outside a journal
// (replay) an edit costs one branch.

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "suanpan/base/invariant.h"

namespace suanpan::rules {

/// Dense array of values, grown at the end only.
template <class T>
class UndoVector {
 public:
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] const T& operator[](std::size_t index) const {
    SUANPAN_INVARIANT(index < items_.size(), "{} of {}", index, items_.size());
    return items_[index];
  }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

  /// The value for changing it; valid until the next PushBack.
  [[nodiscard]] T& Edit(std::size_t index) {
    SUANPAN_INVARIANT(index < items_.size(), "{} of {}", index, items_.size());
    // What was saved last for this index is older.
    if (open_ && (changed_.empty() || changed_.back().first != index))
      changed_.emplace_back(index, items_[index]);
    return items_[index];
  }
  std::size_t PushBack(T value) {
    items_.push_back(std::move(value));
    return items_.size() - 1;
  }
  /// Grows to at least `size` zero values.
  void EnsureSize(std::size_t size) {
    if (items_.size() < size) items_.resize(size);
  }

  void Begin() {
    open_ = true;
    size_at_begin_ = items_.size();
  }
  void Commit() {
    open_ = false;
    changed_.clear();
  }
  void Rollback() {
    for (auto it = changed_.rbegin(); it != changed_.rend(); ++it) items_[it->first] = it->second;
    items_.resize(size_at_begin_);
    Commit();
  }

 private:
  std::vector<T> items_;
  std::vector<std::pair<std::size_t, T>> changed_;
  std::size_t size_at_begin_ = 0;
  bool open_ = false;
};

/// Hash map; iteration order is never observable, Sorted() is what encodings use.
template <class K, class V, class Hash = std::hash<K>>
class UndoMap {
 public:
  [[nodiscard]] const V* Find(const K& key) const {
    const auto it = map_.find(key);
    return it == map_.end() ? nullptr : &it->second;
  }
  [[nodiscard]] std::size_t size() const { return map_.size(); }

  void Set(const K& key, const V& value) {
    Remember(key);
    map_.insert_or_assign(key, value);
  }
  void Erase(const K& key) {
    Remember(key);
    map_.erase(key);
  }
  /// Keys that pass with their value, in no order.
  template <class Passes>
  [[nodiscard]] std::vector<K> KeysWhere(Passes passes) const {
    std::vector<K> keys;
    for (const auto& [key, value] : map_) {
      if (passes(key, value)) keys.push_back(key);
    }
    return keys;
  }
  /// Pointers to the pairs, ordered by key.
  [[nodiscard]] std::vector<const std::pair<const K, V>*> Sorted() const {
    std::vector<const std::pair<const K, V>*> sorted;
    sorted.reserve(map_.size());
    for (const auto& pair : map_) sorted.push_back(&pair);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->first < b->first; });
    return sorted;
  }

  void Begin() { open_ = true; }
  void Commit() {
    open_ = false;
    changed_.clear();
  }
  void Rollback() {
    for (auto it = changed_.rbegin(); it != changed_.rend(); ++it) {
      if (it->second) {
        map_.insert_or_assign(it->first, *it->second);
      } else {
        map_.erase(it->first);
      }
    }
    Commit();
  }

 private:
  void Remember(const K& key) {
    if (!open_) return;
    const V* old = Find(key);
    changed_.emplace_back(key, old == nullptr ? std::nullopt : std::optional<V>{*old});
  }

  std::unordered_map<K, V, Hash> map_;
  std::vector<std::pair<K, std::optional<V>>> changed_;
  bool open_ = false;
};

/// One value.
template <class T>
class UndoValue {
 public:
  [[nodiscard]] const T& get() const { return value_; }
  [[nodiscard]] T& Edit() {
    if (open_ && !saved_) saved_ = value_;
    return value_;
  }
  void Begin() { open_ = true; }
  void Commit() {
    open_ = false;
    saved_.reset();
  }
  void Rollback() {
    if (saved_) value_ = *saved_;
    Commit();
  }

 private:
  T value_{};
  std::optional<T> saved_;
  bool open_ = false;
};

}  // namespace suanpan::rules
