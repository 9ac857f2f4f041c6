// rule.applied: what was recorded is decided again under a policy that reaches back (events.md 3.2,
// 4.7, docs/decisions/0019).

#include "support/opinion/catching_up.h"

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/deciding.h"
#include "support/opinion/earning.h"
#include "support/opinion/points.h"
#include "support/opinion/policies.h"

namespace suanpan::opinion {
namespace {

constexpr std::uint64_t kEntriesRead = 20'000;
constexpr std::size_t kRowsMax = 64;

std::int64_t NumberIn(const Json& row, const char* field) {
  return row.value(field, std::int64_t{0});
}

/// As events show it: what is nothing is left out.
void Put(Json& row, const char* field, std::int64_t value) {
  if (value != 0) row[field] = value;
}

bool IsDerived(const Event& event) { return event.fact.empty(); }

/// How much more of a row counts from now on.
std::int64_t AddedBy(const Json& row) {
  if (row.value("other_units", false)) return 0;
  return std::max<std::int64_t>(0, NumberIn(row, "counted") - NumberIn(row, "old_counted"));
}

bool IsGranted(const Json& row) { return NumberIn(row, "granted") > 0 || AddedBy(row) > 0; }

/// What a source earned in the scheme: what followed it, and pages of earlier jobs.
Json EarnedBy(const Page& page, std::size_t index) {
  const State& state = page.d.state;
  const Event& source = state.events[index];
  Json row = {{"source", source.at}};
  std::int64_t points = 0;
  std::int64_t counted = 0;
  for (std::size_t i = index + 1; i < state.events.size() && IsDerived(state.events[i]); ++i) {
    const Event& event = state.events[i];
    if (NumbersOf(event.at).first != NumbersOf(source.at).first) break;
    if (event.kind != "points.granted" || event.computed.at("scheme") != page.policy.scope)
      continue;
    points += NumberIn(event.computed, "points");
    counted += NumberIn(event.computed, "counted");
    Put(row, "before",
        NumberIn(event.computed, "carry_total") - NumberIn(event.computed, "counted"));
    row["old_version"] = event.rule.at("version");
  }
  for (const Job& other : state.jobs) {
    const Policy& policy = state.policies[other.policy];
    if (&other == &page.job) break;
    if (policy.type != page.policy.type || policy.scope != page.policy.scope) continue;
    for (const Json& earlier : other.rows) {
      if (earlier.at("source") != source.at) continue;
      points += NumberIn(earlier, "granted");
      counted += AddedBy(earlier);
    }
  }
  Put(row, "old_points", points);
  Put(row, "old_counted", counted);
  return row;
}

bool SamePersonAndKind(const Json& a, const Json& b) {
  return a.at("person") == b.at("person") && a.at("of") == b.at("of");
}

/// What rows before counted within the same day, month or session.
Wide CountedWithin(const Page& page, const Json& row, const std::string& cap) {
  Wide counted = 0;
  for (const Json& other : page.AllRows()) {
    if (!SamePersonAndKind(other, row)) continue;
    const std::string date = other.at("date");
    const std::string own = row.at("date");
    const bool within = cap == "day"     ? date == own
                        : cap == "month" ? MonthOf(date) == MonthOf(own)
                                         : row.contains("session") &&
                                               other.value("session", "") == row.at("session");
    if (within) counted += NumberIn(other, "counted");
  }
  return counted;
}

/// Fills what the new version makes of a service.
void CountService(const Page& page, Json& row, const Json* item) {
  const std::vector<Json> all = page.AllRows();
  Wide ahead = 0;
  for (const Json& other : all) {
    if (!SamePersonAndKind(other, row)) continue;
    row.erase("before");
    Put(row, "before", NumberIn(other, "before") + NumberIn(other, "counted"));
    ahead += NumberIn(other, "points") - NumberIn(other, "old_points") - NumberIn(other, "granted");
  }
  const Wide before = NumberIn(row, "before");
  Wide counted = 0;
  Wide points = 0;
  if (item != nullptr) {
    counted = NumberIn(row, "units");
    const Json caps = item->value("cap", Json::object());
    for (const auto& [cap, most] : caps.items()) {
      const Wide used = cap == "total" ? before : CountedWithin(page, row, cap);
      counted = std::min(counted, std::max<Wide>(0, most.get<std::int64_t>() - used));
    }
    points = PointsFor(*item, before, counted);
  }
  row["counted"] = static_cast<std::int64_t>(counted);
  row["points"] = Checked(points);
  const bool alone = item != nullptr && item->at("rounding") == "per_service";
  const Wide more = (alone ? 0 : ahead) + points - NumberIn(row, "old_points");
  Put(row, "granted", Checked(std::max<Wide>(0, more)));
}

/// The service that an attestation credited, with its steps.
Service ServiceOf(const State& state, const Event& credited) {
  const Event& recorded = *state.Find(credited.fact.at("service"));
  Service service{recorded.at, recorded.date, recorded.fact, "", "", 0};
  service.holder = recorded.fact.value("holder", recorded.computed.value("holder", ""));
  service.minutes = NumberIn(credited.computed, "credited_minutes");
  for (const Event& event : state.events) {
    if (event.kind != "service.attested" || event.fact.at("service") != recorded.at) continue;
    service.steps.insert(event.fact.at("step").get<std::string>());
    if (event.fact.contains("quality")) service.quality = event.fact.at("quality").get<int>();
    if (event.at == credited.at) break;
  }
  return service;
}

/// What the version that granted it counted; empty: it is not known.
std::string OldBasis(const Page& page, const Json& row) {
  for (const Policy& one : page.d.state.policies) {
    const bool same =
        one.policy == page.policy.policy && one.version == row.value("old_version", 0);
    if (!same) continue;
    const Json* item = RowOf(one.body.at("items"), "service_kind", row.at("of"));
    return item == nullptr ? "" : item->at("basis").get<std::string>();
  }
  return {};
}

/// False where it belongs on the next page.
bool TakeService(Page& page, std::size_t index) {
  const Event& event = page.d.state.events[index];
  if (event.kind != "service.attested" || !event.computed.value("credited", false)) return true;
  const Service service = ServiceOf(page.d.state, event);
  const bool counts = page.Governs(service.date) &&
                      HolderKind(page.d.state, service.holder) == page.policy.body.at("holder");
  if (!counts) return true;
  Json row = EarnedBy(page, index);
  row["of"] = service.fact.at("service_kind");
  const Json* item = RowOf(page.policy.body.at("items"), "service_kind", row.at("of"));
  if (item == nullptr && NumberIn(row, "old_points") == 0) return true;
  if (page.rows.size() == kRowsMax) return false;
  row["person"] = service.fact.at("person");
  row["holder"] = service.holder;
  row["date"] = service.date;
  if (service.fact.contains("session")) row["session"] = service.fact.at("session");
  row["units"] = 0;
  if (item != nullptr) {
    bool complete = true;
    for (const Json& step : page.policy.body.at("attest_steps")) {
      complete = complete && service.steps.contains(step);
    }
    if (complete) row["units"] = UnitsBefore(service, page.policy, *item, event.date);
    const std::string old = OldBasis(page, row);
    if (!old.empty() && old != item->at("basis")) {
      row["other_units"] = true;
      row.erase("before");
    }
  }
  CountService(page, row, item);
  page.rows.push_back(row);
  return true;
}

bool TakeDeed(Page& page, std::size_t index) {
  const Event& event = page.d.state.events[index];
  if (event.kind != "points.awarded" || event.fact.at("scheme") != page.policy.scope) return true;
  if (!page.Governs(event.date)) return true;
  if (page.rows.size() == kRowsMax) return false;
  Json row = EarnedBy(page, index);
  row.erase("before");
  row["of"] = event.fact.at("item");
  row["holder"] = event.fact.at("holder");
  row["person"] = event.fact.value("person", event.fact.at("holder").get<std::string>());
  row["date"] = event.date;
  row["units"] = event.fact.at("times");
  const bool opening = row.at("of") == "opening";
  const Json* item = RowOf(page.policy.body.at("items"), "item", row.at("of"));
  std::int64_t each = opening           ? page.policy.body.value("base_points", std::int64_t{0})
                      : item == nullptr ? 0
                                        : item->at("points").get<std::int64_t>();
  each = std::max<std::int64_t>(0, each);
  std::int64_t counted = each == 0 ? 0 : NumberIn(row, "units");
  if (!opening && item != nullptr && item->contains("max_per_month")) {
    std::int64_t left = item->at("max_per_month").get<std::int64_t>();
    for (const Json& other : page.AllRows()) {
      const bool same = other.at("holder") == row.at("holder") && other.at("of") == row.at("of") &&
                        MonthOf(other.at("date")) == MonthOf(event.date);
      if (same) left -= NumberIn(other, "counted");
    }
    counted = std::min(counted, std::max<std::int64_t>(0, left));
  }
  row["counted"] = counted;
  row["points"] = Checked(Wide{each} * counted);
  Put(row, "granted",
      std::max<std::int64_t>(0, NumberIn(row, "points") - NumberIn(row, "old_points")));
  page.rows.push_back(row);
  return true;
}

/// Walks on to where the page ends; tells whether that is the adoption.
bool Walk(Page& page) {
  const auto& events = page.d.state.events;
  const auto adopted = NumbersOf(page.policy.adopted_at);
  const auto from = NumbersOf(page.job.next);
  const std::uint64_t stop = from.first + kEntriesRead;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto at = NumbersOf(events[i].at);
    if (at < from) continue;
    if (at >= adopted) break;
    const bool taken = at.first < stop && (page.policy.type == "earning" ? TakeService(page, i)
                                           : page.policy.type == "award_items" ? TakeDeed(page, i)
                                                                               : TakeLot(page, i));
    if (taken) continue;
    page.job.next = at.first < stop ? events[i].at : std::to_string(stop) + ".0";
    return false;
  }
  page.job.next = page.policy.adopted_at;
  return true;
}

/// What counts more than before does so from now on.
void CountMore(Page& page) {
  State& state = page.d.state;
  for (const Json& row : page.rows) {
    const std::int64_t added = AddedBy(row);
    if (added == 0) continue;
    const Json* item = RowOf(page.policy.body.at("items"),
                             page.policy.type == "earning" ? "service_kind" : "item", row.at("of"));
    if (page.policy.type == "award_items") {
      if (item == nullptr || !item->contains("max_per_month")) continue;
      const std::string month = MonthOf(row.at("date"));
      AddCount(state, {"award",
                       row.at("holder").get<std::string>() + " " + page.policy.scope + " " +
                           row.at("of").get<std::string>() + " " + month,
                       LastDayOf(month), added});
      continue;
    }
    const Service service = ServiceOf(state, *state.Find(row.at("source")));
    for (auto [name, span] :
         LimitedSpans(state, service, {page.policy.scope, &page.policy, *item})) {
      span.amount = added;
      AddCount(state, span);
    }
    state.carried.push_back({row.at("person"), page.policy.scope, row.at("of"), added});
  }
}

void GrantRows(Page& page) {
  for (const Json& row : page.rows) {
    if (!IsGranted(row)) continue;
    Grant grant{page.policy.scope, row.at("holder"),
                row.at("person"),  NumberIn(row, "granted"),
                AddedBy(row),      0,
                row.at("date"),    0,
                "catch_up",        RuleOf(page.policy)};
    if (page.policy.type == "earning") {
      grant.usable_after_days = page.policy.body.value("usable_after_days", std::int64_t{0});
      Wide carry = 0;
      for (const Carried& one : page.d.state.carried) {
        const bool same = one.person == row.at("person") && one.scheme == page.policy.scope &&
                          one.service_kind == row.at("of");
        if (same) carry += one.units;
      }
      grant.carry_total = Checked(carry);
    }
    GrantPoints(page.d, grant);
  }
}

Job& OpenJob(const Deciding& d) {
  const std::string rule = d.Text("rule");
  if (d.state.RoleOf(rule) != "policy") Refuse("unknown_ref", "rule", {{"ref", rule}});
  for (Job& job : d.state.jobs) {
    if (!job.done && d.state.policies[job.policy].policy == rule) return job;
  }
  Refuse("job_not_open", "rule");
}

}  // namespace

void ApplyRule(Deciding& d) {
  Job& job = OpenJob(d);
  const std::uint64_t next = NumbersOf(job.next).first;
  if (d.fact.at("from_seq") != next) Refuse("range_not_next", "from_seq", {{"next", next}});
  Page page{d, job, d.state.policies[job.policy]};
  const bool done = Walk(page);
  const std::uint64_t reached = NumbersOf(job.next).first;
  d.computed["to_seq"] = done ? reached : reached - 1;
  d.computed["done"] = done;
  d.computed["version"] = page.policy.version;
  if (!job.last_page.empty()) d.computed["previous"] = job.last_page;
  if (!page.rows.empty()) d.computed["rows"] = page.rows;
  if (!page.lots.empty()) d.computed["lots"] = page.lots;
  job.rows.insert(job.rows.end(), page.rows.begin(), page.rows.end());
  job.last_page = d.at;
  job.done = done;
  CountMore(page);
  GrantRows(page);
  ExtendLots(page);
}

}  // namespace suanpan::opinion
