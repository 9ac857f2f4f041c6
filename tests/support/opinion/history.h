#pragma once

// Random histories as the JSON of commands. A history is a list of steps of two numbers; each step
// becomes a command that fits what the second opinion knows by then, so that refunds find sales,
// payments find approvals, settlements find their day. Most are valid, many are not. The same steps
// give the same commands; a shorter list of steps is a shorter history.

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "support/opinion/book.h"
#include "support/opinion/dice.h"

namespace suanpan::opinion {

struct Step {
  int what = 0;  ///< 0 to kWhats - 1
  std::uint64_t dice = 0;
};
/// The first are about sales, donations and money, the others about what a community does beside.
inline constexpr int kSalesWhats = 35;
inline constexpr int kWhats = kSalesWhats + 133;

/// Steps from `first` on, so many of them: what a history is drawn from.
struct Theme {
  int first = 0;
  int count = kWhats;
};
inline constexpr Theme kThemes[] = {
    {0, kSalesWhats}, {kSalesWhats, kWhats - kSalesWhats}, {0, kWhats}};
std::ostream& operator<<(std::ostream& out, const Step& step);

struct Told {
  std::string command;
  std::string source;
  std::int64_t now_us = 0;  ///< of the clock of the ledger
  bool spoiled = false;     ///< something in it is wrong on purpose
};

class History {
 public:
  /// The command of a step, on what a ledger knows. Remembers what was told, for repeats.
  [[nodiscard]] Told Next(const Step& step, const Ledger& ledger);

 private:
  [[nodiscard]] Json NewCommand(int what, const std::string& book, const State& state, Dice& dice);
  [[nodiscard]] std::string NewKey(Dice& dice);
  void PassTime(Dice& dice);

  std::int64_t now_s_ = 1'736'500'000;  ///< 2025-01-10
  int keys_ = 0;
  std::vector<Told> told_;
};

}  // namespace suanpan::opinion
