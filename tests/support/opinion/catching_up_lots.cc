// rule.applied of a policy of expiry: lots that end later.

#include <algorithm>
#include <map>
#include <set>

#include "support/opinion/catching_up.h"
#include "support/opinion/earning.h"
#include "support/opinion/points.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kLotsMax = 200;

/// What a holder has of a grant and ends on one day, with what of it was booked as expired.
struct Part {
  Lot lot;
  std::int64_t expired = 0;
};

/// Everything that is left of a grant or was booked as expired, by holder and last day.
std::vector<Part> PartsOf(const State& state, const std::string& scheme, const std::string& at) {
  std::map<std::pair<std::string, std::string>, Part> parts;
  for (const Lot& lot : state.lots) {
    if (lot.at == at && lot.scheme == scheme) parts[{lot.holder, lot.expires}].lot = lot;
  }
  for (const Lot& lot : state.expired) {
    if (lot.at != at || lot.scheme != scheme) continue;
    Part& part = parts[{lot.holder, lot.expires}];
    part.expired = lot.quantity;
    if (!part.lot.at.empty()) continue;
    part.lot = lot;
    part.lot.quantity = 0;
  }
  std::vector<Part> all;
  for (const auto& one : parts) all.push_back(one.second);
  return all;
}

/// When points of a lot were earned, and by whom, from where they came.
void FillEarned(const State& state, Lot& lot) {
  const Event& event = *state.Find(lot.at);
  const bool moved = event.kind == "points.moved";
  const Json from = moved ? event.computed.at("lots")[0] : event.computed;
  lot.earned = from.at("earned");
  lot.usable_from = from.at("usable_from");
  lot.person = from.value("person", "");
}

/// What comes back of a part that would end on a later day.
std::int64_t RegainedOf(const State& state, const Part& part, const std::string& ends) {
  const bool over = !ends.empty() && ends < state.days.closed;
  return over ? 0 : part.expired;
}

bool LastsLonger(const State& state, const Part& part) {
  if (part.lot.expires.empty()) return false;
  const std::string ends = ExpiryOf(state, part.lot.scheme, part.lot.earned);
  const bool later = EndsSooner(part.lot.expires, ends);
  return later && (part.lot.quantity > 0 || RegainedOf(state, part, ends) > 0);
}

std::vector<Part> LongerParts(const State& state, const std::string& scheme,
                              const std::string& at) {
  std::vector<Part> parts = PartsOf(state, scheme, at);
  for (Part& part : parts) FillEarned(state, part.lot);
  std::erase_if(parts, [&](const Part& part) { return !LastsLonger(state, part); });
  return parts;
}

/// A part ends on a later day, with what comes back of it.
void Extend(State& state, const Part& part, const std::string& ends, std::int64_t back) {
  TakeLots(state, {part.lot});
  if (back > 0) {
    std::erase_if(state.expired, [&](const Lot& one) {
      return SameGrant(one, part.lot) && one.expires == part.lot.expires;
    });
  }
  Lot longer = part.lot;
  longer.quantity += back;
  longer.expires = ends;
  PutLot(state, longer);
}

/// A row is of all that a holder has of a grant.
void AddBack(Json& row, std::int64_t back) {
  if (back == 0) return;
  row["change"] = row.at("change").get<std::int64_t>() + back;
  row["against"] = "expired";
}

}  // namespace

bool TakeLot(Page& page, std::size_t index) {
  const Event& event = page.d.state.events[index];
  std::string earned;
  if (event.kind == "points.granted" && event.computed.at("scheme") == page.policy.scope) {
    earned = event.computed.at("earned");
  }
  if (event.kind == "points.moved" && event.fact.contains("from_book") &&
      event.fact.at("scheme") == page.policy.scope) {
    earned = event.date;
  }
  if (earned.empty() || !page.Governs(earned)) return true;
  std::set<std::string> holders;
  for (const Part& part : LongerParts(page.d.state, page.policy.scope, event.at)) {
    holders.insert(part.lot.holder);
  }
  const std::size_t parts = holders.size();
  if (parts == 0) return true;
  if (page.parts != 0 && page.parts + parts > kLotsMax) return false;
  page.parts += parts;
  page.lots.push_back(event.at);
  return true;
}

void ExtendLots(Page& page) {
  State& state = page.d.state;
  std::map<std::string, std::vector<Part>> by_holder;
  for (const std::string at : page.lots) {
    for (const Part& part : LongerParts(state, page.policy.scope, at)) {
      by_holder[part.lot.holder].push_back(part);
    }
  }
  for (const auto& [holder, parts] : by_holder) {
    Json rows = Json::array();
    Wide regained = 0;
    for (const Part& part : parts) {
      const std::string ends = ExpiryOf(state, page.policy.scope, part.lot.earned);
      const std::int64_t back = RegainedOf(state, part, ends);
      regained += back;
      Extend(state, part, ends, back);
      if (!rows.empty() && rows.back().at("lot") == part.lot.at) {
        AddBack(rows.back(), back);
        continue;
      }
      Json row = {{"lot", part.lot.at}, {"change", 0}, {"against", "issued"}};
      AddBack(row, back);
      if (!ends.empty()) row["expires"] = ends;
      rows.push_back(row);
    }
    page.d.derived.push_back({"points.adjusted",
                              {{"scheme", page.policy.scope},
                               {"holder", holder},
                               {"reason", "extension"},
                               {"lots", rows}},
                              RuleOf(page.policy)});
    Post(state, HolderPath(page.policy.scope, holder), regained);
    Post(state, PointsPath(page.policy.scope, "expired"), -regained);
  }
}

}  // namespace suanpan::opinion
