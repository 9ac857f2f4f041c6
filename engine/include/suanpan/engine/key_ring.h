#pragma once

// Which command keys of a book are bound: recent ones in memory, counters of streams as intervals,
// the rest in the store's key index.

#include <deque>
#include <map>
#include <optional>
#include <unordered_map>

#include "suanpan/engine/key_filter.h"
#include "suanpan/store/counter_set.h"
#include "suanpan/store/event_store.h"

namespace suanpan::engine {

/// A key of the book: ids, not local names.
struct BoundKey {
  NameId source;
  store::CommandKey key;
  friend bool operator==(const BoundKey&, const BoundKey&) = default;
};
struct BoundKeyHash {
  std::size_t operator()(const BoundKey& bound) const;
};

/// Memory: keys not yet in the index, and intervals of counters; the filter is the ledger's. Not
/// synchronised.
class KeyRing {
 public:
  /// Of a book by itself: the index is asked for every UUID that is not remembered.
  KeyRing() = default;
  /// `filter`, which other books use too and which must outlive this, is told of every UUID.
  KeyRing(BookNo book, KeyFilter& filter) : book_(book), filter_(&filter) {}

  /// Binds a new key to the entry `seq`, which is later than all before.
  void Bind(const BoundKey& bound, Seq seq);
  /// Has what Find will look at first brought near.
  void Prefetch(const BoundKey& bound) const;
  /// Notes a key that the index already has.
  void Learn(const BoundKey& bound);
  /// Forgets recent keys of entries up to `indexed`: the index has them now.
  void Trim(Seq indexed);
  /// The entry a key is bound to, or nothing. kCorruption where the index lacks a counter that is
  /// bound.
  [[nodiscard]] Result<std::optional<Seq>> Find(const store::EventReader& reader, BookNo book,
                                                const BoundKey& bound) const;

 private:
  /// Notes what tells without the index that a key is new.
  void Note(const BoundKey& bound);

  BookNo book_;
  KeyFilter* filter_ = nullptr;
  std::unordered_map<BoundKey, Seq, BoundKeyHash> recent_;
  std::deque<std::pair<Seq, BoundKey>> order_;
  std::map<std::pair<NameId, NameId>, store::CounterSet> streams_;  ///< by source and stream
};

}  // namespace suanpan::engine
