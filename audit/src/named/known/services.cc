#include "src/named/known/services.h"

#include <algorithm>
#include <map>

#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {

using schema::EntryReversed;
using schema::PointsGranted;
using schema::ServiceAttested;
using schema::ServiceRecorded;

namespace {

bool IsCredit(const ServiceAttested& fact) {
  return schema::Has(fact.fixed.flags, ServiceAttested::kCredited);
}

bool MayEarn(std::uint16_t kind) {
  return kind == ServiceRecorded::kKind || kind == ServiceAttested::kKind ||
         kind == schema::PointsAwarded::kKind;
}

/// The recorded service and its attestations in the copy of a reversal, in the order of the log:
/// those that stay alone, or all.
std::optional<KnownService> Rebuilt(std::span<const schema::CopiedEvent> events, bool all) {
  std::optional<KnownService> service;
  for (const schema::CopiedEvent& copied : events) {
    if (copied.event.kind->number != ServiceRecorded::kKind || (!all && !copied.kept)) continue;
    service =
        KnownService::Of(copied.event.As<ServiceRecorded>(), copied.event.common.business_day);
  }
  if (!service) return std::nullopt;
  std::map<Address, const ServiceAttested*> attestations;
  for (const schema::CopiedEvent& copied : events) {
    if (copied.event.kind->number != ServiceAttested::kKind || (!all && !copied.kept)) continue;
    attestations[copied.at] = &copied.event.As<ServiceAttested>();
  }
  for (const auto& [at, fact] : attestations) service = service->With(*fact);
  return service;
}

}  // namespace

KnownService KnownService::Of(const ServiceRecorded& fact, Date day) {
  KnownService service;
  service.person = fact.fixed.person;
  service.holder = fact.fixed.holder;
  service.service_kind = fact.fixed.service_kind;
  service.service_class = static_cast<std::uint8_t>(fact.service_class());
  service.day = day;
  service.minutes = fact.fixed.minutes.wide();
  service.beneficiaries = static_cast<Wide>(fact.beneficiaries.size());
  service.quantity = fact.fixed.quantity.wide();
  service.session = fact.fixed.session;
  service.order = fact.fixed.order;
  return service;
}

KnownService KnownService::With(const ServiceAttested& fact) const {
  KnownService attested = *this;
  if (fact.fixed.step >= 1 && fact.fixed.step <= 8)
    attested.steps |= static_cast<std::uint8_t>(1U << (fact.fixed.step - 1U));
  if (schema::Has(fact.fixed.flags, ServiceAttested::kMinutesStated))
    attested.minutes = fact.fixed.minutes.wide();
  if (fact.fixed.quality != 0) attested.quality = fact.fixed.quality;
  return attested;
}

void Services::Take(Address at, const schema::Event& event, const schema::KindTable& kinds) {
  if (event.kind->number == ServiceRecorded::kKind) {
    waiting_[at] = KnownService::Of(event.As<ServiceRecorded>(), event.common.business_day);
  } else if (event.kind->number == ServiceAttested::kKind) {
    Attest(at, event);
  } else if (event.kind->number == EntryReversed::kKind) {
    TakeBack(event.As<EntryReversed>(), kinds);
  }
}

void Services::Attest(Address at, const schema::Event& event) {
  const auto& fact = event.As<ServiceAttested>();
  const auto found = waiting_.find(fact.fixed.service);
  if (found == waiting_.end()) return;
  found->second = found->second.With(fact);
  if (!IsCredit(fact)) return;
  credited_at_ = at;
  newest_ = std::max(newest_, MonthOf(event.common.business_day));
  credited_ = found->second;
  waiting_.erase(found);
}

void Services::TakeBack(const EntryReversed& fact, const schema::KindTable& kinds) {
  if (fact.fixed.kind == ServiceRecorded::kKind) {
    waiting_.erase(fact.fixed.of);
  } else if (fact.fixed.kind == ServiceAttested::kKind) {
    Arena arena;
    const auto events = schema::ReadCopy(fact, kinds, arena);
    if (!events) return;
    const std::optional<KnownService> service = Rebuilt(*events, false);
    if (!service) return;
    for (const schema::CopiedEvent& copied : *events) {
      if (copied.event.kind->number == ServiceRecorded::kKind) waiting_[copied.at] = *service;
    }
  }
}

const KnownService* Services::Find(Address service) const {
  const auto found = waiting_.find(service);
  return found == waiting_.end() ? nullptr : &found->second;
}

const KnownService* Services::CreditedAt(Address attestation) const {
  return credited_at_ == attestation && !attestation.none() ? &credited_ : nullptr;
}

std::optional<TakenBack> Services::Reversed(const EntryReversed& fact,
                                            const schema::KindTable& kinds) {
  if (!MayEarn(fact.fixed.kind)) return std::nullopt;
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds, arena);
  if (!events) return std::nullopt;
  TakenBack back;
  back.service = Rebuilt(*events, true).value_or(KnownService{});
  for (const schema::CopiedEvent& copied : *events) {
    if (copied.kept) continue;
    if (copied.event.kind->number == PointsGranted::kKind) {
      back.grants.push_back(copied.event.As<PointsGranted>().fixed);
      back.rules.push_back(copied.event.common.rule);
    }
    if (copied.event.kind->number == ServiceAttested::kKind)
      back.credited = back.credited || IsCredit(copied.event.As<ServiceAttested>());
  }
  return back;
}

}  // namespace suanpan::audit
