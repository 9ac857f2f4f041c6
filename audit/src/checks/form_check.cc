#include "src/checks/form_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/sessions.h"

namespace suanpan::audit {

using schema::Event;

namespace {

Status Wrong(std::string_view text) { return MakeError(StatusCode::kCorruption, "{}", text); }

template <class T>
bool HasTwice(std::span<const T> list) {
  for (std::size_t i = 1; i < list.size(); ++i) {
    const auto before = list.first(i);
    if (std::find(before.begin(), before.end(), list[i]) != before.end()) return true;
  }
  return false;
}

Status Check(const schema::BookOpened& fact) {
  return fact.utc_offset_minutes % 15 == 0 ? Status{} : Wrong("utc_offset_minutes");
}

Status Check(const schema::PartyRegistered& fact) {
  const auto type = static_cast<schema::PartyType>(fact.party_type);
  const bool is_private = type == schema::PartyType::kPerson ||
                          type == schema::PartyType::kHousehold ||
                          type == schema::PartyType::kVendor;
  return is_private && !fact.label.empty() ? Wrong("a private party with a label") : Status{};
}

Status Check(const schema::CodeDefined& fact) {
  const bool over = fact.valid_to.value() != 0 && fact.valid_to < fact.valid_from;
  return over ? Wrong("a code ends before it begins") : Status{};
}

Status Check(const schema::AgreementSigned& fact) {
  const bool standard =
      fact.cost_method == static_cast<std::uint8_t>(schema::CostMethod::kStandardMargin);
  if (standard && fact.margin.m == 0) {
    return Wrong("an agreement at the standard margin has no margin");
  }
  if (!standard && fact.margin.m != 0) return Wrong("an agreement has a margin and no use for it");
  if (standard && fact.basis == static_cast<std::uint8_t>(schema::Basis::kRevenue)) {
    return Wrong("an agreement on revenue has a standard margin");
  }
  if (fact.valid_to.value() != 0 && fact.valid_to < fact.valid_from) {
    return Wrong("an agreement ends before it begins");
  }
  return {};
}

Status Check(const schema::FundOpened& fact) {
  return HasTwice(fact.bank_accounts) ? Wrong("a fund names a bank account twice") : Status{};
}

Status Check(const schema::ApprovalGiven& fact) {
  if (fact.of.none() == (fact.subject.value() == 0)) {
    return Wrong("an approval is not of exactly one event or name");
  }
  return {};
}

Status Check(const schema::RefundRecorded& fact) {
  for (const schema::RefundLine& line : fact.lines) {
    if (fact.fixed.sale.none() && schema::Has(line.flags, schema::RefundLine::kSaleLineStated)) {
      return Wrong("a refund names a line of no sale");
    }
  }
  return {};
}

Status Check(const schema::CostRecorded& fact) {
  const bool line = schema::Has(fact.fixed.flags, schema::CostRecorded::kSaleLineStated);
  return line && fact.fixed.sale.none() ? Wrong("a cost names a line of no sale") : Status{};
}

Status Check(const schema::FundsReceived& fact) {
  const bool agreement = fact.fixed.agreement.value() != 0;
  if (agreement && fact.fixed.purpose.value() != 0) {
    return Wrong("a receipt is under an agreement and for a purpose");
  }
  const bool bills = !fact.bills.empty() || !fact.allocated.empty() || fact.fixed.advance != Fen{};
  return bills && !agreement ? Wrong("a receipt pays bills of no agreement") : Status{};
}

Status Check(const schema::ServiceRecorded& fact) {
  return HasTwice(fact.beneficiaries) ? Wrong("a service names a beneficiary twice") : Status{};
}

Status Check(const schema::SessionHeld& fact) {
  // No kind opens matters yet, so there is none that a session could be of.
  return fact.matter.value() != 0 ? Wrong("a session of a matter that is not there") : Status{};
}

Status Check(const schema::MoneyPaid& fact) {
  return HasTwice(fact.approvals) ? Wrong("a payment names an approval twice") : Status{};
}

bool IsRestored(const Event& event) { return event.kind->number == schema::LogRestored::kKind; }

/// An entry without a command. Whatever of the log's own may stand behind its one log.restored.
Status CheckRestored(const schema::EntryView& entry) {
  const bool alone = IsRestored(entry.events.front()) &&
                     std::ranges::count_if(entry.events, IsRestored) == 1 &&
                     std::ranges::all_of(entry.events, [](const Event& event) {
                       return event.kind->origin == schema::Origin::kLog;
                     });
  if (!alone) return Wrong("a log.restored that is not the first and only one of its own entry");
  if (entry.common.key.form != schema::KeyForm::kEngine || entry.common.source.value() != 0) {
    return Wrong("a log.restored with a command's key or source");
  }
  const schema::EventCommon& common = entry.events.front().common;
  if (common.actor.value() != 0 || common.HasTail()) {
    return Wrong("a log.restored says more than what was lost");
  }
  return {};
}

/// What follows from a fact happened when the fact did, and says nothing of its own beside its
/// figures: whatever else could be written there no caller stated and nothing checks.
Status CheckDerived(const schema::EntryView& entry, const Event& event) {
  if (OriginOf(event) != schema::Origin::kDerived || event.common.cause == 0) return {};
  const schema::EventCommon& common = event.common;
  const schema::EventCommon& cause = entry.events[common.cause - 1U].common;
  if (common.occurred != cause.occurred || common.business_day != cause.business_day ||
      common.period != cause.period) {
    return Wrong("a derived event has times of its own");
  }
  schema::EventCommon but_for_rule = common;
  if (event.kind->number != schema::DonationAccrued::kKind) but_for_rule.rule = {};
  return but_for_rule.HasTail() ? Wrong("a derived event says more than its figures") : Status{};
}

template <class... Facts>
Status CheckFact(const Event& event) {
  Status status;
  const auto check = [&]<class T>(const T* /*tag*/) {
    if (event.kind->number == T::kKind) status = Check(event.As<T>());
  };
  (check(static_cast<const Facts*>(nullptr)), ...);
  return status;
}

}  // namespace

Status CheckForm(const schema::EntryView& entry, const schema::NameReader& names) {
  SUANPAN_RETURN_IF_ERROR(schema::CheckEntry(entry, names));
  const bool restored = std::ranges::any_of(entry.events, IsRestored);
  if (restored) return CheckRestored(entry);
  const bool has_facts = std::ranges::any_of(
      entry.events, [](const Event& event) { return OriginOf(event) == schema::Origin::kFact; });
  if (!has_facts) return Wrong("no fact of a command");
  if (entry.common.key.form == schema::KeyForm::kEngine || entry.common.source.value() == 0) {
    return Wrong("facts without a command's key or source");
  }
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    Status status = CheckFact<schema::BookOpened, schema::PartyRegistered, schema::CodeDefined,
                              schema::AgreementSigned, schema::FundOpened, schema::ApprovalGiven,
                              schema::RefundRecorded, schema::CostRecorded, schema::FundsReceived,
                              schema::MoneyPaid, schema::ServiceRecorded, schema::SessionHeld>(
        entry.events[line]);
    if (status.ok()) status = CheckDerived(entry, entry.events[line]);
    SUANPAN_RETURN_IF_ERROR(std::move(status), fmt::format("line {}", line));
  }
  return {};
}

}  // namespace suanpan::audit
