#include "told.h"

#include <fmt/format.h>

#include "schema_support.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::opinion::bytes {
namespace {

using nlohmann::json;
using schema::JsonFieldWriter;

/// Fields whose value is an address, or a list of them.
constexpr const char* kAddresses[] = {
    "refs",    "replaces", "supplements", "approval", "slot",       "sale",
    "request", "of",       "decision",    "basis",    "approvals",  "proposal",
    "service", "order",    "session",     "advance",  "redemption", "concerns"};

/// "#n" to the address of fact n. One that is not there yet, which a rule would refuse, is line n.
void Resolve(json& fact, Seq seq, const std::vector<std::string>& facts_at) {
  const auto resolve = [&](json& value) {
    if (!value.is_string()) return;  // `of` may also be an amount
    const auto text = value.get<std::string>();
    if (!text.starts_with('#')) return;
    const std::size_t n = std::stoul(text.substr(1));
    value = n < facts_at.size() ? facts_at[n] : fmt::format("{}.{}", seq.value(), n);
  };
  for (const char* name : kAddresses) {
    if (!fact.contains(name)) continue;
    json& value = fact[name];
    if (!value.is_array()) {
      resolve(value);
      continue;
    }
    for (json& item : value) resolve(item);
  }
}

/// What the engine added to an event.
void AddEngines(json& told, const schema::Event& event, const schema::NameReader& names) {
  // One that follows from a fact is all the engine's, also where its kind may be stated.
  const bool derived = OriginOf(event) != event.kind->origin;
  const auto view = derived ? JsonFieldWriter::View::kEvent : JsonFieldWriter::View::kComputed;
  told["computed"] = json::parse(EventJson(event, names, view));
  told["computed"].erase("kind");
  told["computed"].erase("occurred_at");
  told["business_date"] = ToText(event.common.business_day);
  told["period"] = ToText(event.common.period);
  if (event.common.cause != 0) told["cause_line"] = event.common.cause - 1;
  if (!event.common.cause_address.none())
    told["cause"] = schema::ToText(event.common.cause_address);
  if (event.common.rule.policy.value() != 0) {
    told["rule"] = {{"policy", names.TextOf(event.common.rule.policy)},
                    {"version", event.common.rule.version}};
  }
}

json Around(const schema::EntryView& entry, const schema::NameReader& names, json events) {
  return {{"book", "zz"},
          {"recorded_us", entry.common.recorded_at.value()},
          {"source", names.TextOf(entry.common.source)},
          {"key", KeyText(names, entry.common.key)},
          {"events", std::move(events)}};
}

}  // namespace

json ToldOf(const schema::EntryView& entry, Seq seq, const schema::NameReader& names,
            std::string_view command) {
  const json facts = json::parse(command).at("facts");
  std::vector<std::string> facts_at;
  json events = json::array();
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const schema::Event& event = entry.events[line];
    if (event.kind->origin == schema::Origin::kLog) continue;
    json told = {{"kind", event.kind->name}};
    if (OriginOf(event) == schema::Origin::kFact) {
      told = facts.at(facts_at.size());
      Resolve(told, seq, facts_at);
      facts_at.push_back(fmt::format("{}.{}", seq.value(), line));
    }
    AddEngines(told, event, names);
    events.push_back(std::move(told));
  }
  json told = Around(entry, names, std::move(events));
  told["key"] = json::parse(command).at("key");
  return told;
}

json ToldOf(const schema::EntryView& entry, const schema::NameReader& names) {
  json events = json::array();
  for (const schema::Event& event : entry.events) {
    json told = json::parse(EventJson(event, names, JsonFieldWriter::View::kCommand));
    AddEngines(told, event, names);
    events.push_back(std::move(told));
  }
  return Around(entry, names, std::move(events));
}

}  // namespace suanpan::opinion::bytes
