#include "schema_support.h"

#include "suanpan/schema/kinds/log.h"

namespace suanpan::schema {

using View = JsonFieldWriter::View;

std::string EventJson(const Event& event, const NameReader& names, View view) {
  std::string out;
  JsonText json{out};
  json.BeginObject();
  json.Field("kind", event.kind->name);
  json.Field("occurred_at", ToText(event.common.occurred));
  JsonFieldWriter common{json, names, view};
  EventCommon::Describe(common, event.common);
  JsonFieldWriter writer{json, names, view};
  event.kind->write_json(writer, event.payload);
  json.EndObject();
  return out;
}

std::string CommandJson(std::string_view key, std::span<const Event> facts,
                        const NameReader& names) {
  std::string out = fmt::format(R"({{"book":"zz","key":"{}","facts":[)", key);
  for (const Event& fact : facts) {
    if (&fact != facts.data()) out.push_back(',');
    out += EventJson(fact, names, View::kCommand);
  }
  return out + "]}";
}

std::string EverythingShown(const EntryView& entry, const NameReader& names) {
  const EntryCommon& head = entry.common;
  std::string out = fmt::format("{} {} {} {} {} {}\n", static_cast<int>(head.key.form),
                                ToText(head.key.uuid), head.key.stream.value(), head.key.counter,
                                head.source.value(), head.recorded_at.value());
  for (const Event& event : entry.events) {
    const EventCommon& common = event.common;
    out += fmt::format("{} {} {} {} {} {} {}\n", common.business_day.value(), common.period.value(),
                       common.cause, common.cause_address.packed(), common.rule.policy.value(),
                       common.rule.version, common.occurred.seconds);
    for (const View view : {View::kEvent, View::kCommand, View::kComputed}) {
      out += EventJson(event, names, view) + "\n";
    }
  }
  return out;
}

namespace {

void FillKey(EntryCommon& common, const Pick& pick, NameTable& names) {
  common.source = names.Intern("till");
  common.recorded_at = InstantUs{static_cast<std::int64_t>(pick(1ULL << 52U))};
  if (pick(2) == 0) {
    common.key.form = KeyForm::kUuid;
    for (std::uint8_t& byte : common.key.uuid.bytes) byte = static_cast<std::uint8_t>(pick(256));
  } else {
    common.key.form = KeyForm::kStream;
    common.key.stream = names.Intern("till-3");
    common.key.counter = pick(~0ULL);
  }
}

}  // namespace

void FillAround(SampleEntry& sample, const Pick& pick, Arena& arena, NameTable& names) {
  FillKey(sample.common, pick, names);
  if (sample.event.kind->number == LogRestored::kKind) {
    // An entry of its own, which answers no command.
    sample.common.key = {};
    sample.common.source = {};
  }
  EventCommon& common = sample.event.common;
  common.occurred.seconds = static_cast<std::uint32_t>(2 * 86'400 + pick(0xffff'0000U));
  common.occurred.zone_quarters = static_cast<std::int8_t>(static_cast<int>(pick(121)) - 60);
  common.business_day = Date{static_cast<std::uint16_t>(common.occurred.seconds / 86'400)};
  common.period = Month{static_cast<std::uint16_t>(1 + pick(2'000))};
  const Origin origin = sample.event.kind->origin;
  if (origin == Origin::kLog) return;
  FillFields fill{pick, arena, names, true};
  if (origin == Origin::kFact) {
    EventCommon::Describe(fill, common);
    if (sample.event.kind->approval_required)
      fill.Event("approval", common.approval, Need::kRequired);
    return;
  }
  EventCommon::DescribeTail(fill, common);
  fill.Event("cause", common.cause_address, Need::kRequired);
  common.rule = {names.Intern("donation"), static_cast<std::uint32_t>(pick(9))};
}

}  // namespace suanpan::schema
