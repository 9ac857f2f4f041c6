#include "support/opinion/points.h"

#include <algorithm>
#include <tuple>

#include "support/opinion/calendar.h"
#include "support/opinion/policies.h"
#include "support/opinion/relations.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {

std::string PointsPath(const std::string& scheme, const std::string& rest) {
  return "points/" + scheme + "/" + rest;
}

std::string HolderPath(const std::string& scheme, const std::string& holder) {
  return PointsPath(scheme, "holder/" + InPath(holder));
}

std::string ClaimPath(const std::string& scheme, const std::string& holder) {
  return PointsPath(scheme, "claim/" + InPath(holder));
}

Wide ClaimOf(const State& state, const std::string& scheme, const std::string& holder) {
  return -Balance(state, ClaimPath(scheme, holder));
}

std::string HolderKind(const State& state, const std::string& name) {
  return IsHousehold(state, name) ? "household" : IsMemberParty(state, name) ? "member" : "";
}

bool IsClosed(const State& state, const std::string& party, const std::string& date) {
  const auto closed = state.closed.find(party);
  return closed != state.closed.end() && closed->second.at("on") < date;
}

void CheckHolder(const Deciding& d, const char* field, bool open) {
  if (HolderKind(d.state, d.Text(field)).empty()) {
    Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
  }
  if (open && IsClosed(d.state, d.Text(field), d.date)) Refuse("already_closed", field);
}

std::pair<std::uint64_t, std::uint64_t> NumbersOf(const std::string& address) {
  return {std::stoull(address), std::stoull(address.substr(address.find('.') + 1))};
}

namespace {

bool GoesBefore(const Lot& a, const Lot& b) {
  const auto place = [](const Lot& lot) {
    return std::tuple{lot.expires.empty(), lot.expires, lot.earned, NumbersOf(lot.at)};
  };
  return place(a) < place(b);
}

bool IsOver(const State& state, const Lot& lot, const std::string& date) {
  if (lot.expires.empty() || state.fault == Fault::kOldPointsSpent) return false;
  return lot.expires < date || (state.fault == Fault::kLastDayLost && lot.expires == date);
}

}  // namespace

std::vector<Lot> LiveLots(const State& state, const std::string& scheme, const std::string& holder,
                          const std::string& date) {
  std::vector<Lot> lots;
  for (const Lot& lot : state.lots) {
    if (lot.scheme == scheme && lot.holder == holder && !IsOver(state, lot, date) &&
        (date.empty() || lot.earned <= date)) {
      lots.push_back(lot);
    }
  }
  std::sort(lots.begin(), lots.end(), GoesBefore);
  return lots;
}

namespace {

/// Where the part of a list is that belongs to a lot of a holder, or its end.
std::vector<Lot>::iterator PartOf(std::vector<Lot>& lots, const Lot& lot) {
  return std::find_if(lots.begin(), lots.end(), [&](const Lot& one) {
    return SameGrant(one, lot) && one.expires == lot.expires;
  });
}

/// Adds to the part of a lot, which may be the first.
void AddTo(std::vector<Lot>& lots, const Lot& lot) {
  const auto there = PartOf(lots, lot);
  if (there == lots.end()) {
    lots.push_back(lot);
  } else {
    there->quantity = Checked(Wide{there->quantity} + lot.quantity);
  }
}

}  // namespace

std::vector<Lot> HeldLots(const State& state, const std::string& scheme, const std::string& holder,
                          const std::string& date) {
  std::vector<Lot> lots = LiveLots(state, scheme, holder, date);
  for (const Lot& lot : state.expired) {
    if (state.fault == Fault::kLateNotTakenBack || IsOver(state, lot, date)) continue;
    const bool had = lot.scheme == scheme && lot.holder == holder && lot.earned <= date;
    if (had) AddTo(lots, lot);
  }
  return lots;
}

std::vector<Lot> UsableLots(const State& state, const std::string& scheme,
                            const std::string& holder, const std::string& date) {
  std::vector<Lot> lots = HeldLots(state, scheme, holder, date);
  std::erase_if(lots, [&](const Lot& lot) { return lot.usable_from > date; });
  std::sort(lots.begin(), lots.end(), GoesBefore);
  return lots;
}

Wide PointsIn(const std::vector<Lot>& lots) {
  Wide points = 0;
  for (const Lot& lot : lots) points += lot.quantity;
  return points;
}

std::vector<Lot> FirstOf(const std::vector<Lot>& lots, Wide points) {
  std::vector<Lot> parts;
  for (const Lot& lot : lots) {
    if (points == 0) break;
    parts.push_back(lot);
    parts.back().quantity = static_cast<std::int64_t>(std::min<Wide>(points, lot.quantity));
    points -= parts.back().quantity;
  }
  return parts;
}

void TakeLots(State& state, const std::vector<Lot>& parts) {
  for (const Lot& part : parts) {
    const auto lot = PartOf(state.lots, part);
    if (lot != state.lots.end()) lot->quantity -= part.quantity;
  }
  std::erase_if(state.lots, [](const Lot& lot) { return lot.quantity == 0; });
}

void PutLot(State& state, const Lot& lot) {
  if (lot.quantity != 0) AddTo(state.lots, lot);
}

void ExpireLot(State& state, const Lot& lot) {
  TakeLots(state, {lot});
  AddTo(state.expired, lot);
}

void TakeUsable(Deciding& d, const std::vector<Lot>& parts) {
  Json rows = Json::array();
  d.state.deriving = true;
  for (const Lot& part : parts) {
    const auto live = PartOf(d.state.lots, part);
    const std::int64_t there = live == d.state.lots.end() ? 0 : live->quantity;
    if (part.quantity <= there) continue;
    const std::int64_t late = part.quantity - there;
    rows.push_back(
        {{"lot", part.at}, {"change", late}, {"expires", part.expires}, {"against", "expired"}});
    PartOf(d.state.expired, part)->quantity -= late;
    PutLot(d.state, part);
    PartOf(d.state.lots, part)->quantity = part.quantity;
    Post(d.state, PointsPath(part.scheme, "expired"), -Wide{late});
    Post(d.state, HolderPath(part.scheme, part.holder), late);
  }
  d.state.deriving = false;
  std::erase_if(d.state.expired, [](const Lot& lot) { return lot.quantity == 0; });
  TakeLots(d.state, parts);
  if (rows.empty()) return;
  d.derived.push_back({"points.adjusted",
                       {{"scheme", parts[0].scheme},
                        {"holder", parts[0].holder},
                        {"reason", "late"},
                        {"lots", rows}},
                       {}});
}

Json RowsOf(const std::vector<Lot>& lots) {
  Json rows = Json::array();
  for (const Lot& lot : lots) {
    Json row = {{"lot", lot.at},
                {"quantity", lot.quantity},
                {"person", lot.person},
                {"earned", lot.earned},
                {"usable_from", lot.usable_from}};
    if (!lot.expires.empty()) row["expires"] = lot.expires;
    rows.push_back(row);
  }
  return rows;
}

namespace {

void CheckDate(const std::string& date) {
  if (!IsDate(date)) Refuse("amount_overflow");
}

}  // namespace

std::string DaysLater(const std::string& date, std::int64_t days) {
  const std::string later = AddDays(date, days);
  CheckDate(later);
  return later;
}

std::string ExpiryOf(const State& state, const std::string& scheme, const std::string& earned) {
  const Policy* policy = InForce(state, "expiry", scheme, earned);
  if (policy == nullptr || policy->body.at("rule") == "none") return {};
  const int n = policy->body.at("n");
  const bool months = policy->body.at("rule") == "months";
  std::string expires = AddMonths(MonthOf(earned), months ? n : 12 * n);
  if (months) {
    const std::string same_day = expires + earned.substr(7);
    expires = DayOf(same_day) ? same_day : LastDayOf(expires);
  } else {
    expires = expires.substr(0, 4) + "-12-31";
  }
  CheckDate(expires);
  return expires;
}

std::string EndOfReturned(const State& state, const Lot& lot) {
  const std::string ends = ExpiryOf(state, lot.scheme, lot.earned);
  return EndsSooner(lot.expires, ends) ? ends : lot.expires;
}

Json RuleOf(const Policy& policy) {
  return {{"policy", policy.policy}, {"version", policy.version}};
}

void ExpireIfOver(Deciding& d, const Lot& lot) {
  const bool past = !lot.expires.empty() && lot.expires < d.state.days.closed;
  if (!past || lot.quantity == 0) return;
  d.derived.push_back({"points.expired",
                       {{"scheme", lot.scheme},
                        {"holder", lot.holder},
                        {"lots", {{{"lot", lot.at}, {"quantity", lot.quantity}}}},
                        {"on", lot.expires}},
                       {}});
  ExpireLot(d.state, lot);
  Post(d.state, PointsPath(lot.scheme, "expired"), lot.quantity);
  Post(d.state, HolderPath(lot.scheme, lot.holder), -Wide{lot.quantity});
}

void GrantPoints(Deciding& d, const Grant& grant) {
  Lot lot{grant.scheme,
          grant.holder,
          d.NextAddress(),
          grant.points,
          grant.earned,
          DaysLater(grant.earned, grant.usable_after_days),
          ExpiryOf(d.state, grant.scheme, grant.earned),
          grant.person};
  const bool pays = d.state.fault != Fault::kClaimUnpaid;
  const Wide owed = pays ? ClaimOf(d.state, grant.scheme, grant.holder) : 0;
  const auto offset = static_cast<std::int64_t>(std::min<Wide>(owed, grant.points));
  Json fields = {{"scheme", grant.scheme},   {"holder", grant.holder},
                 {"person", grant.person},   {"points", grant.points},
                 {"counted", grant.counted}, {"carry_total", grant.carry_total},
                 {"earned", grant.earned},   {"usable_from", lot.usable_from},
                 {"reason", grant.reason}};
  if (!lot.expires.empty()) fields["expires"] = lot.expires;
  if (offset > 0) fields["offset"] = offset;
  d.derived.push_back({"points.granted", fields, grant.rule});
  d.state.deriving = true;
  Post(d.state, HolderPath(grant.scheme, grant.holder), Wide{grant.points} - offset);
  Post(d.state, PointsPath(grant.scheme, "issued"), -Wide{grant.points});
  Post(d.state, ClaimPath(grant.scheme, grant.holder), offset);
  lot.quantity -= offset;
  PutLot(d.state, lot);
  ExpireIfOver(d, lot);
  d.state.deriving = false;
}

void ExpireBack(Deciding& d, const std::vector<Lot>& back) {
  std::map<std::string, std::vector<Lot>> over;
  for (const Lot& lot : d.state.lots) {
    const bool same = std::any_of(back.begin(), back.end(),
                                  [&](const Lot& part) { return SameGrant(lot, part); });
    const bool past = !lot.expires.empty() && lot.expires < d.state.days.closed;
    if (same && past && lot.quantity > 0) over[lot.expires].push_back(lot);
  }
  for (auto& day : over) std::sort(day.second.begin(), day.second.end(), GoesBefore);
  d.state.deriving = true;
  for (const auto& [day, lots] : over) {
    Json rows = Json::array();
    for (const Lot& lot : lots) {
      rows.push_back({{"lot", lot.at}, {"quantity", lot.quantity}});
      Post(d.state, PointsPath(lot.scheme, "expired"), lot.quantity);
      Post(d.state, HolderPath(lot.scheme, lot.holder), -Wide{lot.quantity});
    }
    d.derived.push_back({"points.expired",
                         {{"scheme", lots.front().scheme},
                          {"holder", lots.front().holder},
                          {"lots", rows},
                          {"on", day}},
                         {}});
    for (const Lot& lot : lots) ExpireLot(d.state, lot);
  }
  d.state.deriving = false;
}

Wide CountedIn(const State& state, const std::string& list, const std::string& of) {
  Wide sum = 0;
  for (const Count& count : state.counts) {
    if (count.list == list && count.of == of) sum += count.amount;
  }
  return sum;
}

void AddCount(State& state, const Count& count) {
  if (count.amount == 0) return;
  state.counts.push_back(count);
  (void)Checked(CountedIn(state, count.list, count.of));
}

bool IsForgotten(const Deciding& d, const Count& count) {
  return IsOld(count.ended, WaitsFrom(d.state, count.list, count.ended));
}

void SweepCounts(Deciding& d, const std::string& list) {
  if (!MustSweep(d, list)) return;
  std::erase_if(d.state.counts, [&](const Count& count) {
    return count.list == list && CountIsOld(count.ended, d.date);
  });
}

}  // namespace suanpan::opinion
