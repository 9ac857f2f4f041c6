#include "suanpan/replay/hours_ledger.h"

#include <algorithm>
#include <tuple>

#include "suanpan/schema/reversal_copy.h"

namespace suanpan::replay {

using schema::AttendanceRecorded;
using schema::EntryReversed;
using schema::MinutesClass;
using schema::PointsGranted;
using schema::ServiceAttested;
using schema::ServiceRecorded;

namespace {

bool IsCredit(const ServiceAttested& fact) {
  return schema::Has(fact.fixed.flags, ServiceAttested::kCredited);
}

std::string ClassText(std::uint8_t minutes_class) {
  const std::size_t index = minutes_class - 1U;
  return index < std::size(schema::kMinutesClassWords)
             ? std::string{schema::kMinutesClassWords[index]}
             : std::string{};
}

}  // namespace

void HoursLedger::OnEvent(const EventContext& context) {
  const Date day = context.event.common.business_day;
  within_ = !window_.Before(day) && !window_.After(day);
  switch (context.event.kind->number) {
    case ServiceRecorded::kKind:
      return Record(context.at, context.event.As<ServiceRecorded>());
    case ServiceAttested::kKind:
      return Attest(context);
    case PointsGranted::kKind:
      return Grant(context);
    case schema::RuleApplied::kKind:
      return Apply(context);
    case schema::SessionHeld::kKind:
      sessions_[context.at] = context.event.As<schema::SessionHeld>().service_kind;
      return;
    case AttendanceRecorded::kKind:
      return Attend(context.event.As<AttendanceRecorded>(), 1);
    case EntryReversed::kKind:
      return TakeBack(context);
    default:
      return;
  }
}

void HoursLedger::Record(Address at, const ServiceRecorded& fact) {
  pending_[at] = {fact.fixed.person, fact.fixed.holder, 0, fact.fixed.service_kind};
}

void HoursLedger::Attest(const EventContext& context) {
  const auto& fact = context.event.As<ServiceAttested>();
  if (!IsCredit(fact)) return;
  const auto found = pending_.find(fact.fixed.service);
  if (found == pending_.end()) return;  // the replay has applied it, so that it is there
  Key key = found->second;
  key.minutes_class = fact.fixed.minutes_class;
  pending_.erase(found);
  constexpr auto kUsual = static_cast<std::uint8_t>(MinutesClass::kService);
  if (key.minutes_class != kUsual) classes_[context.at] = key.minutes_class;
  cause_ = {context.at, {key}};
  Credit(key, fact, 1);
}

void HoursLedger::Grant(const EventContext& context) {
  const Address cause{context.at.seq(),
                      static_cast<std::uint16_t>(context.event.common.cause - 1U)};
  const bool of_service = context.event.common.cause != 0 && cause == cause_.at;
  if (!of_service || cause_.keys.empty()) return;
  Count(cause_.keys.front(), context.event.As<PointsGranted>(), 1);
  if (cause_.each) cause_.keys.erase(cause_.keys.begin());
}

std::uint8_t HoursLedger::ClassOf(Address attestation) const {
  const auto found = classes_.find(attestation);
  return found == classes_.end() ? static_cast<std::uint8_t>(MinutesClass::kService)
                                 : found->second;
}

void HoursLedger::Apply(const EventContext& context) {
  cause_ = {context.at, {}, true};
  const auto& fact = context.event.As<schema::RuleApplied>();
  const std::optional<std::uint32_t> policy =
      context.state.IndexOf(fact.rule, rules::Role::kPolicy);
  const bool earning =
      policy && *policy < context.state.policies.size() &&
      context.state.policies[*policy].value().type() == schema::PolicyType::kEarning;
  if (!earning) return;  // deeds are nobody's hours
  for (const schema::CaughtRow& row : fact.rows) {
    const bool more = row.other_units != schema::kTrue && row.counted > row.old_counted;
    if (row.granted.value() <= 0 && !more) continue;
    cause_.keys.push_back({row.person, row.holder, ClassOf(row.source), row.of});
  }
}

void HoursLedger::Attend(const AttendanceRecorded& fact, int sign) {
  if (!within_) return;
  const auto session = sessions_.find(fact.session);
  const NameId kind = session == sessions_.end() ? NameId{} : session->second;
  for (const schema::AttendanceRow& row : fact.rows) {
    if (static_cast<schema::AttendanceRole>(row.role) != schema::AttendanceRole::kTrainee) continue;
    Row& trained =
        rows_[{row.person, {}, static_cast<std::uint8_t>(MinutesClass::kTraining), kind}];
    trained.services += sign;
    trained.minutes += sign * row.minutes.wide();
  }
}

void HoursLedger::TakeBack(const EventContext& context) {
  const auto& fact = context.event.As<EntryReversed>();
  const bool service =
      fact.fixed.kind == ServiceRecorded::kKind || fact.fixed.kind == ServiceAttested::kKind;
  if (!service && fact.fixed.kind != AttendanceRecorded::kKind) return;
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds_, arena);
  if (!events) return;
  if (!service) return Attend(events->front().event.As<AttendanceRecorded>(), -1);
  Key key;
  for (const schema::CopiedEvent& copied : *events) {
    if (copied.event.kind->number == ServiceRecorded::kKind) {
      const auto& recorded = copied.event.As<ServiceRecorded>();
      key = {recorded.fixed.person, recorded.fixed.holder, key.minutes_class,
             recorded.fixed.service_kind};
      if (copied.kept) {
        Record(copied.at, recorded);  // it waits again
      } else {
        pending_.erase(copied.at);
      }
    } else if (copied.event.kind->number == ServiceAttested::kKind && !copied.kept) {
      key.minutes_class =
          std::max(key.minutes_class, copied.event.As<ServiceAttested>().fixed.minutes_class);
    }
  }
  cause_ = {context.at, {key}};
  for (const schema::CopiedEvent& copied : *events) {
    if (copied.kept) continue;
    if (copied.event.kind->number == ServiceAttested::kKind)
      Credit(key, copied.event.As<ServiceAttested>(), -1);
    if (copied.event.kind->number == PointsGranted::kKind)
      Count(key, copied.event.As<PointsGranted>(), -1);
  }
}

void HoursLedger::Credit(const Key& key, const ServiceAttested& fact, int sign) {
  if (!within_ || !IsCredit(fact)) return;
  Row& row = rows_[key];
  row.services += sign;
  row.minutes += sign * fact.fixed.credited.wide();
}

void HoursLedger::Count(const Key& key, const PointsGranted& grant, int sign) {
  if (!within_) return;
  Row& row = rows_[key];
  row.counted[grant.fixed.scheme] += sign * grant.fixed.counted.wide();
  row.granted[grant.fixed.scheme] += sign * grant.fixed.points.wide();
}

std::vector<HoursStatement> HoursLedger::Statements(const rules::BookState& state) const {
  std::vector<HoursStatement> statements;
  const auto text = [&state](NameId name) { return std::string{state.names.TextOf(name)}; };
  const auto is_zero = [](const auto& units) { return units.second == 0; };
  for (const auto& [key, row] : rows_) {
    const bool nothing = row.services == 0 && row.minutes == 0 &&
                         std::ranges::all_of(row.counted, is_zero) &&
                         std::ranges::all_of(row.granted, is_zero);
    if (nothing) continue;  // all of it was taken back
    HoursStatement line{text(key.person),
                        text(key.holder),
                        ClassText(key.minutes_class),
                        text(key.service_kind),
                        row.services,
                        row.minutes,
                        {},
                        {}};
    for (const auto& [scheme, units] : row.counted) line.counted[text(scheme)] = units;
    for (const auto& [scheme, points] : row.granted) line.granted[text(scheme)] = points;
    statements.push_back(std::move(line));
  }
  std::ranges::sort(statements, {}, [](const HoursStatement& line) {
    return std::tie(line.person, line.household, line.service_class, line.service_kind);
  });
  return statements;
}

}  // namespace suanpan::replay
