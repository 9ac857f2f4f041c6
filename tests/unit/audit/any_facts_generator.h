#pragma once

// How often each sort of random fact comes, and of what range its numbers are.

#include <rapidcheck.h>

#include "any_facts.h"

namespace rc {

using suanpan::audit::AnyFact;

template <>
struct Arbitrary<AnyFact> {
  static Gen<AnyFact> arbitrary() {
    return gen::resize(
        kNominalSize,
        gen::build<AnyFact>(gen::set(&AnyFact::what, gen::weightedElement<int>({{3, 0},
                                                                                {4, 1},
                                                                                {2, 2},
                                                                                {2, 3},
                                                                                {6, 4},
                                                                                {4, 5},
                                                                                {5, 6},
                                                                                {3, 7},
                                                                                {3, 8},
                                                                                {5, 9}})),
                            gen::set(&AnyFact::who, gen::inRange(0, 3)),
                            gen::set(&AnyFact::name, gen::inRange(0, 24)),
                            gen::set(&AnyFact::day, gen::inRange(0, 24)),
                            gen::set(&AnyFact::other_day, gen::inRange(0, 24)),
                            gen::set(&AnyFact::amount, gen::inRange(0, 3'000)),
                            gen::set(&AnyFact::pick, gen::inRange(0, 1'000))));
  }
};

}  // namespace rc

namespace suanpan::audit {

/// Up to `facts_max` facts, as many for a small test as for a large one.
[[nodiscard]] inline rc::Gen<std::vector<AnyFact>> AnyHistory(std::size_t facts_max) {
  return rc::gen::mapcat(
      rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(1, facts_max)),
      [](std::size_t count) {
        return rc::gen::container<std::vector<AnyFact>>(count, rc::gen::arbitrary<AnyFact>());
      });
}

}  // namespace suanpan::audit
