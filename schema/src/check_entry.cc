// What an entry must be beyond its bytes: ranges of fields, and each event in its place.

#include <algorithm>

#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/needed_approval.h"

namespace suanpan::schema {
namespace {

template <class... Args>
Status Wrong(fmt::format_string<Args...> format, Args&&... args) {
  return MakeError(StatusCode::kCorruption, format, std::forward<Args>(args)...);
}

Status CheckHead(const EntryCommon& common, const NameReader& names) {
  if (common.recorded_at.value() < 0) return Wrong("recorded_at lies before 1970");
  if (common.key.form == KeyForm::kEngine) return {};
  if (!IsRef(names.TextOf(common.source))) {
    return Wrong("source {} is no ref", common.source.value());
  }
  if (common.key.form == KeyForm::kStream && !IsRef(names.TextOf(common.key.stream))) {
    return Wrong("stream {} is no ref", common.key.stream.value());
  }
  return {};
}

/// The recorded business date is the date of the instant at some offset, so at most one day off.
Status CheckTimes(const EventCommon& common) {
  if (!OffsetIsGood(common.occurred.zone_quarters)) return Wrong("occurred_at: offset");
  const unsigned day = common.business_day.value();
  const unsigned occurred = common.occurred.seconds / 86'400U;
  if (day == 0 || day > occurred + 1 || day + 1 < occurred) return Wrong("business_date");
  if (!PeriodIsGood(common.period)) return Wrong("period");
  return {};
}

Status CheckFact(const Event& event) {
  const EventCommon& common = event.common;
  if (common.cause != 0 || !common.cause_address.none()) return Wrong("a fact with a cause");
  if (common.rule.policy.value() != 0) return Wrong("a fact with a rule");
  if (LacksApproval(*event.kind, common)) {
    return Wrong("approval: {}", ToText(RefusalCode::missing_field));
  }
  return {};
}

Status CheckDerived(std::span<const Event> events, const Event& event, const NameReader& names) {
  const EventCommon& common = event.common;
  if (common.actor.value() != 0) return Wrong("a derived event with an actor");
  const bool outside = !common.cause_address.none();
  if ((common.cause != 0) == outside) return Wrong("a derived event without exactly one cause");
  if (outside && !AddressIsStored(common.cause_address)) return Wrong("cause: no address");
  if (!outside && OriginOf(events[common.cause - 1U]) != Origin::kFact) {
    return Wrong("its cause is no fact");
  }
  if (common.rule.policy.value() != 0 && !IsRef(names.TextOf(common.rule.policy))) {
    return Wrong("rule: policy {} is no ref", common.rule.policy.value());
  }
  return {};
}

Status CheckLogEvent(std::span<const Event> events, std::size_t line) {
  const EventCommon& common = events[line].common;
  const EventCommon& first = events.front().common;
  if (common.actor.value() != 0 || common.cause != 0 || common.HasTail()) {
    return Wrong("an event of the log's own with an actor, cause or tail");
  }
  if (common.occurred != first.occurred || common.business_day != first.business_day ||
      common.period != first.period) {
    return Wrong("an event of the log's own with times of its own");
  }
  const bool last =
      std::all_of(events.begin() + static_cast<std::ptrdiff_t>(line), events.end(),
                  [](const Event& later) { return later.kind->origin == Origin::kLog; });
  return last ? Status{} : Wrong("an event of the log's own before a fact");
}

Status CheckFields(const Event& event, const NameReader& names) {
  FieldValidator validator{names, FieldValidator::Of::kStored};
  if (OriginOf(event) == Origin::kFact) {
    EventCommon::Describe(validator, event.common);
  } else {
    EventCommon::DescribeTail(validator, event.common);
  }
  event.kind->validate(validator, event.payload);
  if (!validator.fault()) return {};
  return Wrong("{}: {}", validator.fault()->field, ToText(validator.fault()->code));
}

Status CheckEvent(std::span<const Event> events, std::size_t line, const NameReader& names) {
  const Event& event = events[line];
  switch (OriginOf(event)) {
    case Origin::kFact:
      SUANPAN_RETURN_IF_ERROR(CheckFact(event));
      break;
    case Origin::kDerived:
      SUANPAN_RETURN_IF_ERROR(CheckDerived(events, event, names));
      break;
    case Origin::kLog:
      SUANPAN_RETURN_IF_ERROR(CheckLogEvent(events, line));
      break;
  }
  SUANPAN_RETURN_IF_ERROR(CheckTimes(event.common));
  return CheckFields(event, names);
}

}  // namespace

bool EventCommon::HasTail() const {
  return doc_series.value() != 0 || !evidence.empty() || !refs.empty() || summary.value() != 0 ||
         note_commit || !replaces.none() || !supplements.none() || !approval.none() ||
         irregular != 0 || !cause_address.none() || rule.policy.value() != 0;
}

Status CheckEntry(const EntryView& entry, const NameReader& names) {
  SUANPAN_RETURN_IF_ERROR(CheckHead(entry.common, names));
  std::size_t facts = 0;
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    facts += OriginOf(entry.events[line]) == Origin::kFact ? 1U : 0U;
    SUANPAN_RETURN_IF_ERROR(CheckEvent(entry.events, line, names), fmt::format("line {}", line));
  }
  if (facts > kFactsMax) return Wrong("{} facts", facts);
  return {};
}

}  // namespace suanpan::schema
