#pragma once

// Dense numbers for keys, in order of first use, whose additions can be taken back (undo.h).

#include <cstdint>
#include <optional>
#include <vector>

#include "suanpan/base/invariant.h"

namespace suanpan::rules {

/// A hash table of 4-byte slots over an array of the keys: open addressing with linear probes, at
/// most half full, so that a look-up touches one or two cache lines and adding allocates only when
/// an array grows. `Hash` must spread well in its high bits. Keys are never taken out but by
/// Rollback, newest first; that is why their slots can simply be cleared.
template <class K, class Hash>
class UndoIndex {
 public:
  [[nodiscard]] std::optional<std::uint32_t> Find(const K& key) const {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t number = slots_[SlotOf(key)];
    return number == 0 ? std::nullopt : std::optional{number - 1};
  }
  /// The number of a key, given one if it is new: then it is how many there were before.
  [[nodiscard]] std::uint32_t Number(const K& key) {
    if (2 * (keys_.size() + 1) > slots_.size()) Grow();
    std::uint32_t& slot = slots_[SlotOf(key)];
    if (slot != 0) return slot - 1;
    SUANPAN_INVARIANT(keys_.size() < UINT32_MAX - 1);
    keys_.push_back(key);
    slot = static_cast<std::uint32_t>(keys_.size());
    return slot - 1;
  }

  void Begin() { size_at_begin_ = keys_.size(); }
  void Commit() {}
  void Rollback() {
    while (keys_.size() > size_at_begin_) {
      slots_[SlotOf(keys_.back())] = 0;
      keys_.pop_back();
    }
  }

 private:
  static constexpr unsigned kBitsAtFirst = 4;

  /// The slot that holds the key, or the free one where it belongs.
  [[nodiscard]] std::size_t SlotOf(const K& key) const {
    std::size_t at = Hash{}(key) >> (64 - bits_);
    while (slots_[at] != 0 && !(keys_[slots_[at] - 1] == key)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void Grow() {
    bits_ = slots_.empty() ? kBitsAtFirst : bits_ + 1;
    slots_.assign(std::size_t{1} << bits_, 0);
    // In order of their numbers, so that a key is still in no other's way to an older one.
    for (std::size_t i = 0; i < keys_.size(); ++i)
      slots_[SlotOf(keys_[i])] = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<K> keys_;               ///< by number
  std::vector<std::uint32_t> slots_;  ///< 1 + number; 0: free
  unsigned bits_ = 0;
  std::size_t size_at_begin_ = 0;
};

}  // namespace suanpan::rules
