// Figures of policies, services and points (tests/support/opinion/figures.h).

#include <fmt/format.h>

#include "support/state_figures.h"
#include "support/state_figures_parts.h"

namespace suanpan::test {
namespace {

using opinion::Figures;
using rules::BookState;

std::string Of(Date date) { return date == Date{} ? "-" : ToText(date); }
std::string_view Of(const BookState& state, NameId id) {
  return id == NameId{} ? std::string_view{"-"} : state.names.TextOf(id);
}

void Policies(const BookState& state, Figures& figures) {
  for (const auto* pair : state.proposals.Sorted()) {
    const schema::PolicyProposed& policy = pair->second.text->value();
    figures[fmt::format("proposal {}", schema::ToText(pair->first))] =
        fmt::format("{} {} {} {} {}", Of(state, policy.policy),
                    schema::kPolicyTypeWords[policy.policy_type - 1U], policy.version,
                    Of(policy.applies_from), Of(state, pair->second.author));
  }
  for (const rules::PolicyVersion& version : state.policies) {
    const schema::PolicyProposed& policy = version.value();
    const rules::PolicyKey key = rules::KeyOf(policy);
    const bool about_action = policy.type() == schema::PolicyType::kApproval;
    const std::string_view about =
        about_action ? schema::kApprovalActionWords[static_cast<std::size_t>(key.action) - 1U]
                     : Of(state, key.scheme);
    figures[fmt::format("policy {} {} {}", schema::kPolicyTypeWords[policy.policy_type - 1U], about,
                        policy.version)] =
        fmt::format("{} {} {}", Of(state, policy.policy), Of(policy.applies_from),
                    schema::ToText(version.adopted));
  }
}

std::string StepsOf(std::uint8_t steps) {
  std::string text;
  for (std::size_t i = 0; i < std::size(schema::kAttestStepWords); ++i) {
    if ((steps >> i & 1U) != 0)
      text += (text.empty() ? "" : ",") + std::string{schema::kAttestStepWords[i]};
  }
  return text.empty() ? "-" : text;
}

void Services(const BookState& state, Figures& figures) {
  for (const auto* pair : state.pending.Sorted()) {
    const rules::PendingService& s = pair->second;
    figures[fmt::format("pending {}", schema::ToText(pair->first))] = fmt::format(
        "{} {} {} {} {} {} {} {}", Of(state, s.person), Of(state, s.holder),
        Of(state, s.service_kind),
        schema::kMinutesClassWords[static_cast<std::size_t>(s.minutes_class) - 1U], Of(s.date),
        s.minutes.value(), StepsOf(s.steps), s.quality == 0 ? "-" : std::to_string(s.quality));
  }
  const auto carry = [&state](const rules::CarryKey& key) {
    return fmt::format("{} {} {}", Of(state, key.person), Of(state, key.scheme),
                       Of(state, key.service_kind));
  };
  for (const auto* pair : state.carry.Sorted()) {
    if (pair->second.value() != 0)
      figures[fmt::format("carry {}", carry(pair->first))] = std::to_string(pair->second.value());
  }
  for (const auto* pair : state.used_units.Sorted()) {
    if (pair->second.units.value() == 0) continue;
    const std::uint64_t which = pair->first.which;
    const std::string span = pair->first.span == rules::SpanKind::kDay
                                 ? ToText(Date{static_cast<std::uint16_t>(which)})
                             : pair->first.span == rules::SpanKind::kMonth
                                 ? ToText(Month{static_cast<std::uint16_t>(which)})
                                 : schema::ToText(Address::FromPacked(which));
    figures[fmt::format("used {} {}", carry(pair->first.of), span)] =
        std::to_string(pair->second.units.value());
  }
}

void Lots(const BookState& state, Figures& figures) {
  for (const auto* pair : state.lots.Sorted()) {
    for (const rules::Lot& lot : pair->second) {
      if (lot.quantity.value() == 0) continue;
      std::string& figure =
          figures[fmt::format("lot {} {} {}", Of(state, pair->first.scheme),
                              Of(state, pair->first.holder), schema::ToText(lot.lot))];
      figure +=
          fmt::format("{}{} {} {} {} {}", figure.empty() ? "" : " + ", lot.quantity.value(),
                      Of(lot.earned), Of(lot.usable_from), Of(lot.expires), Of(state, lot.person));
    }
  }
}

void Limits(const BookState& state, Figures& figures) {
  for (const auto* pair : state.awards.Sorted()) {
    const rules::AwardKey& key = pair->first;
    figures[fmt::format("award {} {} {} {}", Of(state, key.holder), Of(state, key.scheme),
                        Of(state, key.item), ToText(key.month))] = std::to_string(pair->second);
  }
  for (const auto* pair : state.spent.Sorted()) {
    const rules::SpentKey& key = pair->first;
    figures[fmt::format("spent {} {} {}", Of(state, key.holder.scheme),
                        Of(state, key.holder.holder), ToText(key.day))] =
        std::to_string(pair->second.value());
  }
  for (const auto* pair : state.redeemed.Sorted()) {
    const rules::AwardKey& key = pair->first;
    figures[fmt::format("redeemed {} {} {}", Of(state, key.holder), Of(state, key.scheme),
                        ToText(key.month))] = std::to_string(pair->second.value());
  }
}

void Places(const BookState& state, Figures& figures) {
  for (const auto* pair : state.held_places.Sorted()) {
    const rules::HeldPlace& held = pair->second;
    figures[fmt::format("held {} {}", schema::ToText(pair->first.redemption), pair->first.line)] =
        fmt::format("{} {} {}", Of(state, state.offers[held.offer].name),
                    Of(state, held.beneficiary), held.left.value());
  }
  for (const auto* pair : state.places_of.Sorted()) {
    figures[fmt::format("place-of {} {}", Of(state, pair->first.beneficiary),
                        Of(state, pair->first.offer))] = std::to_string(pair->second.value());
  }
}

}  // namespace

void AddPointsFigures(const BookState& state, Figures& figures) {
  Policies(state, figures);
  Services(state, figures);
  Lots(state, figures);
  Limits(state, figures);
  Places(state, figures);
  for (const rules::CatchUp& job : state.catch_ups) {
    const schema::PolicyProposed& policy = state.policies[job.policy].value();
    figures[fmt::format("job {} {}", Of(state, policy.policy), policy.version)] =
        fmt::format("{} {}", job.last_page.none() ? "-" : schema::ToText(job.last_page),
                    job.done ? "done" : std::to_string(job.next.seq().value()));
  }
  const rules::BookCalendar& calendar = state.calendar.get();
  if (calendar.closed != Date{} || calendar.closing != Date{}) {
    figures["day"] =
        fmt::format("{} {} {}", Of(calendar.closed), Of(calendar.closing), calendar.pages);
  }
}

}  // namespace suanpan::test
