// Settlements, receipts and waivers of agreements: what is billed follows from the same sums.

#include <algorithm>

#include "src/totals/donation_totals.h"

namespace suanpan::audit {

using schema::SettlementClosed;

void DonationTotals::Settle(Address at, const schema::Event& event) {
  const SettlementClosed::Fixed& stated = event.As<SettlementClosed>().fixed;
  const std::optional<std::size_t> index = Named(at, stated.agreement);
  if (!index) return;
  Account& account = accounts_[*index];
  const Terms& terms = account.base.terms();
  const bool carry = terms.loss_policy == schema::LossPolicy::kCarryLoss;
  const Wide through = account.base.Through(MonthOf(stated.through)).due;
  const Wide due = carry ? std::max<Wide>(0, through - account.high()) : through - account.settled;
  const Wide from_advance = due > 0 ? std::min(account.advance, due) : 0;
  const Wide to_advance = due > 0 ? 0 : std::max<Wide>(0, -due - account.billed);
  const unsigned terms_days = schema::Has(stated.flags, SettlementClosed::kTermsStated)
                                  ? stated.terms_days
                                  : terms.terms_days;
  account.highs.push_back(std::max(account.high(), through));
  ++account.facts;
  account.settled += due;
  account.billed += due - from_advance + to_advance;
  account.advance += to_advance - from_advance;
  const auto compare = [&](std::string_view what, Wide expected, Wide actual) {
    if (expected != actual) Differ(at, "settlement", what, stated.agreement, expected, actual);
  };
  compare("due_fen", due, stated.due.wide());
  compare("high_fen", account.high(), stated.high.wide());
  compare("from_advance_fen", from_advance, stated.from_advance.wide());
  compare("to_advance_fen", to_advance, stated.to_advance.wide());
  compare("terms_days", terms_days, stated.terms_days);
  compare("due_on", event.common.business_day.value() + Wide{terms_days}, stated.due_on.value());
}

void DonationTotals::Receive(Address at, const schema::FundsReceived& fact) {
  if (fact.fixed.agreement.value() == 0) return;
  const std::optional<std::size_t> index = Named(at, fact.fixed.agreement);
  if (!index) return;
  Account& account = accounts_[*index];
  ++account.facts;
  // Of a receipt that names no bills the open ones take what they can; named ones may leave others
  // open. What no bill took is paid in advance.
  const Wide beyond = std::max<Wide>(0, fact.fixed.amount.wide() - account.billed);
  const Wide advance = fact.fixed.advance.wide();
  if (fact.bills.empty() ? advance != beyond : advance < beyond) {
    Differ(at, "receipt", "advance_fen", fact.fixed.agreement, beyond, advance);
  }
  Wide allocated = 0;
  for (const schema::AllocatedLine& line : fact.allocated) allocated += line.amount.wide();
  if (allocated + advance != fact.fixed.amount.wide()) {
    Differ(at, "receipt", "allocated", fact.fixed.agreement, fact.fixed.amount.wide() - advance,
           allocated);
  }
  account.billed -= fact.fixed.amount.wide() - fact.fixed.advance.wide();
  account.advance += fact.fixed.advance.wide();
  if (account.billed < 0) {
    findings_.Fail(
        kV7, "receipt", at.seq().value(),
        "more is paid to the bills of " + NameOf(fact.fixed.agreement) + " than is open");
  }
}

void DonationTotals::Waive(Address at, const schema::DueWaived& fact) {
  const std::optional<std::size_t> index = Named(at, fact.fixed.agreement);
  if (!index) return;
  ++accounts_[*index].facts;
  accounts_[*index].billed -= fact.fixed.amount.wide();
  if (accounts_[*index].billed < 0) {
    findings_.Fail(kV7, "waiver", at.seq().value(),
                   "more is waived for " + NameOf(fact.fixed.agreement) + " than is billed");
  }
}

}  // namespace suanpan::audit
