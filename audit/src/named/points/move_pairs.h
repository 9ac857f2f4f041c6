#pragma once

// Points that move between two books, each of which tells of it by one token (events.md 4.9).

#include <functional>
#include <string>

#include "src/named/known/book_moves.h"

namespace suanpan::audit {

/// A move that is not as it should be, or lacks its counterpart.
struct OddMove {
  const BookMove* move = nullptr;
  bool failed = false;  ///< else somebody should explain it
  std::string text;
  std::string expected;
  std::string actual;
};
using OnOddMove = std::function<void(const OddMove&)>;

/// Moves whose token stood for another one of the same direction.
void FindRepeated(const BookMoves& own, const OnOddMove& found);
/// Those with one other book that has no counterpart among what it tells of this book. What came
/// from it without one is failed where its log goes beyond the day of the move, to `newest`.
void FindUnpaired(const BookMoves& own, const std::string& other,
                  std::span<const BookMove> of_other, Date newest, const OnOddMove& found);

}  // namespace suanpan::audit
