#include "src/terms/reversals.h"

#include <algorithm>

#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::audit {

using schema::EntryReversed;
using schema::Event;
using schema::ToText;

std::optional<const Event*> Reversals::Find(Address at, Address named) {
  if (named >= at) return nullptr;
  const Result<const Event*> found = entries_.Find(named);
  if (found.ok()) return *found;
  findings_.Doubt(
      kV7, "reversal_copy", at.seq().value(),
      fmt::format("event {} cannot be read again: {}", ToText(named), found.error().message()));
  return std::nullopt;
}

void Reversals::CheckReplaces(Address at, const Event& event) {
  if (event.common.replaces.none()) return;
  const auto gone = gone_.find(event.common.replaces);
  const bool fits = gone != gone_.end() && gone->second.kind == event.kind->number;
  if (!fits) {
    Fail(at, "replaces",
         fmt::format("it replaces {}, which is no {} that was taken back",
                     ToText(event.common.replaces), event.kind->name));
    return;
  }
  if (gone->second.replaced) {
    Fail(at, "replaces",
         fmt::format("{} is replaced a second time", ToText(event.common.replaces)));
  }
  gone->second.replaced = true;
}

void Reversals::CheckSale(Address at, Address sale) {
  if (sale.none() || !gone_.contains(sale)) return;
  Fail(at, "sale_reversed", fmt::format("sale {} was taken back before", ToText(sale)));
}

void Reversals::CheckCopy(Address at, const Undone& undone) {
  const std::optional<const Event*> found = Find(at, undone.at);
  if (!found) return;
  const Event* named = *found;
  if (named == nullptr) {
    return Fail(at, "reversal_copy",
                fmt::format("{} is no event recorded before", ToText(undone.at)));
  }
  std::string stored;
  std::string copied;
  named->kind->encode(named->payload, tables_, stored);
  undone.event.kind->encode(undone.event.payload, tables_, copied);
  const schema::EventCommon& common = undone.event.common;
  const bool same = named->kind == undone.event.kind && stored == copied &&
                    named->common.business_day == common.business_day &&
                    named->common.actor == common.actor &&
                    named->common.rule.policy == common.rule.policy &&
                    named->common.rule.version == common.rule.version;
  if (same) return;
  Fail(at, "reversal_copy",
       fmt::format("the copy of {} is another event than the log has there", ToText(undone.at)));
}

void Reversals::CheckDerived(Address at, const Undone& fact, std::size_t& next) {
  for (unsigned line = fact.at.line() + 1U; line < 0xffffU; ++line) {
    const Address derived{fact.at.seq(), static_cast<std::uint16_t>(line)};
    const Event* event = Find(at, derived).value_or(nullptr);
    if (event == nullptr || event->common.cause != fact.at.line() + 1U) return;
    if (event->kind->number == schema::DonationAccrued::kKind) continue;  // another one follows
    if (next < undone_.size() && !undone_[next].kept && undone_[next].at == derived) {
      ++next;
      continue;
    }
    return Fail(at, "reversal_copy",
                fmt::format("{} came of {} and is not taken back with it", ToText(derived),
                            ToText(fact.at)));
  }
}

void Reversals::CheckOnce(Address at, const Undone& undone) {
  if (gone_.emplace(undone.at, Gone{undone.event.kind->number}).second) return;
  Fail(at, "already_reversed", fmt::format("{} is taken back a second time", ToText(undone.at)));
}

void Reversals::CheckRefs(Address at, const Event& reversal) {
  const auto needs = [](const Undone& undone) {
    if (undone.event.kind->number == schema::CodeDefined::kKind) return undone.kept;
    return !undone.kept && undone.event.kind->number == schema::ServiceAttested::kKind &&
           schema::Has(undone.event.As<schema::ServiceAttested>().fixed.flags,
                       schema::ServiceAttested::kCredited);
  };
  if (undone_.empty() || undone_[0].event.kind->number == schema::ServiceAttested::kKind) return;
  for (const Undone& undone : undone_) {
    if (!needs(undone)) continue;
    const auto& refs = reversal.common.refs;
    if (std::ranges::find(refs, undone.at) != refs.end()) continue;
    Fail(at, "refs", fmt::format("it does not name {}, which goes with it", ToText(undone.at)));
  }
}

const std::vector<Undone>& Reversals::Take(Address at, const Event& event) {
  undone_.clear();
  CheckReplaces(at, event);
  if (event.kind->number == schema::RefundRecorded::kKind)
    CheckSale(at, event.As<schema::RefundRecorded>().fixed.sale);
  if (event.kind->number == schema::CostRecorded::kKind)
    CheckSale(at, event.As<schema::CostRecorded>().fixed.sale);
  if (event.kind->number != EntryReversed::kKind) return undone_;
  arena_.Reset();
  if (auto copy = schema::ReadCopy(event.As<EntryReversed>(), kinds_, arena_))
    undone_ = *std::move(copy);
  for (std::size_t next = 0; next < undone_.size();) {
    const Undone fact = undone_[next++];
    CheckCopy(at, fact);
    if (fact.kept) continue;
    CheckOnce(at, fact);
    if (fact.event.kind->origin != schema::Origin::kFact) continue;
    const std::size_t first = next;
    CheckDerived(at, fact, next);
    for (std::size_t i = first; i < next; ++i) {
      CheckCopy(at, undone_[i]);
      CheckOnce(at, undone_[i]);
    }
  }
  CheckRefs(at, event);
  return undone_;  // that none of it is missing is found in the replay
}

}  // namespace suanpan::audit
