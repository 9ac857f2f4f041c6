#pragma once

// Random steps and terms for donation histories (RapidCheck).

#include <rapidcheck.h>

#include <ostream>
#include <vector>

#include "support/donation_history.h"

namespace suanpan::testing {

inline std::ostream& operator<<(std::ostream& out, const Step& s) {
  return out << "step " << s.what << " ag " << s.agreement << " month " << s.month << " pick "
             << s.pick << " amount " << s.amount << " cost " << s.cost;
}
inline std::ostream& operator<<(std::ostream& out, const Terms& t) {
  return out << "loss " << t.loss << " calendar " << t.calendar << " base " << t.base << " rate "
             << t.n << '/' << t.m;
}

}  // namespace suanpan::testing

namespace rc {

// Full ranges from the first history on (resize): inRange grows with the size, which is here the
// length of a history alone.
using suanpan::testing::Step;
using suanpan::testing::Terms;

template <>
struct Arbitrary<Step> {
  static Gen<Step> arbitrary() {
    return gen::resize(
        kNominalSize,
        gen::build<Step>(gen::set(&Step::what, gen::weightedElement<int>({{4, Step::kSale},
                                                                          {2, Step::kRefund},
                                                                          {1, Step::kLooseRefund},
                                                                          {2, Step::kCost},
                                                                          {1, Step::kLooseCost},
                                                                          {1, Step::kTrueUp},
                                                                          {4, Step::kSettle},
                                                                          {2, Step::kReceive},
                                                                          {1, Step::kWaive},
                                                                          {1, Step::kPoisoned},
                                                                          {4, Step::kReverse}})),
                         gen::set(&Step::agreement, gen::inRange(0, 3)),
                         gen::set(&Step::month, gen::inRange(0, 6)),
                         gen::set(&Step::pick, gen::inRange(0, 1'000)),
                         gen::set(&Step::amount, gen::inRange(0, 5'000)),
                         gen::set(&Step::cost, gen::inRange(0, 4'000))));
  }
};
template <>
struct Arbitrary<Terms> {
  static Gen<Terms> arbitrary() {
    return gen::resize(kNominalSize,
                       gen::build<Terms>(gen::set(&Terms::loss, gen::inRange(0, 3)),
                                         gen::set(&Terms::calendar, gen::inRange(0, 4)),
                                         gen::set(&Terms::base, gen::inRange(0, 3)),
                                         gen::set(&Terms::n, gen::inRange(0, 8)),
                                         gen::set(&Terms::m, gen::inRange(7, 40))));
  }
};

}  // namespace rc

namespace suanpan::testing {

inline std::vector<Terms> AnyTerms() {
  return *rc::gen::container<std::vector<Terms>>(3, rc::gen::arbitrary<Terms>());
}

}  // namespace suanpan::testing
