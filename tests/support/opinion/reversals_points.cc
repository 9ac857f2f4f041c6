// Services, attestations, awards, deductions, redemptions and marks taken back
// (events.md 4.5, 4.10).

#include <algorithm>
#include <map>

#include "support/opinion/calendar.h"
#include "support/opinion/earning.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"
#include "support/opinion/reversals.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {
namespace {

std::string NextLine(const std::string& address) {
  const std::size_t dot = address.find('.') + 1;
  return address.substr(0, dot) + std::to_string(std::stoul(address.substr(dot)) + 1);
}

/// What followed from a fact in its entry.
std::vector<Event> DerivedOf(const State& state, const std::string& fact) {
  std::vector<Event> events;
  for (std::string at = NextLine(fact);; at = NextLine(at)) {
    const Event* event = state.Find(at);
    if (event == nullptr || !event->fact.empty()) return events;
    events.push_back(*event);
  }
}

Lot LotOf(const Json& row, const std::string& scheme, const std::string& holder) {
  return {scheme,
          holder,
          row.at("lot"),
          row.at("quantity"),
          row.at("earned"),
          row.at("usable_from"),
          row.value("expires", ""),
          row.value("person", "")};
}

/// Until when a lot lasts that comes back.
std::string RestoredUntil(const Deciding& d, const Lot& lot) {
  const std::string ends = EndOfReturned(d.state, lot);
  if (ends.empty() || ends >= d.date) return ends;
  const Policy* policy = InForce(d.state, "expiry", lot.scheme, d.date);
  const int grace = policy == nullptr ? 0 : policy->body.value("restore_grace_days", 0);
  return grace == 0 ? ends : AddDays(d.date, grace);
}

/// A row of points.adjusted and its postings.
void Adjust(Deciding& d, Json& rows, const Lot& lot, std::int64_t change, const char* against) {
  Json row = {{"lot", lot.at}, {"change", change}, {"against", against}};
  if (!lot.expires.empty()) row["expires"] = lot.expires;
  rows.push_back(row);
  Post(d.state, HolderPath(lot.scheme, lot.holder), change);
  Post(d.state, PointsPath(lot.scheme, against), -Wide{change});
}

/// The same lots come back, in an event of their own; what is over by now goes again.
void Restore(Deciding& d, Undoing& u, const char* against) {
  if (!u.was.computed.contains("lots")) return;
  const std::string scheme = u.was.fact.at("scheme");
  const std::string holder = u.was.fact.at("holder");
  std::vector<Lot> back;
  Json rows = Json::array();
  d.state.deriving = true;
  for (const Json& taken : u.was.computed.at("lots")) {
    Lot lot = LotOf(taken, scheme, holder);
    lot.expires = RestoredUntil(d, lot);
    PutLot(d.state, lot);
    Adjust(d, rows, lot, lot.quantity, against);
    u.restored[HolderPath(scheme, holder)] += lot.quantity;
    u.restored[PointsPath(scheme, against)] -= lot.quantity;
    back.push_back(lot);
  }
  d.state.deriving = false;
  d.derived.push_back(
      {"points.adjusted",
       {{"scheme", scheme}, {"holder", holder}, {"reason", "restore"}, {"lots", rows}},
       {}});
  ExpireBack(d, back);
}

/// An amount leaves what is counted, as far as it is there.
void Uncount(State& state, Count count) {
  count.amount = -static_cast<std::int64_t>(
      std::min<Wide>(count.amount, CountedIn(state, count.list, count.of)));
  AddCount(state, count);
}

/// Points of the carry that others are entitled to, as a grant with the same dates.
void GrantCarry(Deciding& d, const Event& grant, std::int64_t difference) {
  const std::string scheme = grant.computed.at("scheme");
  const std::string holder = grant.computed.at("holder");
  const auto offset =
      static_cast<std::int64_t>(std::min<Wide>(ClaimOf(d.state, scheme, holder), difference));
  Json fields = grant.computed;
  fields["reason"] = "carry";
  fields["points"] = difference;
  fields["carry_total"] = grant.computed.at("carry_total").get<std::int64_t>() -
                          grant.computed.at("counted").get<std::int64_t>();
  fields["counted"] = 0;
  fields.erase("offset");
  if (offset > 0) fields["offset"] = offset;
  const Lot lot{scheme,
                holder,
                d.NextAddress(),
                difference - offset,
                fields.at("earned"),
                fields.at("usable_from"),
                fields.value("expires", ""),
                fields.value("person", "")};
  Post(d.state, HolderPath(scheme, holder), lot.quantity);
  Post(d.state, PointsPath(scheme, "issued"), -Wide{difference});
  Post(d.state, ClaimPath(scheme, holder), offset);
  d.derived.push_back({"points.granted", fields, {}});
  PutLot(d.state, lot);
  ExpireIfOver(d, lot);
}

/// What expired longer ago than the book remembers may be what is missing of a grant; then nobody
/// knows what of it was spent.
void CheckRemembered(const Deciding& d, const Event& grant) {
  const std::string expires = grant.computed.value("expires", "");
  const auto swept = d.state.swept.find("expired");
  if (expires.empty() || swept == d.state.swept.end()) return;
  if (!IsOld(expires, LastDayOf(swept->second))) return;
  Wide missing = Wide{grant.computed.at("points").get<std::int64_t>()} -
                 grant.computed.value("offset", std::int64_t{0});
  for (const std::vector<Lot>* lots : {&d.state.lots, &d.state.expired}) {
    for (const Lot& one : *lots) {
      const bool same = one.at == grant.at && one.holder == grant.computed.at("holder") &&
                        one.scheme == grant.computed.at("scheme");
      if (same) missing -= one.quantity;
    }
  }
  if (missing > 0) Refuse("reversal_forbidden", "of");
}

/// Takes back what is live and what expired of a grant, one last day after the other. How much.
Wide CancelParts(Deciding& d, Json& rows, Lot lot) {
  std::map<std::pair<bool, std::string>, std::pair<Wide, Wide>> parts;
  for (const Lot& one : d.state.lots) {
    if (SameGrant(one, lot)) parts[{one.expires.empty(), one.expires}].first += one.quantity;
  }
  for (const Lot& one : d.state.expired) {
    if (SameGrant(one, lot)) parts[{one.expires.empty(), one.expires}].second += one.quantity;
  }
  Wide taken = 0;
  for (const auto& [day, part] : parts) {
    lot.expires = day.second;
    const std::int64_t live = Checked(part.first);
    const std::int64_t expired = Checked(part.second);
    taken += part.first + part.second;
    if (live != 0) Adjust(d, rows, lot, -live, "issued");
    if (expired == 0) continue;
    Adjust(d, rows, lot, expired, "expired");
    Adjust(d, rows, lot, -expired, "issued");
  }
  return taken;
}

/// A grant is cancelled: what is live goes, what expired is taken back, and what was spent, moved
/// or offset is owed, with what the carry lacks.
void Cancel(Deciding& d, const Event& grant, Wide difference) {
  Lot lot{grant.computed.at("scheme"),
          grant.computed.at("holder"),
          grant.at,
          0,
          grant.computed.at("earned"),
          grant.computed.at("usable_from"),
          grant.computed.value("expires", ""),
          grant.computed.value("person", "")};
  CheckRemembered(d, grant);
  d.state.deriving = true;
  Json rows = Json::array();
  const Wide gone =
      Wide{grant.computed.at("points").get<std::int64_t>()} - CancelParts(d, rows, lot);
  const Wide claim = gone + std::max<Wide>(0, -difference);
  for (std::vector<Lot>* lots : {&d.state.lots, &d.state.expired}) {
    std::erase_if(*lots, [&](const Lot& one) { return SameGrant(one, lot); });
  }
  Post(d.state, ClaimPath(lot.scheme, lot.holder), -claim);
  Post(d.state, PointsPath(lot.scheme, "issued"), claim);
  if (!rows.empty() || claim != 0) {
    Json fields = {{"scheme", lot.scheme}, {"holder", lot.holder}, {"reason", "reversal"}};
    if (!rows.empty()) fields["lots"] = rows;
    if (claim != 0) fields["claim_change"] = Checked(claim);
    d.derived.push_back({"points.adjusted", fields, {}});
  }
  if (difference > 0) GrantCarry(d, grant, Checked(difference));
  d.state.deriving = false;
}

}  // namespace

void UndoAward(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const std::string month = MonthOf(u.was.date);
  const std::string of = fact.at("holder").get<std::string>() + " " +
                         fact.at("scheme").get<std::string>() + " " +
                         fact.at("item").get<std::string>() + " " + month;
  for (const Event& derived : DerivedOf(d.state, u.was.at)) {
    u.cascade.push_back(derived.at);
    const Policy* deeds = VersionNamed(d.state, derived.rule);
    const Json* row =
        deeds == nullptr ? nullptr : RowOf(deeds->body.at("items"), "item", fact.at("item"));
    if (row != nullptr && row->contains("max_per_month")) {
      Uncount(d.state, {"award", of, LastDayOf(month), u.was.computed.at("counted")});
    }
    if (derived.kind == "points.granted") Cancel(d, derived, 0);
  }
}

void UndoDeduction(Deciding& d, Undoing& u) {
  Restore(d, u, "deducted");
  GiveBackPaid(d, u);
}

void UndoRedemption(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const std::string scheme = fact.at("scheme");
  const Json& stated = fact.at("lines");
  const Json& rows = u.was.computed.at("lines");
  Count spent{"spent", scheme + " " + fact.at("holder").get<std::string>() + " " + u.was.date,
              u.was.date, u.was.computed.at("points")};
  const Policy* limits = InForce(d.state, "redemption", scheme, u.was.date);
  const auto limited = [&](const char* by) {
    return limits != nullptr && limits->body.value(by, std::int64_t{0}) != 0;
  };
  if (limited("per_day_points")) Uncount(d.state, spent);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string supply = rows[i].at("supply");
    const auto quantity = stated[i].at("quantity").get<std::int64_t>();
    const std::string beneficiary = stated[i].value("beneficiary", fact.at("by"));
    if (supply == "place") {
      const auto held =
          std::find_if(d.state.held.begin(), d.state.held.end(), [&](const Held& one) {
            return one.redemption == u.was.at && one.line == static_cast<int>(i);
          });
      if (held == d.state.held.end() || held->left != quantity) Refuse("place_used", "of");
      d.state.held.erase(held);
      d.state.places_taken.push_back({beneficiary, rows[i].at("source"), -quantity});
    }
    if (supply == "stock") {
      const auto item = d.state.items.find({rows[i].at("fund"), rows[i].at("source")});
      if (item == d.state.items.end() || item->second.pot != rows[i].at("from_pot") ||
          item->second.goods_class == "asset") {
        RefuseDependants();
      }
    }
    const std::string month = MonthOf(u.was.date);
    if (limited("per_beneficiary_month")) {
      Uncount(d.state,
              {"redeemed", beneficiary + " " + scheme + " " + month, LastDayOf(month), quantity});
    }
  }
  Restore(d, u, "redeemed");
}

void UndoMark(Deciding& d, Undoing& u) {
  const Json& fact = u.was.fact;
  const std::string offer = u.was.computed.at("offer");
  const Event redemption = *d.state.Find(fact.at("redemption"));
  if (!d.state.Stands(redemption.at) || !d.state.offers.contains(offer)) RefuseDependants();
  const int line = fact.at("line");
  const Json& stated = redemption.fact.at("lines")[static_cast<std::size_t>(line)];
  const std::string beneficiary = stated.value("beneficiary", redemption.fact.at("by"));
  if (fact.at("as") != "used") d.state.places_taken.push_back({beneficiary, offer, 1});
  for (Held& held : d.state.held) {
    if (held.redemption != redemption.at || held.line != line) continue;
    ++held.left;
    return;
  }
  d.state.held.push_back({redemption.at, line, offer, beneficiary, 1});
}

namespace {

/// The attestations of a service from one back to its first.
std::vector<Event> ChainOf(const State& state, const std::string& last) {
  std::vector<Event> chain;
  for (std::string at = last; !at.empty(); at = chain.back().computed.value("previous", "")) {
    chain.push_back(*state.Find(at));
  }
  return chain;
}

/// A service with attestations, the last one first.
Service Rebuilt(const Event& recorded, const std::vector<Event>& chain) {
  const Json& fact = recorded.fact;
  Service service{recorded.at,
                  recorded.date,
                  fact,
                  fact.value("holder", recorded.computed.value("holder", "")),
                  fact.at("service_kind") == "opening" ? "opening" : fact.value("class", "service"),
                  fact.at("minutes")};
  for (auto attestation = chain.rbegin(); attestation != chain.rend(); ++attestation) {
    const Json& told = attestation->fact;
    service.attested = attestation->at;
    service.steps.insert(told.at("step").get<std::string>());
    service.minutes = told.value("minutes", service.minutes);
    if (told.contains("quality")) service.quality = told.at("quality").get<int>();
  }
  return service;
}

/// What an attestation counted and granted is taken back.
void CancelGrants(Deciding& d, const Service& credited, const std::string& attestation) {
  const std::vector<Event> derived = DerivedOf(d.state, attestation);
  std::map<std::string, std::vector<const Event*>> by_scheme;
  for (const Event& grant : derived) {
    if (grant.kind != "points.granted") continue;
    UncountService(d.state, credited, grant);
    by_scheme[grant.computed.at("scheme")].push_back(&grant);
  }
  for (const Event& grant : derived) {
    if (grant.kind != "points.granted") continue;
    const std::vector<const Event*>& all = by_scheme.at(grant.computed.at("scheme"));
    const bool first = all.front() == &grant;
    Cancel(d, grant, first ? CarryDifference(d.state, credited, all) : 0);
  }
}

const Service* PendingAt(const State& state, const std::string& address) {
  for (const Service& service : state.services) {
    if (service.at == address) return &service;
  }
  return nullptr;
}

void AddWithDerived(const State& state, Undoing& u, const std::string& fact) {
  for (const Event& derived : DerivedOf(state, fact)) u.cascade.push_back(derived.at);
}

}  // namespace

void UndoAttestation(Deciding& d, Undoing& u) {
  const Event recorded = *d.state.Find(u.was.fact.at("service"));
  const Service* pending = PendingAt(d.state, recorded.at);
  const bool credited = u.was.computed.value("credited", false);
  const bool last =
      credited ? pending == nullptr : pending != nullptr && pending->attested == u.was.at;
  if (!last) RefuseDependants();
  const std::vector<Event> whole = ChainOf(d.state, u.was.at);
  if (credited) {
    CancelGrants(d, Rebuilt(recorded, whole), u.was.at);
    MoveOrderBack(d, recorded.fact, "confirmed", "done");
  }
  AddWithDerived(d.state, u, u.was.at);
  std::erase_if(d.state.services, [&](const Service& one) { return one.at == recorded.at; });
  Service waiting = Rebuilt(recorded, {whole.begin() + 1, whole.end()});
  waiting.since = WaitsFrom(d.state, "services", recorded.date);
  d.state.services.push_back(waiting);
}

void UndoService(Deciding& d, Undoing& u) {
  const Service* pending = PendingAt(d.state, u.was.at);
  std::string last = pending == nullptr ? "" : pending->attested;
  for (const Json& address : d.fact.value("refs", Json::array())) {
    const Event& event = *d.state.Find(address);
    const bool credits = event.kind == "service.attested" && event.fact.at("service") == u.was.at &&
                         event.computed.value("credited", false) && d.state.Stands(event.at);
    if (pending == nullptr && credits && last.empty()) last = event.at;
  }
  if (pending == nullptr && last.empty()) RefuseDependants();
  CheckUnrated(d, u.was.fact);
  MoveOrderBack(d, u.was.fact, "confirmed", "done");
  MoveOrderBack(d, u.was.fact, "done", "taken");
  for (Session& session : d.state.sessions) {
    const bool here =
        session.at == u.was.fact.value("session", "") && !IsOld(session.on, u.was.date);
    if (here) --session.services;
  }
  const std::vector<Event> chain = ChainOf(d.state, last);
  for (const Event& attestation : chain) {
    u.cascade.push_back(attestation.at);
    AddWithDerived(d.state, u, attestation.at);
  }
  if (pending == nullptr) return CancelGrants(d, Rebuilt(u.was, chain), last);
  std::erase_if(d.state.services, [&](const Service& one) { return one.at == u.was.at; });
}

}  // namespace suanpan::opinion
