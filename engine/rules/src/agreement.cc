#include "suanpan/rules/agreement.h"

#include <algorithm>
#include <map>

#include "suanpan/base/invariant.h"
#include "suanpan/rules/book_state.h"

namespace suanpan::rules {
namespace {

using schema::Calendar;
using schema::LossPolicy;

/// P + floor(n * R / m).
Wide BaseOf(const Agreement& agreement, Wide priced, Wide standard) {
  if (agreement.cost_method != schema::CostMethod::kStandardMargin) return priced;
  return priced + FloorMulDiv(agreement.margin.n, standard, agreement.margin.m);
}

/// Calls f for every month of the agreement, newest first.
template <class F>
void ForEachMonth(const BookState& state, const Agreement& agreement, F f) {
  for (std::uint32_t link = agreement.first_month; link != 0; link = state.months[link - 1].next) {
    f(state.months[link - 1]);
  }
}

std::optional<DonationFigures> Figures(const Agreement& agreement, Wide base, Wide scaled) {
  const std::int64_t m = agreement.rate.m;
  const Wide due = FloorMulDiv(1, scaled, m);
  const std::optional<std::int64_t> base_fen = NarrowWide(base);
  const std::optional<std::int64_t> due_fen = NarrowWide(due);
  if (!base_fen || !due_fen) return std::nullopt;
  return DonationFigures{Fen{*base_fen}, Fen{*due_fen},
                         static_cast<std::uint32_t>(scaled - due * m)};
}

/// Settlement period of a month as a number that grows with time.
int PeriodNumber(const Agreement& agreement, Month month) {
  switch (agreement.calendar) {
    case Calendar::kMonth:
      return month.value();
    case Calendar::kQuarter:
      return month.value() / 3;
    case Calendar::kYear:
      return month.value() / 12;
    case Calendar::kEnd:
      return 0;
  }
  return 0;
}

std::optional<DonationFigures> ResetPeriodFigures(const BookState& state,
                                                  const Agreement& agreement,
                                                  std::optional<Month> through,
                                                  std::span<const MonthChange> changes) {
  std::map<int, std::pair<Wide, Wide>> periods;
  const auto add = [&](Month month, Wide priced, Wide standard) {
    if (through && month > *through) return;
    std::pair<Wide, Wide>& period = periods[PeriodNumber(agreement, month)];
    period.first += priced;
    period.second += standard;
  };
  ForEachMonth(state, agreement, [&](const MonthBase& month) {
    add(month.month, month.priced.wide(), month.standard.wide());
  });
  for (const MonthChange& change : changes) add(change.month, change.priced, change.standard);
  Wide base = 0;
  Wide scaled = 0;
  for (const auto& [number, sums] : periods) {
    const Wide period_base = BaseOf(agreement, sums.first, sums.second);
    base += period_base;
    scaled += std::max<Wide>(0, agreement.rate.n * period_base);
  }
  return Figures(agreement, base, scaled);
}

/// 1 + index of the agreement's month, made if need be.
std::uint32_t EnsureMonth(BookState& state, std::uint32_t index, Month month) {
  std::uint32_t link = state.agreements[index].first_month;
  while (link != 0 && state.months[link - 1].month != month) link = state.months[link - 1].next;
  if (link != 0) return link;
  Agreement& agreement = state.agreements.Edit(index);
  MonthBase fresh;
  fresh.month = month;
  fresh.next = agreement.first_month;
  agreement.first_month = static_cast<std::uint32_t>(state.months.PushBack(fresh)) + 1;
  return agreement.first_month;
}

}  // namespace

bool Agreement::Posts(NameId cost_kind) const {
  return cost_kinds.empty() ||
         std::find(cost_kinds.begin(), cost_kinds.end(), cost_kind) != cost_kinds.end();
}

std::optional<DonationFigures> FiguresOf(const BookState& state, const Agreement& agreement,
                                         std::optional<Month> through,
                                         std::span<const MonthChange> changes) {
  if (agreement.loss_policy == LossPolicy::kResetPeriod) {
    return ResetPeriodFigures(state, agreement, through, changes);
  }
  Wide priced = agreement.priced_total;
  Wide standard = agreement.standard_total;
  if (through) {
    priced = standard = 0;
    ForEachMonth(state, agreement, [&](const MonthBase& month) {
      if (month.month > *through) return;
      priced += month.priced.wide();
      standard += month.standard.wide();
    });
  }
  for (const MonthChange& change : changes) {
    priced += change.priced;
    standard += change.standard;
  }
  const Wide base = BaseOf(agreement, priced, standard);
  return Figures(agreement, base, agreement.rate.n * base);
}

std::optional<DonationFigures> FiguresOfBase(const Agreement& agreement, Wide base) {
  SUANPAN_INVARIANT(agreement.loss_policy != LossPolicy::kResetPeriod);
  return Figures(agreement, base, agreement.rate.n * base);
}

const MonthBase* FindMonth(const BookState& state, const Agreement& agreement, Month month) {
  for (std::uint32_t link = agreement.first_month; link != 0; link = state.months[link - 1].next) {
    if (state.months[link - 1].month == month) return &state.months[link - 1];
  }
  return nullptr;
}

bool AddToMonth(BookState& state, std::uint32_t index, const MonthChange& change) {
  MonthBase& cell = state.months.Edit(EnsureMonth(state, index, change.month) - 1);
  const std::optional<std::int64_t> priced = NarrowWide(cell.priced.wide() + change.priced);
  const std::optional<std::int64_t> standard = NarrowWide(cell.standard.wide() + change.standard);
  const std::optional<std::int64_t> moved = NarrowWide(cell.moved.wide() + change.moved);
  if (!priced || !standard || !moved) return false;
  cell.priced = Fen{*priced};
  cell.moved = Fen{*moved};
  cell.standard = Fen{*standard};
  Agreement& agreement = state.agreements.Edit(index);
  agreement.priced_total += change.priced;
  agreement.standard_total += change.standard;
  return true;
}

void MarkTruedUp(BookState& state, std::uint32_t index, Month month, bool trued_up) {
  state.months.Edit(EnsureMonth(state, index, month) - 1).trued_up = trued_up;
}

Date PeriodEnd(const Agreement& agreement, Date date) {
  const Month month = MonthOf(date);
  switch (agreement.calendar) {
    case Calendar::kMonth:
      return LastDay(month);
    case Calendar::kQuarter:
      return LastDay(Month{static_cast<std::uint16_t>(month.value() / 3 * 3 + 2)});
    case Calendar::kYear:
      return LastDay(Month{static_cast<std::uint16_t>(month.value() / 12 * 12 + 11)});
    case Calendar::kEnd:
      return agreement.valid_to;
  }
  return agreement.valid_to;
}

std::optional<Date> NextBoundary(const Agreement& agreement) {
  const bool settled = agreement.settled_through.value() != 0;
  const Date from = settled ? NextDay(agreement.settled_through) : agreement.valid_from;
  const bool ends = agreement.valid_to.value() != 0;
  if (ends && settled && agreement.settled_through >= agreement.valid_to) return std::nullopt;
  if (agreement.calendar == Calendar::kEnd) {
    return ends ? std::optional{agreement.valid_to} : std::nullopt;
  }
  const Date end = PeriodEnd(agreement, from);
  return ends ? std::min(end, agreement.valid_to) : end;
}

}  // namespace suanpan::rules
