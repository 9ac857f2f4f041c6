#include "src/kinds/points/service.h"

#include <algorithm>
#include <cstring>

#include "src/kinds/lapsing.h"
#include "src/kinds/orders/orders.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/points/grants.h"
#include "src/kinds/sessions/sessions.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/relations.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::rules {
namespace {

using schema::MinutesClass;
using schema::OrderState;
using schema::ServiceAttested;
using schema::ServiceClass;
using schema::ServiceRecorded;

/// Hours brought in from before the book are a service of this kind, and need an approval.
constexpr std::string_view kOpeningKind = "opening";

bool IsOpening(const BookState& state, const ServiceRecorded& fact) {
  return state.names.TextOf(fact.fixed.service_kind) == kOpeningKind;
}

MinutesClass ClassOf(const BookState& state, const ServiceRecorded& fact) {
  if (IsOpening(state, fact)) return MinutesClass::kOpening;
  return fact.service_class() == ServiceClass::kDuty ? MinutesClass::kDuty : MinutesClass::kService;
}

/// Whose points a service earns where the fact does not say: a member of an alliance on duty
/// itself, anybody else the household.
NameId DefaultHolder(const BookState& state, const ServiceRecorded& fact, Date date) {
  const NameId person = fact.fixed.person;
  const bool on_duty = fact.service_class() == ServiceClass::kDuty;
  if (on_duty && PartyTypeOf(state, person) == schema::PartyType::kMember)
    return IsClosed(state, person, date) ? NameId{} : person;
  const NameId household = HouseholdOf(state, person, date);
  const bool earns = state.erased.Find(household) == nullptr && !IsClosed(state, household, date);
  return earns ? household : NameId{};
}

Verdict TestHolder(const BookState& state, ServiceRecorded& fact, Date date) {
  if (!Has(fact.fixed.flags, ServiceRecorded::kHolderStated)) {
    fact.fixed.holder = DefaultHolder(state, fact, date);
    return std::nullopt;
  }
  const NameId holder = fact.fixed.holder;
  const bool own = holder == fact.fixed.person;
  if (!own && !MembershipOf(state, fact.fixed.person, holder, date)) {
    return Refuse(RefusalCode::not_member, "holder")
        .With("person", std::string{state.names.TextOf(fact.fixed.person)});
  }
  return TestOpen(state, holder, date, "holder");
}

std::int64_t SpanOf(const ServiceRecorded& fact) {
  return MinutesBetween(fact.fixed.from, fact.fixed.to);
}

Verdict TestBeneficiaries(const ServiceRecorded& fact) {
  for (std::size_t i = 1; i < fact.beneficiaries.size(); ++i) {
    const auto before = fact.beneficiaries.first(i);
    if (std::ranges::find(before, fact.beneficiaries[i]) != before.end()) {
      return Refuse(RefusalCode::bad_field, fmt::format("beneficiaries[{}]", i))
          .With("reason", "named twice");
    }
  }
  return std::nullopt;
}

Verdict TestNamed(DecideContext& context, const ServiceRecorded& fact) {
  const auto named = [&](Address address, std::uint16_t kind, std::string_view field) -> Verdict {
    const Event* event = nullptr;
    return address.none() ? Verdict{} : MustStand(context, address, kind, field, event);
  };
  if (Verdict refusal = named(fact.fixed.order, schema::OrderPlaced::kKind, "order"))
    return refusal;
  if (Verdict refusal = named(fact.fixed.session, schema::SessionHeld::kKind, "session"))
    return refusal;
  return named(fact.fixed.slot, schema::SlotScheduled::kKind, "slot");
}

constexpr std::uint8_t BitOf(std::uint8_t step) {
  return static_cast<std::uint8_t>(1U << (step - 1U));
}

/// The steps that a service needs; any one where no policy counts it.
bool IsComplete(const BookState& state, const PendingService& service) {
  std::uint8_t needed = 0;
  for (const EarningRule& rule : EarningRulesOf(state, service))
    needed |= rule.policy->earning.attest_steps;
  return (service.steps & needed) == needed;
}

Verdict TestOther(const BookState& state, const Event& event, NameId person) {
  if (person != event.common.actor) return std::nullopt;
  return Refuse(RefusalCode::self_attestation, "actor")
      .With("person", std::string{state.names.TextOf(person)});
}

/// What a stored attestation must not contradict, and a stated one is refused for. The steps of a
/// service that is credited are not known any more: it is not_pending before step_repeated.
Verdict TestAttested(const BookState& state, const Event& event, const ServiceAttested& fact) {
  const PendingService* service = state.pending.Find(fact.fixed.service);
  if (service == nullptr) {
    return Refuse(RefusalCode::not_pending, "service")
        .With("reason", fmt::format("credited already, or entered over {} days ago", kOpenDays));
  }
  if (Verdict refusal = TestOther(state, event, service->person)) return refusal;
  if ((service->steps & BitOf(fact.fixed.step)) != 0)
    return Refuse(RefusalCode::step_repeated, "step");
  const bool raised = Has(fact.fixed.flags, ServiceAttested::kMinutesStated) &&
                      fact.fixed.minutes > service->minutes;
  if (!raised) return std::nullopt;
  return Refuse(RefusalCode::minutes_exceed_span, "minutes")
      .With("minutes", std::to_string(service->minutes.value()));
}

}  // namespace

PendingService Recorded(const BookState& state, const ServiceRecorded& fact, Date date) {
  PendingService service;
  service.person = fact.fixed.person;
  service.holder = fact.fixed.holder;
  service.service_kind = fact.fixed.service_kind;
  service.minutes_class = ClassOf(state, fact);
  service.date = date;
  service.since = std::max(date, SweptTo(state, Lapsing::kPending));
  service.minutes = fact.fixed.minutes;
  service.beneficiaries = Quantity{static_cast<std::int64_t>(fact.beneficiaries.size())};
  service.quantity = fact.fixed.quantity;
  service.order = fact.fixed.order;
  service.session = fact.fixed.session;
  return service;
}

PendingService With(const PendingService& service, Address at, const ServiceAttested& fact) {
  PendingService attested = service;
  attested.attested = at;
  attested.steps |= BitOf(fact.fixed.step);
  if (Has(fact.fixed.flags, ServiceAttested::kMinutesStated)) attested.minutes = fact.fixed.minutes;
  if (fact.fixed.quality != 0) attested.quality = fact.fixed.quality;
  return attested;
}

Verdict ServiceRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  const std::int64_t span = SpanOf(fact);
  if (span < 0) return Refuse(RefusalCode::bad_field, "to").With("reason", "lies before from");
  if (Verdict refusal = TestBeneficiaries(fact)) return refusal;
  if (Verdict refusal = TestNamed(context, fact)) return refusal;
  if (Verdict refusal = TestHolder(state, fact, event.common.business_day)) return refusal;
  if (fact.fixed.minutes.value() > span) {
    return Refuse(RefusalCode::minutes_exceed_span, "minutes")
        .With("minutes", std::to_string(span));
  }
  if (Verdict refusal = TestServed(state, fact.fixed.order, event.common.business_day))
    return refusal;
  if (!IsOpening(state, fact)) return std::nullopt;
  if (event.common.approval.none()) return Refuse(RefusalCode::opening_needs_approval, "approval");
  return TestApproval(state, Approving::Of(event, OpeningOf(fact.fixed.person)),
                      event.common.approval, "approval");
}

Status ServiceRecordedRule::Apply(BookState& state, Address at, const Event& event,
                                  const Fact& fact) {
  if (fact.fixed.minutes.value() > SpanOf(fact))
    return Contradiction("a service of more minutes than it lasted");
  ServiceRecorded told = fact;
  if (TestHolder(state, told, event.common.business_day) || told.fixed.holder != fact.fixed.holder)
    return Contradiction("a service that earns for who is not entitled to it");
  if (TestServed(state, fact.fixed.order, event.common.business_day))
    return Contradiction("a service for an order that nobody took");
  for (const Address named : {fact.fixed.order, fact.fixed.session, fact.fixed.slot}) {
    if (state.reversed.Find(named) != nullptr)
      return Contradiction("a service names what was taken back");
  }
  if (IsOpening(state, fact)) {
    SUANPAN_RETURN_IF_ERROR(UseApproval(state, Approving::Of(event, OpeningOf(fact.fixed.person)),
                                        event.common.approval));
  }
  DropLapsed(state, Lapsing::kPending, event.common.business_day);
  state.pending.Set(at, Recorded(state, fact, event.common.business_day));
  ShiftOrder(state, fact.fixed.order, OrderState::kTaken, OrderState::kDone);
  return CountServiceAt(state, fact.fixed.session, event.common.business_day, 1);
}

Verdict ServiceAttestedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal =
          MustName(context, fact.fixed.service, ServiceRecorded::kKind, "service", named)) {
    return refusal;
  }
  const NameId person = named->As<ServiceRecorded>().fixed.person;
  if (Verdict refusal = TestOther(context.state, event, person)) return refusal;
  if (Verdict refusal = TestAttested(context.state, event, fact)) return refusal;
  const PendingService& service = *context.state.pending.Find(fact.fixed.service);
  const PendingService attested = With(service, context.at, fact);
  fact.fixed.previous = service.attested;
  if (!IsComplete(context.state, attested)) return std::nullopt;
  fact.fixed.person = attested.person;
  fact.fixed.minutes_class = static_cast<std::uint8_t>(attested.minutes_class);
  fact.fixed.flags |= Fact::kCredited;
  fact.fixed.credited = attested.minutes;
  return std::nullopt;
}

Verdict ServiceAttestedRule::Derive(DecideContext& context, const Event& fact,
                                    std::vector<Event>& derived) {
  const BookState& state = context.state;
  const std::optional<Crediting>& crediting = state.crediting.get();
  if (!Has(fact.As<Fact>().fixed.flags, Fact::kCredited)) return std::nullopt;
  for (const EarningRule& rule : EarningRulesOf(state, crediting->of)) {
    const std::optional<Count> count = CountService(state, *crediting, rule);
    if (!count) return Refuse(RefusalCode::amount_overflow);
    const schema::EarningBody& policy = rule.policy->earning;
    Grant grant;
    grant.holder = {policy.scheme, crediting->of.holder};
    grant.person = crediting->of.person;
    grant.points = count->points;
    grant.counted = count->units;
    grant.carry_total = Quantity{count->before.value() + count->units.value()};
    grant.earned = crediting->of.date;
    grant.usable_from = AddDays(grant.earned, policy.usable_after_days);
    grant.reason = schema::GrantReason::kService;
    grant.rule = {rule.policy->policy, rule.policy->version};
    AddGrant(context, fact, grant, derived);
  }
  return std::nullopt;
}

void ServiceAttestedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  if (!Has(fact.fixed.flags, Fact::kCredited) || fact.fixed.minutes_class == 0) return;
  const auto offset = static_cast<std::uint8_t>(fact.fixed.minutes_class - 1U);
  const auto account = [offset](AccountClass first) {
    return static_cast<AccountClass>(static_cast<std::uint8_t>(first) + offset);
  };
  sink.Post({account(AccountClass::kMinutesService), {}, fact.fixed.person, {}},
            fact.fixed.credited);
  sink.PostSum({account(AccountClass::kServedService), {}, {}, {}}, -fact.fixed.credited.wide());
}

Status ServiceAttestedRule::Apply(BookState& state, Address at, const Event& event,
                                  const Fact& fact) {
  if (const Verdict refusal = TestAttested(state, event, fact))
    return Contradiction("an attestation that does not fit: {}", ToText(refusal->code));
  const PendingService service = *state.pending.Find(fact.fixed.service);
  const PendingService attested = With(service, at, fact);
  const bool complete = IsComplete(state, attested);
  ServiceAttested::Fixed expected = fact.fixed;
  expected.flags &= static_cast<std::uint8_t>(~Fact::kCredited);
  if (complete) expected.flags |= Fact::kCredited;
  expected.previous = service.attested;
  expected.person = complete ? attested.person : NameId{};
  expected.minutes_class = complete ? static_cast<std::uint8_t>(attested.minutes_class) : 0;
  expected.credited = complete ? attested.minutes : Minutes{};
  if (std::memcmp(&expected, &fact.fixed, sizeof expected) != 0)
    return Contradiction("an attestation credits something else than its service");
  if (complete) {
    DropLapsed(state, Lapsing::kUsedUnits, event.common.business_day);
    state.pending.Erase(fact.fixed.service);
    if (FindOrder(state, attested.order, event.common.business_day) != nullptr)
      ShiftOrder(state, attested.order, OrderState::kDone, OrderState::kConfirmed);
    // What counted in a cap may be forgotten by now, whatever day the attestation is dated.
    const Date counted_on =
        std::max(event.common.business_day, SweptTo(state, Lapsing::kUsedUnits));
    state.crediting.Edit() = Crediting{fact.fixed.service, attested, counted_on};
  } else {
    state.pending.Set(fact.fixed.service, attested);
  }
  return {};
}

}  // namespace suanpan::rules
