#include "support/opinion/entry.h"

#include <set>

#include "support/opinion/calendar.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

Json EventOf(const Json& stated, const Deciding& d) {
  Json event = stated;
  event["business_date"] = d.date;
  event["period"] = MonthOf(d.date);
  return event;
}

}  // namespace

Json Shown(const Json& computed) {
  static const std::set<std::string> kAmounts = {
      "points",      "quantity",         "counted",    "carry_total", "offset",
      "claim",       "credited_minutes", "difference", "change",      "units",
      "old_counted", "old_points",       "before",     "granted",     "claim_change"};
  Json shown = computed;
  for (auto& [name, value] : shown.items()) {
    // How often a deed counts is a count, how many units a grant counts an amount.
    const bool times =
        name == "counted" && !computed.contains("carry_total") && !computed.contains("units");
    if (value.is_number() && !times && (name.ends_with("_fen") || kAmounts.contains(name))) {
      value = std::to_string(value.get<std::int64_t>());
    } else if (value.is_array()) {
      for (Json& row : value) row = row.is_object() ? Shown(row) : row;
    }
  }
  return shown;
}

Json FactEvent(const Json& stated, const Deciding& d) {
  Json event = EventOf(stated, d);
  for (const std::string& field : AddressFields(stated.at("kind"))) {
    if (d.fact.contains(field)) event[field] = d.fact.at(field);
  }
  event["computed"] = Shown(d.computed);
  return event;
}

Json DerivedEvent(const Json& stated, const Deciding& d, const Derived& derived, int cause_line) {
  Json event = EventOf({{"occurred_at", stated.at("occurred_at")}}, d);
  event["kind"] = derived.kind;
  event["cause_line"] = cause_line;
  if (!derived.rule.is_null()) event["rule"] = derived.rule;
  event["computed"] = Shown(derived.fields);
  return event;
}

Json CommittedEvents(const Json& entry, std::uint64_t seq) {
  Json events = Json::array();
  const std::string prefix = std::to_string(seq) + ".";
  int fact = 0;
  for (std::size_t line = 0; line < entry.at("events").size(); ++line) {
    const Json& stored = entry.at("events")[line];
    Json event = stored.at("computed");
    event["at"] = prefix + std::to_string(line);
    event["kind"] = stored.at("kind");
    const bool by_rule = stored.contains("rule") && stored.at("rule").is_object();
    if (by_rule) event["rule"] = stored.at("rule");  // that of rule.applied is a name
    if (stored.contains("cause_line")) {
      event["cause"] = prefix + std::to_string(stored.at("cause_line").get<int>());
    } else {
      event["fact"] = fact++;
    }
    events.push_back(event);
  }
  return events;
}

Json RefusedAnswer(const Refusal& refusal, std::uint64_t head) {
  Json answer = {{"result", "refused"},
                 {"code", refusal.code},
                 {"number", NumberOf(refusal.code)},
                 {"detail", refusal.detail},
                 {"head_seq", head}};
  if (refusal.fact) answer["fact"] = *refusal.fact;
  if (refusal.field) answer["field"] = *refusal.field;
  return answer;
}

}  // namespace suanpan::opinion
