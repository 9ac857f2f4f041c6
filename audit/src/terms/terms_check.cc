#include "src/terms/terms_check.h"

#include <span>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {

using schema::EntryReversed;
using schema::RefundRecorded;
using schema::RegisterClosed;
using schema::SaleRecorded;

namespace {

template <class Line>
Wide SumOf(std::span<const Line> lines) {
  Wide sum = 0;
  for (const Line& line : lines) sum += line.amount.wide();
  return sum;
}

}  // namespace

TermsCheck::TermsCheck(const schema::NameReader& names, OldEntries& entries, Findings& findings)
    : findings_(findings),
      registers_(names, findings),
      events_(entries, findings),
      approvals_(registers_, events_, findings),
      payments_(registers_, approvals_, events_, findings),
      settlement_days_(registers_, findings) {}

void TermsCheck::Take(Address at, const schema::Event& event) {
  if (OriginOf(event) == schema::Origin::kFact) events_.CheckCommon(at, event);
  registers_.Take(at, event);
  approvals_.Take(at, event);
  payments_.Take(at, event);
  settlement_days_.Take(at, event);
  if (event.kind->number == EntryReversed::kKind) {
    approvals_.Use(at, event.common.approval,
                   {event.As<EntryReversed>().fixed.of, {}, schema::ApprovalAction::kReverse},
                   event.common.actor, Fen{});
  }
  if (event.kind->number == RegisterClosed::kKind) TakeClosing(at, event);
  if (event.kind->number == SaleRecorded::kKind) TakeSale(at, event);
  if (event.kind->number == RefundRecorded::kKind) TakeRefund(at, event);
}

void TermsCheck::TakeBack(std::span<const Undone> undone) {
  registers_.TakeBack(undone);
  payments_.TakeBack(undone);
  settlement_days_.TakeBack(undone.front());
}

/// The end of a fund is approved by somebody else.
void TermsCheck::TakeClosing(Address at, const schema::Event& event) {
  const NameId fund = event.As<RegisterClosed>().of;
  if (registers_.FundOf(fund) == nullptr) return;
  approvals_.Use(at, event.common.approval, {{}, fund, schema::ApprovalAction::kClose},
                 event.common.actor, Fen{});
}

template <class Fact>
void TermsCheck::CheckPaid(Address at, const Fact& fact) {
  if (fact.paid.empty()) return;  // how it was paid need not be stated
  const Wide amount = SumOf(fact.lines);
  const Wide paid = SumOf(fact.paid);
  if (paid == amount) return;
  findings_.Fail(kV7, "paid_mismatch", at.seq().value(),
                 "what was paid is not the sum of the lines", WideText(amount), WideText(paid));
}

void TermsCheck::TakeSale(Address at, const schema::Event& event) {
  const auto& sale = event.As<SaleRecorded>();
  const bool stated = schema::Has(sale.fixed.flags, SaleRecorded::kAgreementStated);
  registers_.CheckChoice(at, sale.fixed.vendor, sale.fixed.agreement, stated,
                         event.common.business_day);
  CheckPaid(at, sale);
}

void TermsCheck::TakeRefund(Address at, const schema::Event& event) {
  const auto& refund = event.As<RefundRecorded>();
  if (refund.fixed.sale.none()) {  // else it takes the agreement of its sale (named_sales.h)
    const bool stated = schema::Has(refund.fixed.flags, RefundRecorded::kAgreementStated);
    registers_.CheckChoice(at, refund.fixed.vendor, refund.fixed.agreement, stated,
                           event.common.business_day);
  }
  CheckPaid(at, refund);
}

}  // namespace suanpan::audit
