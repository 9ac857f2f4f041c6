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

}  // namespace suanpan::opinion
