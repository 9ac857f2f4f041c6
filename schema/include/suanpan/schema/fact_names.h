#pragma once

// The names of all kinds of facts of the catalogue (events.md 3), whether this program has them yet
// or not: a policy may say who records a fact before there is one. Permanent, in order of number.

#include <algorithm>
#include <string_view>

namespace suanpan::schema {

inline constexpr std::string_view kFactNames[] = {
    "book.opened",         "party.registered",     "place.registered",   "register.closed",
    "relation.started",    "relation.ended",       "code.defined",       "matter.opened",
    "figure.stated",       "document.filed",       "subject.erased",     "policy.proposed",
    "policy.adopted",      "rule.applied",         "agreement.signed",   "decision.recorded",
    "approval.given",      "disclosure.published", "finding.noted",      "sale.recorded",
    "refund.recorded",     "cost.recorded",        "statement.received", "settlement.closed",
    "due.waived",          "fund.opened",          "restriction.set",    "funds.received",
    "spending.requested",  "money.paid",           "fund.transferred",   "advance.settled",
    "milestone.accepted",  "grant.applied",        "grant.awarded",      "grant.reported",
    "goods.received",      "goods.issued",         "goods.counted",      "journal.posted",
    "order.placed",        "order.moved",          "custody.passed",     "session.held",
    "attendance.recorded", "service.recorded",     "service.attested",   "slot.scheduled",
    "slot.marked",         "assessment.recorded",  "points.awarded",     "points.deducted",
    "points.moved",        "offer.opened",         "redemption.made",    "place.marked",
    "day.closed",          "period.closed",        "entry.reversed"};

[[nodiscard]] inline bool IsFactName(std::string_view name) {
  return std::ranges::find(kFactNames, name) != std::ranges::end(kFactNames);
}

}  // namespace suanpan::schema
