// redemption.made (events.md 3.6, 4.10).

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/calendar.h"
#include "support/opinion/funds.h"
#include "support/opinion/goods.h"
#include "support/opinion/offers.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"
#include "support/opinion/relations.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kLotsMax = 500;

/// A line with what the price list says of it.
struct Line {
  std::string path;  ///< "lines[0]"
  Json reward;
  std::int64_t quantity = 0;
  std::string beneficiary;  ///< who gets it: stated, else who redeems
  std::int64_t points = 0;
};

std::vector<Line> LinesOf(const Deciding& d) {
  const Policy* prices = InForce(d.state, "price_list", d.Text("scheme"), d.date);
  if (prices == nullptr) Refuse("policy_missing", "scheme");
  std::vector<Line> lines;
  for (const Json& stated : d.fact.at("lines")) {
    const std::string path = "lines[" + std::to_string(lines.size()) + "]";
    const Json* reward = RowOf(prices->body.at("rewards"), "reward", stated.at("reward"));
    if (reward == nullptr) Refuse("reward_unlisted", path + ".reward");
    const auto quantity = stated.at("quantity").get<std::int64_t>();
    lines.push_back({path, *reward, quantity, stated.value("beneficiary", d.Text("by"))});
  }
  return lines;
}

/// Limits of the scheme on the day; an empty body where there are none.
Json LimitsOf(const Deciding& d) {
  const Policy* policy = InForce(d.state, "redemption", d.Text("scheme"), d.date);
  return policy == nullptr ? Json::object() : policy->body;
}

void CheckWindow(const Deciding& d, const Json& limits) {
  if (!limits.contains("windows") || d.state.fault == Fault::kWindowForgotten) return;
  const int month = std::stoi(d.date.substr(5, 2));
  const int day = std::stoi(d.date.substr(8, 2));
  for (const Json& window : limits.at("windows")) {
    const bool open =
        window.at("month") == month && window.at("from_day") <= day && window.at("to_day") >= day;
    if (open) return;
  }
  Refuse("window_closed", "occurred_at");
}

bool BelongsTo(const Deciding& d, const std::string& person) {
  const std::string holder = d.Text("holder");
  return person == holder || Membership(d.state, person, holder, d.date) != nullptr;
}

void CheckPeople(const Deciding& d, const std::vector<Line>& lines) {
  if (!BelongsTo(d, d.Text("by"))) Refuse("not_member", "by");
  for (const Line& line : lines) {
    if (!BelongsTo(d, line.beneficiary)) Refuse("not_member", line.path + ".beneficiary");
  }
}

void CheckAudience(const Deciding& d, const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    const auto offer = d.state.offers.find(line.reward.value("offer", ""));
    if (offer == d.state.offers.end() || offer->second.at("audience") == "any") continue;
    const Relation* member = Membership(d.state, line.beneficiary, d.Text("holder"), d.date);
    const std::string as = member == nullptr ? "" : member->as;
    if (offer->second.at("audience") != as) Refuse("wrong_audience", line.path + ".beneficiary");
  }
}

void CheckThresholds(const Deciding& d, const Json& limits) {
  const Wide balance = PointsIn(HeldLots(d.state, d.Text("scheme"), d.Text("holder"), d.date));
  if (balance < limits.value("min_balance", std::int64_t{0})) Refuse("threshold_not_met", "holder");
  Wide minutes = 0;
  for (const char* of : {"service", "duty", "opening"}) {
    minutes += Balance(d.state, "minutes/" + InPath(d.Text("by")) + "/" + of);
  }
  if (minutes < limits.value("min_minutes", std::int64_t{0})) Refuse("threshold_not_met", "by");
}

/// Points of each line, and of all.
std::int64_t PriceLines(std::vector<Line>& lines) {
  Wide sum = 0;
  for (Line& line : lines) {
    line.points = Checked(Wide{line.reward.at("points").get<std::int64_t>()} * line.quantity);
    sum += line.points;
  }
  return Checked(sum);
}

Count SpentCount(const Deciding& d, std::int64_t points) {
  return {"spent", d.Text("scheme") + " " + d.Text("holder") + " " + d.date, d.date, points};
}

Count RedeemedCount(const Deciding& d, const Line& line) {
  const std::string month = MonthOf(d.date);
  return {"redeemed", line.beneficiary + " " + d.Text("scheme") + " " + month, LastDayOf(month),
          line.quantity};
}

/// Pieces of the lines before for the same beneficiary: of all, or of one offer.
Wide Before(const std::vector<Line>& lines, const Line& line, const std::string& offer) {
  Wide quantity = 0;
  for (const Line& other : lines) {
    if (&other == &line) break;
    const bool counts = offer.empty() || other.reward.value("offer", "") == offer;
    if (other.beneficiary == line.beneficiary && counts) quantity += other.quantity;
  }
  return quantity;
}

void CheckLimits(const Deciding& d, const Json& limits, const std::vector<Line>& lines,
                 std::int64_t points) {
  if (SetsAside(d, "limit_exceeded")) return;
  const Count spent = SpentCount(d, points);
  const bool too_many =
      limits.contains("per_day_points") && CountedIn(d.state, spent.list, spent.of) + points >
                                               limits.at("per_day_points").get<std::int64_t>();
  const bool forgotten = limits.contains("per_day_points") && IsForgotten(d, spent);
  if (too_many || forgotten) Refuse("limit_exceeded", "lines");
  for (const Line& line : lines) {
    const Count month = RedeemedCount(d, line);
    const Wide in_month = CountedIn(d.state, month.list, month.of) + Before(lines, line, {});
    if (limits.contains("per_beneficiary_month") &&
        (IsForgotten(d, month) ||
         in_month + line.quantity > limits.at("per_beneficiary_month").get<std::int64_t>())) {
      Refuse("limit_exceeded", line.path + ".quantity");
    }
    const std::string offer = line.reward.value("offer", "");
    if (!d.state.offers.contains(offer)) continue;
    const Wide most = d.state.offers.at(offer).value("per_beneficiary", std::int64_t{1});
    const Wide taken = PlacesOf(d.state, line.beneficiary, offer) + Before(lines, line, offer);
    if (taken + line.quantity > most) Refuse("limit_exceeded", line.path + ".quantity");
  }
}

/// What the lines are worth by the list, where it says so.
std::int64_t WorthOf(const std::vector<Line>& lines) {
  Wide worth = 0;
  for (const Line& line : lines)
    worth += Wide{line.reward.value("value_fen", std::int64_t{0})} * line.quantity;
  return static_cast<std::int64_t>(std::min<Wide>(worth, INT64_MAX));
}

void Approve(const Deciding& d, const Json& limits, const std::vector<Line>& lines) {
  const bool irregular = d.fact.contains("irregular");
  if (!irregular && !limits.value("review", false)) return;
  if (!d.fact.contains("approval")) Refuse("missing_field", "approval");
  const std::string action = irregular ? "irregular" : "redeem";
  UseAll(ApprovalsStated(d, {action, {}, d.Text("holder"), WorthOf(lines)}));
}

/// Points that stay with the holder.
Wide KeptOf(const Deciding& d, const Json& limits) {
  if (limits.contains("keep_points")) return limits.at("keep_points").get<std::int64_t>();
  const Policy* awards = InForce(d.state, "award_items", d.Text("scheme"), d.date);
  return awards == nullptr ? 0 : awards->body.value("base_points", std::int64_t{0});
}

std::vector<Lot> LotsFor(const Deciding& d, const Json& limits, std::int64_t points) {
  std::vector<Lot> usable = UsableLots(d.state, d.Text("scheme"), d.Text("holder"), d.date);
  const Wide available = std::max<Wide>(0, PointsIn(usable) - KeptOf(d, limits));
  if (points > available) {
    Refuse("points_short", "lines",
           {{"available_points", std::to_string(Checked(available))},
            {"needed_points", std::to_string(points)}});
  }
  if (d.state.fault == Fault::kLastLotFirst) std::reverse(usable.begin(), usable.end());
  std::vector<Lot> lots = FirstOf(usable, points);
  if (lots.size() > kLotsMax) Refuse("too_many_lots", "lines");
  return lots;
}

bool IsSupplied(const Line& line, const char* by) { return line.reward.at("supply") == by; }

void CheckPlaces(const Deciding& d, const std::vector<Line>& lines) {
  std::map<std::string, Wide> wanted;
  for (const Line& line : lines) {
    if (!IsSupplied(line, "place")) continue;
    const std::string offer = line.reward.at("offer");
    wanted[offer] += line.quantity;
    const bool open = d.state.offers.contains(offer) && !d.state.IsClosed(offer, d.date);
    if (open && PlacesIn(d.state, offer, "free") >= wanted[offer]) continue;
    Refuse("no_place", line.path + ".reward");
  }
}

void CheckPieces(const Deciding& d, const std::vector<Line>& lines) {
  std::map<std::pair<std::string, std::string>, Wide> wanted;
  for (const Line& line : lines) {
    if (!IsSupplied(line, "stock")) continue;
    const std::pair<std::string, std::string> of{line.reward.at("fund"), line.reward.at("item")};
    wanted[of] += line.quantity;
    const auto item = d.state.items.find(of);
    const bool known = item != d.state.items.end() && item->second.goods_class != "asset";
    if (known && OnHand(d.state, of.first, of.second) >= wanted[of]) continue;
    Refuse("stock_short", line.path + ".reward");
  }
}

/// The pot that a line is paid from.
std::string PotOf(const Deciding& d, const Line& line) {
  const std::string fund = line.reward.at("fund");
  if (IsSupplied(line, "stock")) return d.state.items.at({fund, line.reward.at("item")}).pot;
  return line.reward.value("pot", d.state.funds.at(fund).at("default_pot").get<std::string>());
}

void CheckPots(const Deciding& d, const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (!IsSupplied(line, "stock") && !IsSupplied(line, "vendor")) continue;
    CheckRestriction(
        d, {line.reward.at("fund"), PotOf(d, line), "rewards", {}, line.path + ".reward"});
  }
}

void HoldPlaces(Deciding& d, const Line& line, int number) {
  const std::string offer = line.reward.at("offer");
  MovePlaces(d.state, offer, "held", line.quantity);
  MovePlaces(d.state, offer, "free", -Wide{line.quantity});
  d.state.places_taken.push_back({line.beneficiary, offer, line.quantity});
  d.state.held.push_back({d.at, number, offer, line.beneficiary, line.quantity});
}

/// What a line costs, and the pot that it is taken from.
struct Cost {
  std::int64_t fen = 0;
  std::string pot;
};

/// What the lines before took of an item: all lines together cost as one issue of all their pieces.
struct Taken {
  Wide pieces = 0;
  Wide fen = 0;
};
using TakenItems = std::map<std::pair<std::string, std::string>, Taken>;

Cost TakeFromStock(Deciding& d, const Line& line, TakenItems& taken_items) {
  const std::string fund = line.reward.at("fund");
  const std::string item = line.reward.at("item");
  Taken& taken = taken_items[{fund, item}];
  const Wide pieces = OnHand(d.state, fund, item) + taken.pieces;
  const Wide all = Balance(d.state, ValuePath(d.state, fund, item)) + taken.fen;
  const Wide value = FloorOf(all * (taken.pieces + line.quantity), pieces) - taken.fen;
  taken = {taken.pieces + line.quantity, taken.fen + value};
  TakeOut(d, {fund, item, line.quantity, "redeemed", "rewards", Checked(value)});
  return {Checked(value), PotOf(d, line)};
}

Cost OweVendor(Deciding& d, const Line& line) {
  const std::string fund = line.reward.at("fund");
  const std::string pot = PotOf(d, line);
  const Wide value = Wide{line.reward.at("value_fen").get<std::int64_t>()} * line.quantity;
  CheckCover(fund, Available(d.state, fund, pot), Checked(value), line.path + ".reward");
  Post(d.state, FundPath(fund) + "net/" + pot + "/expense/rewards", value);
  Post(d.state, FundPath(fund) + "payable/" + InPath(line.reward.at("vendor")), -value);
  return {Checked(value), pot};
}

/// Gives what each line says, one after the other; tells what they cost. Each test is over all
/// lines before the next one.
std::int64_t SupplyLines(Deciding& d, const std::vector<Line>& lines) {
  CheckPlaces(d, lines);
  CheckPieces(d, lines);
  CheckPots(d, lines);
  Json rows = Json::array();
  TakenItems taken;
  Wide sum = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string supply = lines[i].reward.at("supply");
    Json row = {{"points", lines[i].points}, {"supply", supply}};
    const std::map<std::string, std::string> sources = {
        {"stock", "item"}, {"place", "offer"}, {"vendor", "vendor"}};
    if (sources.contains(supply)) row["source"] = lines[i].reward.at(sources.at(supply));
    if (supply == "place") HoldPlaces(d, lines[i], static_cast<int>(i));
    if (supply == "stock" || supply == "vendor") {
      const Cost cost =
          supply == "stock" ? TakeFromStock(d, lines[i], taken) : OweVendor(d, lines[i]);
      row.update({{"fund", lines[i].reward.at("fund")}, {"from_pot", cost.pot}});
      if (cost.fen != 0) row["cost_fen"] = cost.fen;
      d.computed["purpose"] = "rewards";
      sum += cost.fen;
    }
    rows.push_back(row);
  }
  d.computed["lines"] = rows;
  return Checked(sum);
}

void CountLines(Deciding& d, const Json& limits, const std::vector<Line>& lines,
                std::int64_t points) {
  SweepCounts(d, "spent");
  SweepCounts(d, "redeemed");
  if (limits.contains("per_day_points")) AddCount(d.state, SpentCount(d, points));
  if (!limits.contains("per_beneficiary_month")) return;
  for (const Line& line : lines) AddCount(d.state, RedeemedCount(d, line));
}

}  // namespace

void RedeemPoints(Deciding& d) {
  CheckHolder(d);
  std::vector<Line> lines = LinesOf(d);
  const Json limits = LimitsOf(d);
  CheckWindow(d, limits);
  CheckPeople(d, lines);
  CheckAudience(d, lines);
  CheckThresholds(d, limits);
  const std::int64_t points = PriceLines(lines);
  CheckLimits(d, limits, lines, points);
  Approve(d, limits, lines);
  const std::vector<Lot> lots = LotsFor(d, limits, points);
  d.computed["points"] = points;
  d.computed["lots"] = RowsOf(lots);
  d.computed["cost_fen"] = SupplyLines(d, lines);
  CountLines(d, limits, lines, points);
  Post(d.state, PointsPath(d.Text("scheme"), "redeemed"), points);
  Post(d.state, HolderPath(d.Text("scheme"), d.Text("holder")), -Wide{points});
  TakeUsable(d, lots);
}

}  // namespace suanpan::opinion
