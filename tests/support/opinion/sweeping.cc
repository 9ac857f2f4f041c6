#include "support/opinion/sweeping.h"

#include <algorithm>

#include "support/opinion/calendar.h"

namespace suanpan::opinion {
namespace {

constexpr int kDaysKept = 400;

}  // namespace

bool IsOld(const std::string& began, const std::string& date) {
  return date > AddDays(began, kDaysKept);
}

bool CountIsOld(const std::string& ended, const std::string& date) {
  return IsOld(ended, MonthOf(date) + "-01");
}

std::string WaitsFrom(const State& state, const std::string& list, const std::string& date) {
  const auto swept = state.swept.find(list);
  return swept == state.swept.end() ? date : std::max(date, swept->second + "-01");
}

bool MustSweep(Deciding& d, const std::string& list) {
  if (MonthOf(d.date) <= d.state.swept[list]) return false;
  d.state.swept[list] = MonthOf(d.date);
  return true;
}

}  // namespace suanpan::opinion
