// What reversals take out of the base, the bills and the lists of agreements.

#include <algorithm>

#include "src/totals/donation_totals.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/corrections.h"

namespace suanpan::audit {

using schema::AgreementSigned;
using schema::CostRecorded;
using schema::DueWaived;
using schema::FundsReceived;
using schema::RefundLine;
using schema::RefundRecorded;
using schema::SaleLine;
using schema::SaleRecorded;
using schema::SettlementClosed;

namespace {

/// The agreement that a fact stands under; 0: none.
NameId AgreementOf(const schema::Event& event) {
  switch (event.kind->number) {
    case SaleRecorded::kKind:
      return event.As<SaleRecorded>().fixed.agreement;
    case RefundRecorded::kKind:
      return event.As<RefundRecorded>().fixed.agreement;
    case CostRecorded::kKind:
      return event.As<CostRecorded>().fixed.agreement;
    case SettlementClosed::kKind:
      return event.As<SettlementClosed>().fixed.agreement;
    case FundsReceived::kKind:
      return event.As<FundsReceived>().fixed.agreement;
    case DueWaived::kKind:
      return event.As<DueWaived>().fixed.agreement;
    default:
      return {};
  }
}

}  // namespace

void DonationTotals::Reopen(std::size_t index, const SaleLineKey& key, Fen amount) {
  const auto [line, fresh] = open_lines_.try_emplace(key, OpenLine{index, Fen{}});
  if (fresh) ++accounts_[index].open_lines;
  const Wide sum = line->second.amount.wide() + amount.wide();
  line->second.amount = Fen{NarrowWide(sum).value_or(0)};
}

bool DonationTotals::UndoSale(Account& account, const Undone& undone) {
  const auto& sale = undone.event.As<SaleRecorded>();
  const Month month = undone.event.common.period;
  AgreementBase& base = account.base;
  bool moves = false;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const SaleLine& line = sale.lines[i];
    const Wide amount = line.amount.wide();
    const bool priced = schema::Has(line.flags, SaleLine::kCostStated);
    if (base.terms().profit && !priced && !base.terms().standard_margin) {
      const auto open = open_lines_.find({undone.at, static_cast<std::uint16_t>(i)});
      if (open != open_lines_.end()) Close(open);
      continue;
    }
    moves = true;
    if (!base.terms().profit) {
      base.Add(month, -amount, 0);
    } else if (priced) {
      base.Add(month, line.cost.wide() - amount, 0);
    } else {
      base.AddStandard(month, -amount);
    }
  }
  return moves;
}

bool DonationTotals::UndoRefund(Account& account, std::size_t index, const Undone& undone) {
  const auto& refund = undone.event.As<RefundRecorded>();
  const Month month = undone.event.common.period;
  AgreementBase& base = account.base;
  bool moves = false;
  for (const RefundLine& line : refund.lines) {
    const Wide amount = line.amount.wide();
    if (schema::Has(line.flags, RefundLine::kUnpriced)) {
      Reopen(index, {refund.fixed.sale, line.sale_line}, line.amount);
      continue;
    }
    moves = true;
    if (!base.terms().profit) {
      base.Add(month, amount, 0);
    } else if (schema::Has(line.flags, RefundLine::kStandard)) {
      base.AddStandard(month, amount);
    } else {
      base.Add(month, amount - line.cost.wide(), 0);
    }
  }
  return moves;
}

bool DonationTotals::UndoCost(Account& account, std::size_t index, const Undone& undone) {
  const auto& fact = undone.event.As<CostRecorded>().fixed;
  if (!schema::Has(fact.flags, CostRecorded::kPosted)) return false;
  if (!fact.true_up.empty()) {
    account.base.UndoTrueUp(fact.true_up.from, fact.true_up.to, fact.amount.wide());
    return true;
  }
  account.base.Add(fact.month, -fact.entry.wide(), 0);
  // What the entry has beyond the cost is the line that got its price.
  const Wide open = fact.entry.wide() + fact.amount.wide();
  const bool priced = priced_for_nothing_.erase(undone.at) != 0 || open != 0;
  if (priced) Reopen(index, {fact.sale, fact.sale_line}, Fen{NarrowWide(open).value_or(0)});
  return true;
}

void DonationTotals::UndoSettlement(Account& account, const Undone& undone) {
  const auto& fact = undone.event.As<SettlementClosed>().fixed;
  if (!account.highs.empty()) account.highs.pop_back();
  account.settled -= fact.due.wide();
  account.billed -= fact.due.wide() - fact.from_advance.wide() + fact.to_advance.wide();
  account.advance += fact.from_advance.wide() - fact.to_advance.wide();
}

void DonationTotals::UndoReceipt(Account& account, const Undone& undone) {
  const auto& fact = undone.event.As<FundsReceived>().fixed;
  account.billed += fact.amount.wide() - fact.advance.wide();
  account.advance -= fact.advance.wide();
}

void DonationTotals::UndoSigning(const Undone& undone) {
  const auto named = by_name_.find(undone.event.As<AgreementSigned>().agreement);
  if (named == by_name_.end()) return;
  Account& account = accounts_[named->second];
  if (account.facts != 0) return;  // what takes its place comes next
  account.gone = true;
  by_name_.erase(named);
}

void DonationTotals::TakeBack(Address at, const schema::Event& reversal, const Undone& undone) {
  const std::uint16_t kind = undone.event.kind->number;
  if (kind == AgreementSigned::kKind) return UndoSigning(undone);
  if (kind == RefundRecorded::kKind) sales_.TakeBack(undone.event.As<RefundRecorded>());
  const auto& stated = reversal.As<schema::EntryReversed>().fixed;
  const NameId agreement = AgreementOf(undone.event);
  const std::optional<std::size_t> index =
      agreement.value() == 0 ? std::nullopt : Named(at, agreement);
  if (!index) return;
  Account& account = accounts_[*index];
  if (account.facts > 0) --account.facts;
  bool moves = false;
  Month month = undone.event.common.period;
  switch (kind) {
    case SaleRecorded::kKind:
      moves = UndoSale(account, undone);
      break;
    case RefundRecorded::kKind:
      moves = UndoRefund(account, *index, undone);
      break;
    case CostRecorded::kKind:
      moves = UndoCost(account, *index, undone);
      month = undone.event.As<CostRecorded>().fixed.month;
      break;
    case SettlementClosed::kKind:
      UndoSettlement(account, undone);
      break;
    case FundsReceived::kKind:
      UndoReceipt(account, undone);
      break;
    default:
      account.billed += undone.event.As<DueWaived>().fixed.amount.wide();
      break;
  }
  if (moves && (stated.agreement != agreement || stated.month != month)) {
    findings_.Fail(kV7, "reversal_base", at.seq().value(),
                   "a reversal names another agreement or month than what it takes back");
  }
  Moved(at, *index, stated.entry, moves, month, schema::AccrualReason::kReversal);
}

}  // namespace suanpan::audit
