#pragma once

// Goods of funds and vendors, in pieces and at cost (events.md 2, 3.4).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

[[nodiscard]] std::string PiecesPath(const std::string& owner, const std::string& item);
/// Where the value of a fund's item lies.
[[nodiscard]] std::string ValuePath(const State& state, const std::string& fund,
                                    const std::string& item);
[[nodiscard]] Wide OnHand(const State& state, const std::string& owner, const std::string& item);
/// The share of so many pieces in the value of a fund's item, rounded down: all of it with the last
/// one, nothing where there is none.
[[nodiscard]] std::int64_t ValueOf(const State& state, const std::string& fund,
                                   const std::string& item, Wide quantity);

struct Leaving {
  std::string owner;
  std::string item;
  std::int64_t quantity = 0;
  std::string reason;
  std::string purpose;     ///< of a fund's
  std::int64_t value = 0;  ///< of a fund's
};
/// Pieces leave for a reason; those of a fund are spent from their pot for a purpose.
void TakeOut(Deciding& d, const Leaving& leaving);

}  // namespace suanpan::opinion
