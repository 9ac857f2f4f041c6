#include "suanpan/schema/event_json.h"

#include "suanpan/schema/kinds/log.h"

namespace suanpan::schema {
namespace {

using View = JsonFieldWriter::View;

void WriteRule(JsonText& json, const NameReader& names, const RuleRef& rule) {
  if (rule.policy.value() == 0) return;
  json.Key("rule");
  json.BeginObject();
  json.Field("policy", names.TextOf(rule.policy));
  json.Key("version");
  json.Number(rule.version);
  json.EndObject();
}

void WriteFact(JsonText& json, std::optional<std::uint32_t> fact) {
  if (!fact) return;
  json.Key("fact");
  json.Number(*fact);
}

void WriteCause(JsonText& json, Seq seq, const EventCommon& common) {
  if (common.cause != 0) {
    json.Field("cause", ToText(Address{seq, static_cast<std::uint16_t>(common.cause - 1)}));
  } else if (!common.cause_address.none()) {
    json.Field("cause", ToText(common.cause_address));
  }
}

}  // namespace

std::string KeyText(const NameReader& names, const CommandKey& key) {
  switch (key.form) {
    case KeyForm::kUuid:
      return ToText(key.uuid);
    case KeyForm::kStream:
      return std::string{names.TextOf(key.stream)} + '/' + std::to_string(key.counter);
    case KeyForm::kEngine:
      break;
  }
  return {};
}

void WriteEventJson(JsonText& json, const NameReader& names, Address at, const Event& event,
                    std::optional<std::uint32_t> fact) {
  const EventCommon& common = event.common;
  json.BeginObject();
  json.Field("at", ToText(at));
  json.Field("kind", event.kind->name);
  json.Key("kind_no");
  json.Number(event.kind->number);
  json.Key("version");
  json.Number(event.kind->version);
  WriteFact(json, fact);
  WriteCause(json, at.seq(), common);
  WriteRule(json, names, common.rule);
  json.Field("occurred_at", ToText(common.occurred));
  json.Field("business_date", ToText(common.business_day));
  json.Field("period", ToText(common.period));
  if (common.period != MonthOf(common.business_day)) {
    json.Field("concerns", ToText(MonthOf(common.business_day)));
    json.Key("late");
    json.Bool(true);
  }
  JsonFieldWriter writer{json, names, View::kEvent};
  EventCommon::Describe(writer, common);
  event.kind->write_json(writer, event.payload);
  json.EndObject();
}

void WriteEntryJson(JsonText& json, const NameReader& names, std::string_view book, Seq seq,
                    const Hash32& leaf, const EntryView& entry) {
  json.BeginObject();
  json.Field("book", book);
  json.Key("seq");
  json.Number(seq.value());
  json.Field("recorded_at", ToText(entry.common.recorded_at));
  json.Field("source", names.TextOf(entry.common.source));
  json.Field("key", KeyText(names, entry.common.key));
  json.Field("leaf", ToHex(leaf.bytes));
  json.Key("events");
  json.BeginArray();
  FactCounter facts;
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    WriteEventJson(json, names, {seq, static_cast<std::uint16_t>(line)}, entry.events[line],
                   facts.Next(entry.events[line]));
  }
  json.EndArray();
  json.EndObject();
}

void WriteCommittedJson(JsonText& json, const NameReader& names, std::string_view book, Seq seq,
                        const Hash32& leaf, const EntryView& entry) {
  json.BeginObject();
  json.Field("result", "committed");
  json.Field("stage", "durable");
  json.Field("book", book);
  json.Field("key", KeyText(names, entry.common.key));
  json.Key("seq");
  json.Number(seq.value());
  json.Field("leaf", ToHex(leaf.bytes));
  json.Key("events");
  json.BeginArray();
  FactCounter facts;
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Event& event = entry.events[line];
    if (event.kind->number == RefIntroduced::kKind) continue;
    json.BeginObject();
    json.Field("at", ToText(Address{seq, static_cast<std::uint16_t>(line)}));
    json.Field("kind", event.kind->name);
    WriteFact(json, facts.Next(event));
    WriteCause(json, seq, event.common);
    WriteRule(json, names, event.common.rule);
    const bool derived = OriginOf(event) == Origin::kDerived;
    JsonFieldWriter writer{json, names, derived ? View::kEvent : View::kComputed};
    event.kind->write_json(writer, event.payload);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

void WriteCommandJson(JsonText& json, const NameReader& names, std::string_view book,
                      const EntryView& entry) {
  json.BeginObject();
  json.Field("book", book);
  json.Field("key", KeyText(names, entry.common.key));
  json.Key("facts");
  json.BeginArray();
  for (const Event& event : entry.events) {
    if (OriginOf(event) != Origin::kFact) continue;
    json.BeginObject();
    json.Field("kind", event.kind->name);
    json.Field("occurred_at", ToText(event.common.occurred));
    JsonFieldWriter writer{json, names, View::kCommand};
    EventCommon::Describe(writer, event.common);
    event.kind->write_json(writer, event.payload);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace suanpan::schema
