#include <algorithm>

#include "src/kinds/corrections/reversal.h"
#include "suanpan/schema/reversal_copy.h"
#include "suanpan/schema/table_writer.h"
#include "suanpan/schema/validate_fields.h"

namespace suanpan::rules {
namespace {

/// A payload whose words and signs are such as the rules rely on; a copy has passed no other check.
/// Null: it is none.
const void* PayloadOf(const schema::KindInfo& kind, const schema::NameReader& names, ByteSpan bytes,
                      Arena& arena) {
  const void* payload = kind.decode(bytes, arena);
  if (payload == nullptr) return nullptr;
  schema::FieldValidator validator{names, schema::FieldValidator::Of::kStored};
  kind.validate(validator, payload);
  return validator.fault() ? nullptr : payload;
}

/// Whether they are the named fact, all that goes with it, and then what is only kept.
bool IsWhole(const schema::EntryReversed& fact, const std::vector<CopiedEvent>& events) {
  const auto taken =
      static_cast<std::size_t>(std::ranges::count(events, false, &CopiedEvent::kept));
  const bool whole = !events.empty() && taken == fact.cascade.size() + 1 &&
                     std::ranges::is_sorted(events, {}, &CopiedEvent::kept) &&
                     events[0].at == fact.fixed.of &&
                     events[0].event.kind->number == fact.fixed.kind &&
                     events[0].event.common.business_day == fact.fixed.business_date &&
                     events[0].event.common.actor == fact.fixed.actor;
  if (!whole) return false;
  for (std::size_t i = 0; i < fact.cascade.size(); ++i) {
    if (events[i + 1].at != fact.cascade[i]) return false;
  }
  return true;
}

}  // namespace

std::string EncodeCopy(std::span<const CopiedEvent> events) {
  schema::TableWriter tables;
  std::string bytes;
  for (const CopiedEvent& copied : events) {
    std::string payload;
    copied.event.kind->encode(copied.event.payload, tables, payload);
    AppendLittle(bytes, copied.at.packed());
    AppendLittle(bytes, copied.event.kind->number);
    AppendLittle(bytes, static_cast<std::uint16_t>(payload.size() / 8));
    AppendLittle(bytes, copied.event.common.business_day.value());
    AppendLittle(bytes, static_cast<std::uint16_t>(copied.kept ? 1 : 0));
    AppendLittle(bytes, copied.event.common.actor.value());
    AppendLittle(bytes, copied.event.common.rule.policy.value());
    AppendLittle(bytes, copied.event.common.rule.version);
    AppendLittle(bytes, std::uint32_t{0});
    bytes += payload;
  }
  return bytes;
}

std::optional<std::vector<CopiedEvent>> DecodeCopy(const schema::KindTable& kinds,
                                                   const schema::NameReader& names,
                                                   const Event& reversal, Arena& arena) {
  const auto& fact = reversal.As<schema::EntryReversed>();
  std::vector<CopiedEvent> events;
  for (ByteSpan left = AsBytes(fact.copy); !left.empty();) {
    std::optional<schema::CopiedBytes> copied = schema::TakeCopied(left, kinds);
    if (!copied || !copied->exact) return std::nullopt;
    Event& event = copied->head.event;
    event.payload = PayloadOf(*event.kind, names, copied->payload, arena);
    if (event.payload == nullptr) return std::nullopt;
    events.push_back(copied->head);
  }
  if (!IsWhole(fact, events)) return std::nullopt;
  return events;
}

}  // namespace suanpan::rules
