// What reversals do to services and their attestations (events.md 4.5, 4.10).

#include <algorithm>

#include "src/kinds/catch_up/page.h"
#include "src/kinds/orders/orders.h"
#include "src/kinds/points/grants.h"
#include "src/kinds/points/service.h"
#include "src/kinds/points/undo.h"
#include "src/kinds/sessions/sessions.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::OrderState;
using schema::PointsGranted;
using schema::ServiceAttested;
using schema::ServiceRecorded;

bool IsCredited(const ServiceAttested& fact) {
  return Has(fact.fixed.flags, ServiceAttested::kCredited);
}

/// The attestations of a service from one back to its first.
void AddChain(DecideContext& context, Address last, std::vector<Address>& chain) {
  for (Address at = last; !at.none();) {
    const Event* event = context.old_events.Find(at);
    if (event == nullptr || event->kind->number != ServiceAttested::kKind) return;
    chain.push_back(at);
    at = event->As<ServiceAttested>().fixed.previous;
  }
}

/// The attestation that credited a service, which the reversal must name among its refs: the state
/// does not remember services that are done.
Address CreditedBy(DecideContext& context, const CopiedEvent& was, const Event& reversal) {
  for (const Address address : reversal.common.refs) {
    const Event* event = context.old_events.Find(address);
    if (event == nullptr || event->kind->number != ServiceAttested::kKind) continue;
    const auto& fact = event->As<ServiceAttested>();
    if (fact.fixed.service == was.at && IsCredited(fact) &&
        context.state.reversed.Find(address) == nullptr) {
      return address;
    }
  }
  return {};
}

/// The service that a reversal is about, and it with all attestations that stay.
struct Rebuilt {
  Address at;
  PendingService service;
};
Rebuilt Rebuild(const BookState& state, const CopiedEvent& recorded,
                std::span<const CopiedEvent> attestations) {
  Rebuilt rebuilt{recorded.at, Recorded(state, recorded.event.As<ServiceRecorded>(),
                                        recorded.event.common.business_day)};
  for (auto it = attestations.rbegin(); it != attestations.rend(); ++it) {
    if (it->event.kind->number == ServiceAttested::kKind)
      rebuilt.service = With(rebuilt.service, it->at, it->event.As<ServiceAttested>());
  }
  return rebuilt;
}

/// The service as it was credited: recorded, with what was attested up to the crediting one.
PendingService CreditedService(const BookState& state, const Undoing& undoing) {
  if (undoing.was.event.kind->number == ServiceRecorded::kKind)
    return Rebuild(state, undoing.was, undoing.cascade).service;
  const PendingService before =
      Rebuild(state, undoing.kept.front(), undoing.kept.subspan(1)).service;
  return With(before, undoing.was.at, undoing.was.event.As<ServiceAttested>());
}

/// The rule that a grant was made by: not the one in force, which may count otherwise by now.
std::optional<EarningRule> RuleOf(const BookState& state, const CopiedEvent& grant,
                                  NameId service_kind) {
  const schema::PolicyProposed* policy = VersionOf(state, grant.event.common.rule);
  if (policy == nullptr || policy->type() != schema::PolicyType::kEarning) return std::nullopt;
  const schema::EarningItem* item =
      FindItem(policy->earning.items, &schema::EarningItem::service_kind, service_kind);
  if (item == nullptr) return std::nullopt;
  return EarningRule{policy, item};
}

/// What was counted is not counted any more.
Status Uncount(BookState& state, const Undoing& undoing) {
  const PendingService service = CreditedService(state, undoing);
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != PointsGranted::kKind) continue;
    const auto& grant = copied.event.As<PointsGranted>().fixed;
    const std::optional<EarningRule> rule = RuleOf(state, copied, service.service_kind);
    const Crediting crediting{{}, service, {}};
    if (!rule || !AddCount(state, crediting, *rule, Quantity{-grant.counted.value()}))
      return Contradiction("a grant is taken back that no policy made");
  }
  return {};
}

/// What a service was granted in a scheme: at once, and by policies that reach back, the last of
/// which says at what rate.
struct Granted {
  NameId scheme;
  std::optional<EarningRule> rule{};
  Wide counted = 0;
  Wide points = 0;
};
Granted GrantedIn(const BookState& state, const Undoing& undoing, NameId scheme,
                  NameId service_kind) {
  Granted granted{scheme};
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != PointsGranted::kKind) continue;
    const auto& grant = copied.event.As<PointsGranted>().fixed;
    if (grant.scheme != scheme) continue;
    granted.counted += grant.counted.wide();
    granted.points += grant.points.wide();
    granted.rule = RuleOf(state, copied, service_kind);
  }
  return granted;
}

/// Points that those who stay counted are entitled to beyond what was granted to them: the one that
/// the floor shifts, or none. More than that comes of rates that differed, and is nobody's.
Wide DifferenceOf(const BookState& state, const PendingService& service, const Granted& granted) {
  const std::optional<EarningRule>& rule = granted.rule;
  const bool cumulative = rule && static_cast<schema::EarningRounding>(rule->item->rounding) ==
                                      schema::EarningRounding::kCumulative;
  if (!cumulative) return 0;
  const Quantity* left = state.carry.Find({service.person, granted.scheme, service.service_kind});
  const Wide now = left == nullptr ? 0 : left->wide();
  const auto points = [&](Wide units) {
    return FloorMulDiv(rule->item->rate.n, units, rule->item->rate.m);
  };
  const Wide shifted = points(now) - (points(now + granted.counted) - granted.points);
  return std::clamp<Wide>(shifted, -1, 1);
}

void CancelGrants(DecideContext& context, const Event& reversal, const Undoing& undoing,
                  std::vector<Event>& derived) {
  const PendingService service = CreditedService(context.state, undoing);
  std::vector<NameId> schemes;  // the carry's difference comes with the first grant of each
  for (const CopiedEvent& copied : undoing.cascade) {
    if (copied.event.kind->number != PointsGranted::kKind) continue;
    const auto& grant = copied.event.As<PointsGranted>();
    const NameId scheme = grant.fixed.scheme;
    const bool first = std::ranges::find(schemes, scheme) == schemes.end();
    const Wide difference =
        first ? DifferenceOf(context.state, service,
                             GrantedIn(context.state, undoing, scheme, service.service_kind))
              : 0;
    AddCancelled(context, reversal, {copied.at, grant, difference}, derived);
    schemes.push_back(scheme);
  }
}

}  // namespace

Verdict ServiceRecordedRule::Cascade(DecideContext& context, const CopiedEvent& was,
                                     const Event& reversal, std::vector<Address>& more,
                                     std::vector<Address>&) {
  const PendingService* pending = context.state.pending.Find(was.at);
  if (pending != nullptr) {
    AddChain(context, pending->attested, more);
    return std::nullopt;
  }
  const Address credited = CreditedBy(context, was, reversal);
  if (credited.none()) return HasDependants("its attestation goes with it: name that in refs");
  AddChain(context, credited, more);
  AddCaughtUp(context, schema::PolicyType::kEarning, credited, more);
  return std::nullopt;
}

Verdict ServiceRecordedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Order* order = state.orders.Find(undoing.was.event.As<Fact>().fixed.order);
  if (order != nullptr && order->ratings != 0) return HasDependants("a rating of its order");
  const bool pending = state.pending.Find(undoing.was.at) != nullptr;
  const bool credited = !undoing.cascade.empty() &&
                        undoing.cascade.front().event.kind->number == ServiceAttested::kKind &&
                        IsCredited(undoing.cascade.front().event.As<ServiceAttested>());
  return pending != credited ? TestRemembered(state, undoing)
                             : Verdict{HasDependants("it is not there any more")};
}

Status ServiceRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const Address order = undoing.was.event.As<Fact>().fixed.order;
  ShiftOrder(state, order, OrderState::kConfirmed, OrderState::kDone);
  ShiftOrder(state, order, OrderState::kDone, OrderState::kTaken);
  const Address session = undoing.was.event.As<Fact>().fixed.session;
  const Date recorded_on = undoing.was.event.common.business_day;
  SUANPAN_RETURN_IF_ERROR(CountServiceAt(state, session, recorded_on, -1));
  if (state.pending.Find(undoing.was.at) != nullptr) {
    state.pending.Erase(undoing.was.at);
    return {};
  }
  return Uncount(state, undoing);
}

Verdict ServiceRecordedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                        const Undoing& undoing, std::vector<Event>& derived) {
  CancelGrants(context, reversal, undoing, derived);
  return std::nullopt;
}

Verdict ServiceAttestedRule::Cascade(DecideContext& context, const CopiedEvent& was, const Event&,
                                     std::vector<Address>& more, std::vector<Address>& kept) {
  const auto& fact = was.event.As<Fact>();
  if (IsCredited(fact)) AddCaughtUp(context, schema::PolicyType::kEarning, was.at, more);
  kept.push_back(fact.fixed.service);
  AddChain(context, fact.fixed.previous, kept);
  return std::nullopt;
}

Verdict ServiceAttestedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const PendingService* pending = state.pending.Find(fact.fixed.service);
  const bool last = IsCredited(fact) ? pending == nullptr
                                     : pending != nullptr && pending->attested == undoing.was.at;
  if (!last) return HasDependants("a later attestation of the service");
  const bool known = !undoing.kept.empty() && undoing.kept.front().at == fact.fixed.service &&
                     undoing.kept.front().event.kind->number == ServiceRecorded::kKind;
  return known ? TestRemembered(state, undoing)
               : Verdict{HasDependants("its service is not known")};
}

Status ServiceAttestedRule::Undo(BookState& state, const Undoing& undoing) {
  if (IsCredited(undoing.was.event.As<Fact>())) {
    SUANPAN_RETURN_IF_ERROR(Uncount(state, undoing));
    const auto& service = undoing.kept.front().event.As<ServiceRecorded>();
    ShiftOrder(state, service.fixed.order, OrderState::kConfirmed, OrderState::kDone);
  }
  const Rebuilt rebuilt = Rebuild(state, undoing.kept.front(), undoing.kept.subspan(1));
  state.pending.Set(rebuilt.at, rebuilt.service);
  return {};
}

Verdict ServiceAttestedRule::DeriveUndo(DecideContext& context, const Event& reversal,
                                        const Undoing& undoing, std::vector<Event>& derived) {
  if (IsCredited(undoing.was.event.As<Fact>())) CancelGrants(context, reversal, undoing, derived);
  return std::nullopt;
}

}  // namespace suanpan::rules
