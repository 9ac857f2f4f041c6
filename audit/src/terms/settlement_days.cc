#include "src/terms/settlement_days.h"

#include <algorithm>

#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/donations.h"

namespace suanpan::audit {

using schema::SettlementClosed;

namespace {

bool IsOver(const Terms& terms, Date settled) {
  return terms.valid_to.value() != 0 && settled >= terms.valid_to;
}

/// The last day of the settlement period that a day lies in.
Date LastDayOfPeriod(schema::Calendar calendar, Date day) {
  const int month = MonthOf(day).value();
  const auto end_of = [](int last) { return LastDay(Month{static_cast<std::uint16_t>(last)}); };
  switch (calendar) {
    case schema::Calendar::kQuarter:
      return end_of(month - month % 3 + 2);
    case schema::Calendar::kYear:
      return end_of(month - month % 12 + 11);
    case schema::Calendar::kMonth:
    case schema::Calendar::kEnd:
      break;
  }
  return end_of(month);
}

}  // namespace

std::optional<Date> NextSettlement(const Terms& terms, Date settled) {
  const bool open = terms.valid_to.value() == 0;
  if (IsOver(terms, settled)) return std::nullopt;
  if (terms.calendar == schema::Calendar::kEnd) {
    return open ? std::nullopt : std::optional{terms.valid_to};
  }
  const Date first = settled.value() == 0 ? terms.valid_from : NextDay(settled);
  const Date last = LastDayOfPeriod(terms.calendar, first);
  return open ? last : std::min(last, terms.valid_to);
}

void SettlementDays::CheckThrough(Address at, const Terms& terms, Date settled, Date through) {
  const std::uint64_t seq = at.seq().value();
  const std::string name = registers_.NameOf(terms.agreement);
  if (settled.value() != 0 && through <= settled) {
    return findings_.Fail(kV7, "settlement_not_next", seq, name + " is settled through a day again",
                          "after " + ToText(settled), ToText(through));
  }
  if (IsOver(terms, settled)) {
    if (through == LastDay(MonthOf(through))) return;
    return findings_.Fail(kV7, "through_not_boundary", seq,
                          name + " has ended and is settled through no end of a month",
                          ToText(LastDay(MonthOf(through))), ToText(through));
  }
  const std::optional<Date> next = NextSettlement(terms, settled);
  if (next == through) return;
  const bool skips = next && through > *next;
  findings_.Fail(kV7, skips ? "settlement_not_next" : "through_not_boundary", seq,
                 name + (skips ? " is settled past the end of a settlement period"
                               : " is settled through a day that ends no settlement period"),
                 next ? ToText(*next) : "none, as long as the agreement has no end",
                 ToText(through));
}

void SettlementDays::Take(Address at, const schema::Event& event) {
  if (event.kind->number != SettlementClosed::kKind) return;
  const SettlementClosed::Fixed& fact = event.As<SettlementClosed>().fixed;
  const Registers::Agreement* agreement = registers_.AgreementOf(fact.agreement);
  if (agreement == nullptr) return;  // found where bills are summed up
  std::vector<Date>& days = settled_[fact.agreement];
  const Date settled = days.empty() ? Date{} : days.back();
  CheckThrough(at, agreement->terms, settled, fact.through);
  if (event.common.business_day <= fact.through) {
    findings_.Fail(kV7, "through_not_boundary", at.seq().value(),
                   "a settlement of a period that is not over",
                   "made after " + ToText(fact.through), ToText(event.common.business_day));
  }
  days.push_back(std::max(settled, fact.through));
}

void SettlementDays::TakeBack(const Undone& undone) {
  if (undone.event.kind->number != SettlementClosed::kKind) return;
  std::vector<Date>& days = settled_[undone.event.As<SettlementClosed>().fixed.agreement];
  if (!days.empty()) days.pop_back();
}

}  // namespace suanpan::audit
