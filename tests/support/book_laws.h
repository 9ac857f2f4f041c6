#pragma once

// What holds in every book after every entry, whatever was told to it. Read off balances, lots and
// events alone: none of the rules that decide is asked. Each names the first law that is broken and
// where; empty where all hold.

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "suanpan/rules/book_state.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::test {

/// Of a state by itself: what belongs together sums to zero, no account is on its wrong side, no
/// pot is overdrawn, a balance of points is the sum of its lots, what was issued is held or went
/// somewhere, held places are the lines that hold them, goods without pieces have no value.
[[nodiscard]] std::string BrokenLaw(const rules::BookState& state);

/// What the events of a book say of its lots, one entry after the other: a lot is spent, moved and
/// expires once. Of reversals it follows what they change of lots: rows of points.adjusted, and
/// moves that go back.
class LotTrail {
 public:
  /// An expiry of what is not there any more, or anything else that is taken and is not there.
  [[nodiscard]] std::string Follow(Seq seq, const schema::EntryView& entry);
  /// Whether a state has those lots and no others.
  [[nodiscard]] std::string Compare(const rules::BookState& state) const;

 private:
  using Key = std::tuple<NameId, NameId, Address>;  ///< scheme, holder, lot

  [[nodiscard]] std::string FollowEvent(Address at, const schema::Event& event);
  [[nodiscard]] std::string Expire(const schema::PointsExpired& expired);
  void Adjust(const schema::PointsAdjusted& adjusted);
  void Move(Address at, const schema::PointsMoved& moved);
  /// A move that is taken back has no event of its own for the lots.
  void MoveBack(Address at);
  void Take(NameId scheme, NameId holder, std::span<const schema::TakenLot> lots);

  /// What a move changed.
  using Changes = std::vector<std::pair<Key, Wide>>;

  std::map<Key, Wide> left_;
  std::map<Address, Changes> moves_;
};

/// Minutes of each person: they only grow, but for an entry with a reversal.
class MinutesTrail {
 public:
  [[nodiscard]] std::string Follow(const rules::BookState& state, const schema::EntryView& entry);

 private:
  std::map<rules::AccountKey, std::int64_t> minutes_;
};

}  // namespace suanpan::test
