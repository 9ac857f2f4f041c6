// Fields of points and places (events.md 3.6).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Fields kOfferOpened = {{"offer", kRef, true},
                             {"offer_kind", kCode, true},
                             {"on", kDate, true},
                             {"capacity", kPositive, true},
                             {"audience", Word({"any", "child", "elder"}), true},
                             {"place", kRef},
                             {"per_beneficiary", kCountFromOne}};

const Fields kPlaceMarked = {{"redemption", kAddress, true},
                             {"line", Number(0, 99), true},
                             {"as", Word({"used", "no_show", "released"}), true}};

}  // namespace

std::map<std::string, Fields> PointsKinds() {
  return {{"offer.opened", kOfferOpened}, {"place.marked", kPlaceMarked}};
}

}  // namespace suanpan::opinion
