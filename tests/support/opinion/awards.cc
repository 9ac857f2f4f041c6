// points.awarded, points.deducted, points.moved (events.md 3.6, 4.10).

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/calendar.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"
#include "support/opinion/relations.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kLotsMax = 500;

const Policy& AwardsOf(const Deciding& d) {
  const Policy* policy = InForce(d.state, "award_items", d.Text("scheme"), d.date);
  if (policy == nullptr) Refuse("policy_missing", "scheme");
  return *policy;
}

/// The row of an item that gives points, or takes them.
Json ItemOf(const Deciding& d, const Policy& policy, bool gives) {
  const bool opening = gives && d.Text("item") == "opening";
  if (opening && policy.body.contains("base_points")) {
    return {{"item", "opening"}, {"points", policy.body.at("base_points")}};
  }
  const Json* item = RowOf(policy.body.at("items"), "item", d.Text("item"));
  const bool fits = item != nullptr && (item->at("points").get<std::int64_t>() > 0) == gives;
  if (opening || !fits) Refuse("policy_missing", "item");
  return *item;
}

void CheckPerson(const Deciding& d) {
  if (!d.fact.contains("person") || d.Text("person") == d.Text("holder")) return;
  if (Membership(d.state, d.Text("person"), d.Text("holder"), d.date) == nullptr) {
    Refuse("not_member", "person");
  }
}

Count AwardCount(const Deciding& d) {
  const std::string month = MonthOf(d.date);
  return {"award", d.Text("holder") + " " + d.Text("scheme") + " " + d.Text("item") + " " + month,
          LastDayOf(month)};
}

}  // namespace

void AwardPoints(Deciding& d) {
  const bool opening = d.Text("item") == "opening";
  if (opening && d.fact.at("times") != 1) Refuse("bad_field", "times");
  CheckHolder(d);
  const Policy& policy = AwardsOf(d);
  const Json item = ItemOf(d, policy, true);
  CheckPerson(d);
  if (opening) {
    if (!d.fact.contains("approval")) Refuse("opening_needs_approval", "approval");
    UseAll(ApprovalsStated(d, {"opening", {}, d.Text("holder")}));
  }
  Count count = AwardCount(d);
  Wide times = d.Amount("times");
  if (item.contains("max_per_month")) {
    const Wide left =
        item.at("max_per_month").get<std::int64_t>() - CountedIn(d.state, count.list, count.of);
    times = std::min(times, std::max<Wide>(0, left));
    if (IsForgotten(d, count)) times = 0;
  }
  d.computed["counted"] = static_cast<std::int64_t>(times);
  SweepCounts(d, "award");
  count.amount = static_cast<std::int64_t>(times);
  if (item.contains("max_per_month")) AddCount(d.state, count);
  const Wide points = times * item.at("points").get<std::int64_t>();
  GrantPoints(d, {d.Text("scheme"), d.Text("holder"), d.fact.value("person", d.Text("holder")),
                  Checked(points), count.amount, 0, d.date, 0, "item", RuleOf(policy)});
}

void DeductPoints(Deciding& d) {
  CheckHolder(d);
  const Json item = ItemOf(d, AwardsOf(d), false);
  if (!d.fact.contains("evidence")) Refuse("evidence_missing", "evidence");
  const std::string scheme = d.Text("scheme");
  const std::string holder = d.Text("holder");
  const Wide wanted = -Wide{item.at("points").get<std::int64_t>()} * d.Amount("times");
  std::vector<Lot> taken = FirstOf(LiveLots(d.state, scheme, holder, d.date), wanted);
  if (taken.size() > kLotsMax) taken.resize(kLotsMax);
  const Wide from_lots = PointsIn(taken);
  const Policy* earning = InForce(d.state, "earning", scheme, d.date);
  const Wide floor =
      earning != nullptr ? earning->body.value("negative_floor", std::int64_t{0}) : 0;
  const bool forgotten = d.state.fault == Fault::kClaimForgotten;
  const Wide room = forgotten ? 0 : std::max<Wide>(0, floor - ClaimOf(d.state, scheme, holder));
  const Wide claim = std::min(wanted - from_lots, room);
  d.computed["points"] = Checked(from_lots + claim);
  if (!taken.empty()) d.computed["lots"] = RowsOf(taken);
  if (claim > 0) d.computed["claim"] = Checked(claim);
  TakeLots(d.state, taken);
  Post(d.state, PointsPath(scheme, "deducted"), from_lots + claim);
  Post(d.state, HolderPath(scheme, holder), -from_lots);
  Post(d.state, ClaimPath(scheme, holder), -claim);
}

namespace {

/// Where points may go, by the reason.
void CheckTargets(const Deciding& d) {
  std::vector<std::string> stated;
  for (const char* field : {"to", "to_book", "from_book"}) {
    if (d.fact.contains(field)) stated.emplace_back(field);
  }
  const std::string reason = d.Text("reason");
  if (reason == "donate" || reason == "forfeit" || reason == "death") {
    for (const std::string& field : stated) {
      if (reason != "death" || field != "to") Refuse("bad_field", field);
    }
  } else {
    if (stated.empty()) Refuse("bad_field", "to");
    if (stated.size() > 1) Refuse("bad_field", stated[1]);
  }
  const bool book = d.fact.contains("to_book") || d.fact.contains("from_book");
  if (book && !d.fact.contains("move")) Refuse("missing_field", "move");
  if (!book && d.fact.contains("move")) Refuse("bad_field", "move");
  if (d.Text("to") == d.Text("from")) Refuse("bad_field", "to");
}

void CheckAllowed(const Deciding& d) {
  const std::string reason = d.Text("reason");
  const Policy* policy = InForce(d.state, "transfer", d.Text("scheme"), d.date);
  const std::string allowed = policy == nullptr ? "none" : policy->body.at("allowed");
  if (reason == "transfer" && allowed != "any") Refuse("transfer_forbidden", "reason");
  if (reason == "donate" && allowed != "any" && allowed != "donate_only") {
    Refuse("transfer_forbidden", "reason");
  }
  if (reason == "forfeit" || (reason == "death" && !d.fact.contains("to"))) {
    const Policy* expiry = InForce(d.state, "expiry", d.Text("scheme"), d.date);
    const std::string end =
        expiry == nullptr ? "forfeit" : expiry->body.value("on_household_end", "forfeit");
    if (end != "forfeit") Refuse("transfer_forbidden", "reason");
  }
}

/// The account on the other side.
std::string OtherSide(const Deciding& d) {
  const std::string scheme = d.Text("scheme");
  if (d.fact.contains("to")) return HolderPath(scheme, d.Text("to"));
  if (d.fact.contains("to_book")) return PointsPath(scheme, "transit/" + InPath(d.Text("to_book")));
  return PointsPath(scheme, d.Text("reason") == "donate" ? "donated" : "forfeited");
}

void ArriveFromBook(Deciding& d) {
  const std::string scheme = d.Text("scheme");
  const std::string holder = d.Text("from");
  const Lot lot{
      scheme, holder, d.at, d.Amount("points"), d.date, d.date, ExpiryOf(d.state, scheme, d.date),
      holder};
  d.computed["lots"] = RowsOf({lot});
  PutLot(d.state, lot);
  Post(d.state, HolderPath(scheme, holder), lot.quantity);
  Post(d.state, PointsPath(scheme, "transit/" + InPath(d.Text("from_book"))), -Wide{lot.quantity});
}

}  // namespace

void MovePoints(Deciding& d) {
  CheckTargets(d);
  CheckHolder(d, "from", d.fact.contains("from_book"));
  if (d.fact.contains("to")) CheckHolder(d, "to");
  CheckAllowed(d);
  const std::string scheme = d.Text("scheme");
  const std::vector<Lot> live = LiveLots(d.state, scheme, d.Text("from"), d.date);
  const bool arrives = d.fact.contains("from_book");
  if (!arrives && d.Amount("points") > PointsIn(live)) {
    Refuse("points_short", "points",
           {{"available_points", std::to_string(Checked(PointsIn(live)))},
            {"needed_points", std::to_string(d.Amount("points"))}});
  }
  const std::vector<Lot> moved = FirstOf(live, d.Amount("points"));
  if (!arrives && moved.size() > kLotsMax) Refuse("too_many_lots", "points");
  UseAll(ApprovalsStated(d, {"move", {}, d.Text("from")}));
  if (arrives) return ArriveFromBook(d);
  d.computed["lots"] = RowsOf(moved);
  TakeLots(d.state, moved);
  for (Lot lot : moved) {
    lot.holder = d.Text("to");
    if (!lot.holder.empty()) PutLot(d.state, lot);
  }
  Post(d.state, HolderPath(scheme, d.Text("from")), -Wide{d.Amount("points")});
  Post(d.state, OtherSide(d), d.Amount("points"));
}

}  // namespace suanpan::opinion
