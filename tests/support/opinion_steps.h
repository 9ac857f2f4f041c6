#pragma once

// Random steps of histories (RapidCheck), which are shortened by leaving steps out.

#include <rapidcheck.h>

#include <vector>

#include "support/opinion/history.h"

namespace rc {

template <>
struct Arbitrary<suanpan::opinion::Step> {
  static Gen<suanpan::opinion::Step> arbitrary() {
    using suanpan::opinion::Step;
    return gen::noShrink(gen::resize(
        kNominalSize,
        gen::build<Step>(gen::set(&Step::what, gen::inRange(0, suanpan::opinion::kWhats)),
                         gen::set(&Step::dice, gen::arbitrary<std::uint64_t>()))));
  }
};

}  // namespace rc

namespace suanpan::opinion {

/// A history of up to `max` steps, about one thing or about all.
inline std::vector<Step> AnySteps(int max) {
  const int count = *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(1, max)));
  const Theme theme = *rc::gen::noShrink(
      rc::gen::elementOf(std::vector<Theme>{std::begin(kThemes), std::end(kThemes)}));
  std::vector<Step> steps = *rc::gen::resize(count, rc::gen::arbitrary<std::vector<Step>>());
  for (Step& step : steps) step.what = theme.first + step.what % theme.count;
  return steps;
}

/// A history of its own for each number, of one theme after the other.
inline std::vector<Step> StepsOf(std::uint64_t number, int count) {
  Dice dice{number};
  const Theme theme = kThemes[number % std::size(kThemes)];
  std::vector<Step> steps;
  for (int i = 0; i < count; ++i)
    steps.push_back({theme.first + dice.Below(theme.count), dice.Next()});
  return steps;
}

}  // namespace suanpan::opinion
