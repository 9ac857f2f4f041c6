#pragma once

// V7, the terms: what a writer must refuse (events.md section 3) and nothing but the log shows
// whether it did: registers, agreements, approvals, payments, settlement days. Sums are the
// totals' (donation_totals.h). Includes nothing of the engine's rules (agreement_base.h says why).

#include <span>

#include "src/files/reversal_copy.h"
#include "src/terms/approvals.h"
#include "src/terms/named_events.h"
#include "src/terms/payments.h"
#include "src/terms/registers.h"
#include "src/terms/settlement_days.h"

namespace suanpan::audit {

/// Takes the events of one book in order. Memory: that of its parts, never of sales.
class TermsCheck {
 public:
  /// All must outlive it.
  TermsCheck(const schema::NameReader& names, OldEntries& entries, Findings& findings);

  void Take(Address at, const schema::Event& event);
  /// What a reversal takes back, the fact first, and what it needs to know of others.
  void TakeBack(std::span<const Undone> undone);
  /// After the last entry.
  void Finish() { registers_.Finish(); }

 private:
  void TakeClosing(Address at, const schema::Event& event);
  void TakeSale(Address at, const schema::Event& event);
  void TakeRefund(Address at, const schema::Event& event);
  template <class Fact>
  void CheckPaid(Address at, const Fact& fact);

  Findings& findings_;
  Registers registers_;
  NamedEvents events_;
  Approvals approvals_;
  Payments payments_;
  SettlementDays settlement_days_;
};

}  // namespace suanpan::audit
