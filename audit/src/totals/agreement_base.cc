#include "src/totals/agreement_base.h"

#include <algorithm>

namespace suanpan::audit {

Terms Terms::Of(const schema::AgreementSigned& fact) {
  Terms terms;
  terms.agreement = fact.agreement;
  terms.vendor = fact.party;
  terms.fund = fact.fund;
  terms.signed_on = fact.signed_on;
  terms.valid_from = fact.valid_from;
  terms.valid_to = fact.valid_to;
  terms.of_matter = fact.matter.value() != 0;
  terms.profit = fact.basis == static_cast<std::uint8_t>(schema::Basis::kProfit);
  terms.standard_margin =
      terms.profit &&
      fact.cost_method == static_cast<std::uint8_t>(schema::CostMethod::kStandardMargin);
  terms.rate = fact.rate;
  terms.margin = fact.margin;
  terms.loss_policy = static_cast<schema::LossPolicy>(fact.loss_policy);
  terms.calendar = static_cast<schema::Calendar>(fact.settlement);
  terms.cost_kinds.assign(fact.cost_kinds.begin(), fact.cost_kinds.end());
  terms.terms_days = fact.terms_days;
  return terms;
}

bool Terms::InForce(Date date) const {
  return valid_from <= date && (valid_to.value() == 0 || date <= valid_to);
}

bool Terms::Posts(NameId cost_kind) const {
  if (!profit) return false;
  return cost_kinds.empty() || std::ranges::find(cost_kinds, cost_kind) != cost_kinds.end();
}

int AgreementBase::PeriodOf(Month month) const {
  if (terms_.loss_policy != schema::LossPolicy::kResetPeriod) return 0;
  const int year = month.value() / 12;
  const int month_of_year = month.value() % 12;
  switch (terms_.calendar) {
    case schema::Calendar::kMonth:
      return month.value();
    case schema::Calendar::kQuarter:
      return year * 4 + month_of_year / 3;
    case schema::Calendar::kYear:
      return year;
    case schema::Calendar::kEnd:
      break;
  }
  return 0;
}

Wide AgreementBase::BaseOf(const Sums& sums) const {
  if (!terms_.standard_margin) return sums.priced;
  return sums.priced + FloorMulDiv(terms_.margin.n, sums.standard, std::max(1U, terms_.margin.m));
}

Wide AgreementBase::ScaledOf(Wide base) const {
  const Wide scaled = base * terms_.rate.n;
  const bool reset = terms_.loss_policy == schema::LossPolicy::kResetPeriod;
  return reset && scaled < 0 ? 0 : scaled;
}

Figures AgreementBase::FiguresOf(Wide base, Wide scaled) const {
  const std::uint32_t m = std::max(1U, terms_.rate.m);
  const Wide due = FloorMulDiv(1, scaled, m);
  return {base, due, static_cast<std::uint32_t>(scaled - due * m)};
}

void AgreementBase::Add(Month month, Wide priced, Wide standard) {
  Sums& of_month = months_[month];
  of_month.priced += priced;
  of_month.standard += standard;
  Sums& period = periods_[PeriodOf(month)];
  const Wide before = BaseOf(period);
  period.priced += priced;
  period.standard += standard;
  const Wide after = BaseOf(period);
  base_ += after - before;
  scaled_ += ScaledOf(after) - ScaledOf(before);
}

void AgreementBase::AddStandard(Month month, Wide amount) {
  if (!IsTruedUp(month)) return Add(month, 0, amount);
  Add(month, amount, 0);
  months_[month].moved += amount;
}

void AgreementBase::TrueUp(Month from, Month to, Wide cost) {
  for (unsigned m = from.value(); m <= to.value(); ++m) {
    const Month month{static_cast<std::uint16_t>(m)};
    const Wide standard = months_[month].standard;
    Add(month, standard, -standard);
    months_[month].moved = standard;
    months_[month].trued_up = true;
  }
  Add(to, -cost, 0);
}

void AgreementBase::UndoTrueUp(Month from, Month to, Wide cost) {
  for (unsigned m = from.value(); m <= to.value(); ++m) {
    const Month month{static_cast<std::uint16_t>(m)};
    const Wide moved = months_[month].moved;
    Add(month, -moved, moved);
    months_[month].moved = 0;
    months_[month].trued_up = false;
  }
  Add(to, cost, 0);
}

void AgreementBase::Amend(Terms terms) {
  terms_ = std::move(terms);
  const std::map<Month, Sums> months = months_;
  months_.clear();
  periods_.clear();
  base_ = scaled_ = 0;
  for (const auto& [month, sums] : months) {
    Add(month, sums.priced, sums.standard);
    months_[month].moved = sums.moved;
    months_[month].trued_up = sums.trued_up;
  }
}

bool AgreementBase::IsTruedUp(Month month) const {
  const auto found = months_.find(month);
  return found != months_.end() && found->second.trued_up;
}

Figures AgreementBase::Through(Month month) const {
  AgreementBase part{terms_};
  for (const auto& [at, sums] : months_) {
    if (at <= month) part.Add(at, sums.priced, sums.standard);
  }
  return part.Now();
}

}  // namespace suanpan::audit
