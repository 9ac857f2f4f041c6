#include "src/totals/donation_totals.h"

#include <algorithm>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::AgreementSigned;
using schema::CostRecorded;
using schema::DonationAccrued;
using schema::Event;
using schema::RefundLine;
using schema::RefundRecorded;
using schema::SaleLine;
using schema::SaleRecorded;

void DonationTotals::Take(Address at, const Event& event) {
  const std::uint16_t kind = event.kind->number;
  if (expected_ && kind != DonationAccrued::kKind) Missing(at.seq());
  switch (kind) {
    case AgreementSigned::kKind:
      return Sign(at, event);
    case SaleRecorded::kKind:
      return Sell(at, event);
    case RefundRecorded::kKind:
      return Refund(at, event);
    case CostRecorded::kKind:
      return Cost(at, event);
    case DonationAccrued::kKind:
      return Accrue(at, event);
    case schema::SettlementClosed::kKind:
      return Settle(at, event);
    case schema::FundsReceived::kKind:
      return Receive(at, event.As<schema::FundsReceived>());
    case schema::DueWaived::kKind:
      return Waive(at, event.As<schema::DueWaived>());
    default:
      return;  // no other kind has to do with donations
  }
}

void DonationTotals::EndEntry(Seq seq) {
  if (expected_) Missing(seq);
}

void DonationTotals::Missing(Seq seq) {
  Account& account = accounts_[expected_->account];
  findings_.Fail(kV7, "missing_accrual", seq.value(),
                 "a base entry of " + NameOf(account.base.terms().agreement) +
                     " is not followed by its donation.accrued");
  account.before = account.base.Now();
  expected_.reset();
}

void DonationTotals::Sign(Address at, const Event& event) {
  const auto& fact = event.As<AgreementSigned>();
  constexpr auto kShare = static_cast<std::uint8_t>(schema::AgreementType::kDonationShare);
  if (fact.agreement_type != kShare) return;
  if (const auto known = by_name_.find(fact.agreement); known != by_name_.end()) {
    Account& account = accounts_[known->second];
    if (event.common.replaces.none() || account.stopped || account.facts == 0) return;
    const Wide due = account.base.Now().due;
    account.base.Amend(Terms::Of(fact));
    if (account.base.Now().due > due && !fact.consent) {
      findings_.Fail(kV7, "consent_missing", at.seq().value(),
                     "an amendment of " + NameOf(fact.agreement) +
                         " raises what is due without the consent of the vendor");
    }
    return Moved(at, known->second, Fen{}, true, event.common.period,
                 schema::AccrualReason::kAmendment);
  }
  by_name_.emplace(fact.agreement, accounts_.size());
  accounts_.emplace_back(Terms::Of(fact));
}

std::optional<std::size_t> DonationTotals::Named(Address at, NameId agreement) {
  const auto found = by_name_.find(agreement);
  if (found != by_name_.end()) {
    return accounts_[found->second].stopped ? std::nullopt : std::optional{found->second};
  }
  findings_.Fail(kV7, "unknown_agreement", at.seq().value(),
                 "the fact names " + NameOf(agreement) + ", which is no agreement of this book");
  return std::nullopt;
}

void DonationTotals::Differ(Address at, std::string_view slug, std::string_view what,
                            NameId agreement, Wide expected, Wide actual) {
  findings_.Fail(kV7, slug, at.seq().value(),
                 fmt::format("{} of {} does not follow from the facts", what, NameOf(agreement)),
                 WideText(expected), WideText(actual));
}

void DonationTotals::Moved(Address at, std::size_t index, Fen entry, bool moves, Month month,
                           schema::AccrualReason reason) {
  const Account& account = accounts_[index];
  const Wide change = account.base.Now().base - account.before.base;
  if (change != entry.wide()) {
    Differ(at, "entry_fen", "entry_fen", account.base.terms().agreement, change, entry.wide());
  }
  if (moves) expected_ = Expected{index, static_cast<std::uint16_t>(at.line() + 1), month, reason};
}

void DonationTotals::StopAccount(Address at, std::size_t index) {
  Account& account = accounts_[index];
  findings_.Fail(
      kV7, "unpriced_limit", at.seq().value(),
      fmt::format("more lines of {} wait for their cost than may; nothing more is summed "
                  "up for it",
                  NameOf(account.base.terms().agreement)),
      fmt::format("{} or fewer", kUnpricedLinesMax));
  std::erase_if(open_lines_, [index](const auto& item) { return item.second.account == index; });
  account.open_lines = 0;
  account.stopped = true;
  over_limit_ = true;
}

void DonationTotals::Close(OpenLines::iterator line) {
  --accounts_[line->second.account].open_lines;
  open_lines_.erase(line);
}

bool DonationTotals::TakeSaleLine(const SaleLineKey& key, const SaleLine& line, std::size_t index,
                                  Month month) {
  AgreementBase& base = accounts_[index].base;
  const Wide amount = line.amount.wide();
  const bool priced = schema::Has(line.flags, SaleLine::kCostStated);
  if (!base.terms().profit) {
    base.Add(month, amount, 0);
  } else if (priced) {
    base.Add(month, amount - line.cost.wide(), 0);
  } else if (!base.terms().standard_margin) {
    open_lines_[key] = {index, line.amount};
    ++accounts_[index].open_lines;
    return false;
  } else {
    base.AddStandard(month, amount);
  }
  return true;
}

void DonationTotals::Sell(Address at, const Event& event) {
  const SaleRecorded& sale = event.As<SaleRecorded>();
  if (sale.fixed.agreement.value() == 0) return;
  const std::optional<std::size_t> index = Named(at, sale.fixed.agreement);
  if (!index) return;
  bool moves = false;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const SaleLineKey key{at, static_cast<std::uint16_t>(i)};
    moves = TakeSaleLine(key, sale.lines[i], *index, event.common.period) || moves;
  }
  ++accounts_[*index].facts;
  if (accounts_[*index].open_lines > kUnpricedLinesMax) return StopAccount(at, *index);
  Moved(at, *index, sale.fixed.entry, moves, event.common.period, ReasonOf(event));
}

void DonationTotals::CheckRefundClass(Address at, const RefundLine& line, const SaleLine* sold,
                                      const Terms& terms, bool open) {
  const bool unpriced = terms.profit && !terms.standard_margin && open;
  const bool priced = schema::Has(line.flags, RefundLine::kCostStated) ||
                      (sold != nullptr && schema::Has(sold->flags, SaleLine::kCostStated));
  const bool standard = terms.standard_margin && !priced;
  if (unpriced == schema::Has(line.flags, RefundLine::kUnpriced) &&
      standard == schema::Has(line.flags, RefundLine::kStandard)) {
    return;
  }
  findings_.Fail(kV7, "refund_class", at.seq().value(),
                 "a returned line is classed otherwise than its sale and terms say");
}

void DonationTotals::CheckNoClass(Address at, const RefundRecorded& refund) {
  const bool none = std::ranges::none_of(refund.lines, [](const RefundLine& line) {
    return schema::Has(line.flags, RefundLine::kUnpriced | RefundLine::kStandard);
  });
  if (none) return;
  findings_.Fail(kV7, "refund_class", at.seq().value(),
                 "a returned line under no agreement is classed as if it were under one");
}

bool DonationTotals::TakeRefundLine(Address at, const SaleLineKey& key, const RefundLine& line,
                                    std::size_t index, Month month) {
  AgreementBase& base = accounts_[index].base;
  const Terms& terms = base.terms();
  const Wide amount = line.amount.wide();
  const auto open = OpenLineOf(key);
  if (terms.profit && !terms.standard_margin && open != open_lines_.end()) {
    const Wide left = open->second.amount.wide() - amount;
    if (left < 0) {
      findings_.Fail(kV7, "refund_exceeds_sale", at.seq().value(),
                     "more is refunded of a line than was sold");
    }
    open->second.amount = Fen{static_cast<std::int64_t>(std::max<Wide>(0, left))};
    if (left <= 0) Close(open);
    return false;
  }
  if (!terms.profit) {
    base.Add(month, -amount, 0);
  } else if (schema::Has(line.flags, RefundLine::kStandard)) {
    base.AddStandard(month, -amount);
  } else {
    base.Add(month, line.cost.wide() - amount, 0);
  }
  return true;
}

void DonationTotals::Refund(Address at, const Event& event) {
  const RefundRecorded& refund = event.As<RefundRecorded>();
  std::optional<NamedSales::Sale> sale;
  if (refund.fixed.sale.none()) {
    sales_.CheckRefundWithout(at, refund);
  } else {
    sale = sales_.Find(at, refund.fixed.sale);
    if (sale) sales_.CheckRefund(at, refund, *sale);
  }
  if (refund.fixed.agreement.value() == 0) return CheckNoClass(at, refund);
  const std::optional<std::size_t> index = Named(at, refund.fixed.agreement);
  if (!index) return;
  bool moves = false;
  for (const RefundLine& line : refund.lines) {
    const SaleLineKey key{refund.fixed.sale, line.sale_line};
    const bool known = sale && line.sale_line < sale->fact->lines.size();
    if (known || refund.fixed.sale.none()) {
      CheckRefundClass(at, line, known ? &sale->fact->lines[line.sale_line] : nullptr,
                       accounts_[*index].base.terms(), OpenLineOf(key) != open_lines_.end());
    }
    moves = TakeRefundLine(at, key, line, *index, event.common.period) || moves;
  }
  ++accounts_[*index].facts;
  Moved(at, *index, refund.fixed.entry, moves, event.common.period, ReasonOf(event));
}

bool DonationTotals::CheckTrueUp(Address at, const CostRecorded& fact, std::size_t index) {
  constexpr int kMonthsMax = 120;
  const AgreementBase& base = accounts_[index].base;
  const schema::TrueUp& months = fact.fixed.true_up;
  const int count = months.to.value() - months.from.value() + 1;
  if (!base.terms().standard_margin || count < 1 || count > kMonthsMax || !fact.fixed.sale.none()) {
    findings_.Fail(kV7, "true_up", at.seq().value(),
                   "a true-up that the agreement has no room for");
    return false;
  }
  for (int m = months.from.value(); m <= months.to.value(); ++m) {
    const Month month{static_cast<std::uint16_t>(m)};
    if (!base.IsTruedUp(month)) continue;
    findings_.Fail(kV7, "true_up", at.seq().value(), ToText(month) + " is trued up twice");
  }
  return true;
}

Month DonationTotals::MonthOfCost(Address at, const Event& event) {
  const CostRecorded& fact = event.As<CostRecorded>();
  Month month = event.common.period;
  if (!fact.fixed.sale.none()) {
    const std::optional<NamedSales::Sale> sale = sales_.Find(at, fact.fixed.sale);
    month = sale ? sale->month : fact.fixed.month;
    const auto named = by_name_.find(fact.fixed.agreement);
    if (sale && named != by_name_.end()) {
      sales_.CheckCost(at, fact, *sale, accounts_[named->second].base.terms().vendor);
    }
  }
  if (!fact.fixed.true_up.empty()) month = fact.fixed.true_up.to;
  if (month != fact.fixed.month) {
    findings_.Fail(kV7, "cost_month", at.seq().value(), "the cost is in another month",
                   ToText(month), ToText(fact.fixed.month));
  }
  return month;
}

void DonationTotals::Cost(Address at, const Event& event) {
  const CostRecorded& fact = event.As<CostRecorded>();
  const Month month = MonthOfCost(at, event);
  const std::optional<std::size_t> index = Named(at, fact.fixed.agreement);
  if (!index) return;
  AgreementBase& base = accounts_[*index].base;
  const bool posts = base.terms().Posts(fact.fixed.cost_kind);
  if (posts != schema::Has(fact.fixed.flags, CostRecorded::kPosted)) {
    findings_.Fail(
        kV7, "cost_kind", at.seq().value(),
        "a cost is posted, or is not, against the terms of " + NameOf(fact.fixed.agreement));
  }
  const Wide cost = fact.fixed.amount.wide();
  const auto open = OpenLineOf({fact.fixed.sale, fact.fixed.sale_line});
  const schema::TrueUp& months = fact.fixed.true_up;
  const bool fits = months.empty() || CheckTrueUp(at, fact, *index);
  if (!posts) {
    // Recorded for information.
  } else if (!months.empty()) {
    if (fits) base.TrueUp(months.from, months.to, cost);
  } else if (open != open_lines_.end()) {
    base.Add(month, open->second.amount.wide() - cost, 0);
    if (open->second.amount.value() == 0) priced_for_nothing_.insert(at);
    Close(open);
  } else {
    base.Add(month, -cost, 0);
  }
  ++accounts_[*index].facts;
  Moved(at, *index, fact.fixed.entry, posts, month, ReasonOf(event));
}

void DonationTotals::Accrue(Address at, const Event& event) {
  const DonationAccrued::Fixed& stated = event.As<DonationAccrued>().fixed;
  const auto named = by_name_.find(stated.agreement);
  if (named != by_name_.end() && accounts_[named->second].stopped && !expected_) return;
  const bool due = expected_ && expected_->cause == event.common.cause &&
                   accounts_[expected_->account].base.terms().agreement == stated.agreement;
  if (!due) {
    if (expected_) Missing(at.seq());
    findings_.Fail(kV7, "unexpected_accrual", at.seq().value(),
                   "donation.accrued of " + NameOf(stated.agreement) +
                       " does not directly follow a base entry of it");
    return;
  }
  Account& account = accounts_[expected_->account];
  const Figures now = account.base.Now();
  const Wide off = stated.base.wide() - now.base + (stated.due_total.wide() - now.due) +
                   (Wide{stated.residue} - now.residue);
  const bool as_before = off != 0 && off == account.wrong_by;
  account.wrong_by = off;
  const auto compare = [&](std::string_view slug, std::string_view what, Wide expected,
                           Wide actual) {
    if (expected != actual && !as_before)
      Differ(at, slug, what, stated.agreement, expected, actual);
  };
  compare("accrual_base", "base_fen", now.base, stated.base.wide());
  compare("accrual_due", "due_total_fen", now.due, stated.due_total.wide());
  compare("accrual_residue", "residue", now.residue, stated.residue);
  compare("accrual_entry", "entry_fen", now.base - account.before.base, stated.entry.wide());
  compare("accrual_change", "due_change_fen", now.due - account.before.due,
          stated.due_change.wide());
  if (stated.month != expected_->month ||
      stated.reason != static_cast<std::uint8_t>(expected_->reason)) {
    findings_.Fail(kV7, "accrual_month", at.seq().value(),
                   "donation.accrued names another month or reason than its cause");
  }
  account.before = now;
  account.last = stated;
  account.last_seq = at.seq().value();
  expected_.reset();
}

std::vector<AgreementTotal> DonationTotals::Finish() {
  std::vector<AgreementTotal> totals;
  for (const Account& account : accounts_) {
    if (account.stopped || account.gone) continue;
    const Figures now = account.base.Now();
    const NameId name = account.base.terms().agreement;
    const Address at{Seq{account.last_seq}, 0};
    const schema::DonationAccrued::Fixed last = account.last.value_or(DonationAccrued::Fixed{});
    if (now.base != last.base.wide())
      Differ(at, "total_base", "the base in the last accrual", name, now.base, last.base.wide());
    if (now.due != last.due_total.wide())
      Differ(at, "total_due", "the due total in the last accrual", name, now.due,
             last.due_total.wide());
    if (now.residue != last.residue)
      Differ(at, "total_residue", "the residue in the last accrual", name, now.residue,
             last.residue);
    totals.push_back({NameOf(name), Fen{NarrowWide(now.base).value_or(0)},
                      Fen{NarrowWide(now.due).value_or(0)}, now.residue});
  }
  std::ranges::sort(totals, {}, &AgreementTotal::agreement);
  return totals;
}

}  // namespace suanpan::audit
