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

const Type kTimes = Number(1, 1'000);

const Fields kPointsAwarded = {{"scheme", kCode, true},
                               {"holder", kRef, true},
                               {"person", kRef},
                               {"item", kCode, true},
                               {"times", kTimes, true}};

const Fields kPointsDeducted = {{"scheme", kCode, true}, {"holder", kRef, true},
                                {"person", kRef},        {"item", kCode, true},
                                {"times", kTimes, true}, {"reason", kCode, true}};

const Fields kPointsMoved = {
    {"scheme", kCode, true},
    {"from", kRef, true},
    {"to", kRef},
    {"to_book", kRef},
    {"from_book", kRef},
    {"move", kToken},
    {"points", kPositive, true},
    {"reason", Word({"split", "merge", "transfer", "donate", "forfeit", "move_away", "death"}),
     true}};

const Fields kRedemptionMade = {
    {"scheme", kCode, true},
    {"holder", kRef, true},
    {"by", kRef, true},
    {"lines",
     List(1, 100,
          Object({{"reward", kCode, true}, {"quantity", kPositive, true}, {"beneficiary", kRef}})),
     true}};

}  // namespace

std::map<std::string, Fields> PointsKinds() {
  return {{"points.awarded", kPointsAwarded}, {"points.deducted", kPointsDeducted},
          {"points.moved", kPointsMoved},     {"redemption.made", kRedemptionMade},
          {"offer.opened", kOfferOpened},     {"place.marked", kPlaceMarked}};
}

}  // namespace suanpan::opinion
