#include "src/terms/payments.h"

#include <algorithm>
#include <span>

#include "src/totals/wide_text.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::AdvanceSettled;
using schema::ApprovalAction;
using schema::DueWaived;
using schema::Event;
using schema::FundsReceived;
using schema::GoodsIssued;
using schema::MoneyPaid;
using schema::RefusalCode;
using schema::SpendingRequested;
using schema::ToText;

namespace {

constexpr unsigned kRequestDays = 400;  // events.md 3.4
constexpr auto kPayable = static_cast<std::uint8_t>(schema::SpendUse::kPayable);
constexpr auto kAdvance = static_cast<std::uint8_t>(schema::SpendUse::kAdvance);

bool SetsAside(const Event& event, RefusalCode code) {
  const std::optional<unsigned> bit = schema::IrregularBit(code);
  return bit && (event.common.irregular >> *bit & 1U) != 0;
}

std::string ListText(std::span<const Address> list) {
  std::string text;
  for (const Address address : list) text += (text.empty() ? "" : " ") + ToText(address);
  return text.empty() ? "none" : text;
}

bool Allows(const std::vector<NameId>& list, NameId name) {
  return list.empty() || std::ranges::find(list, name) != list.end();
}

}  // namespace

void Payments::Take(Address at, const Event& event) {
  switch (event.kind->number) {
    case SpendingRequested::kKind:
      return Ask(at, event);
    case FundsReceived::kKind:
      return Receive(at, event.As<FundsReceived>());
    case MoneyPaid::kKind:
      return Pay(at, event);
    case DueWaived::kKind:
      return Waive(at, event);
    case AdvanceSettled::kKind:
      return Settle(at, event);
    case GoodsIssued::kKind:
      return Issue(at, event);
    default:
      return;  // no other kind is about the money of a fund
  }
}

void Payments::MustBeNone(Address at, NameId name, std::string_view field) {
  if (name.value() == 0) return;
  Fail(at, "unknown_ref",
       fmt::format("{} names {}, which is none of this book", field, registers_.NameOf(name)));
}

void Payments::CheckAccount(Address at, NameId fund, NameId account) {
  const FundTerms* terms = registers_.FundOf(fund);
  if (terms == nullptr || std::ranges::find(terms->accounts, account) != terms->accounts.end()) {
    return;  // that it is no fund is found where it is summed up
  }
  Fail(at, "account_of_fund",
       fmt::format("{} is no bank account of {}", registers_.NameOf(account),
                   registers_.NameOf(fund)));
}

void Payments::Ask(Address at, const Event& event) {
  const auto& fact = event.As<SpendingRequested>();
  if (registers_.FundOf(fact.fund) == nullptr) {
    Fail(at, "unknown_fund", registers_.NameOf(fact.fund) + " is no fund of this book");
  }
  MustBeNone(at, fact.matter, "matter");
  if (!fact.basis.none()) (void)events_.Find(at, fact.basis, 0, "basis");
  requests_.emplace(at, Request{fact, event.common.business_day});
}

void Payments::Receive(Address at, const FundsReceived& fact) {
  CheckAccount(at, fact.fixed.fund, fact.fixed.account);
  MustBeNone(at, fact.fixed.grant, "grant");
  MustBeNone(at, fact.fixed.matter, "matter");
  const Registers::Agreement* agreement = registers_.AgreementOf(fact.fixed.agreement);
  if (agreement == nullptr) return;  // none is named, or it is found where bills are summed up
  constexpr auto kVendorShare = static_cast<std::uint8_t>(schema::PotSource::kVendorShare);
  if (agreement->terms.fund == fact.fixed.fund && fact.fixed.pot.source == kVendorShare) return;
  Fail(at, "pot_wrong",
       fmt::format("a receipt under {} goes to another fund or pot than the agreement's",
                   registers_.NameOf(fact.fixed.agreement)),
       registers_.NameOf(agreement->terms.fund) + " vendor_share",
       registers_.NameOf(fact.fixed.fund) + " " + ToText(fact.fixed.pot));
}

void Payments::CheckRequest(Address at, const MoneyPaid& fact, const Request& request, Date day) {
  const auto same = [&](std::string_view field, bool equal) {
    if (equal) return;
    Fail(at, "request_mismatch",
         fmt::format("{} of the payment is not that of request {}", field,
                     ToText(fact.fixed.request)));
  };
  const SpendingRequested& asked = request.fact;
  same("use", asked.use == fact.fixed.use);
  same("fund", asked.fund == fact.fixed.fund);
  const bool in_pot = fact.fixed.use != kPayable || !fact.fixed.pot.none();
  same("pot", !in_pot || asked.pot.none() || asked.pot == fact.fixed.pot);
  same("payee", asked.payee == fact.fixed.payee);
  same("purpose", asked.purpose == fact.fixed.purpose);
  const Wide paid = request.paid + fact.fixed.amount.wide();
  if (paid > asked.amount.wide()) {
    Fail(at, "request_mismatch",
         fmt::format("more is paid than request {} asks for", ToText(fact.fixed.request)),
         fmt::format("{} fen or less", asked.amount.value()), WideText(paid) + " fen");
  }
  if (day.value() > request.day.value() + kRequestDays) {
    Fail(at, "request_mismatch",
         fmt::format("request {} is older than {} days", ToText(fact.fixed.request), kRequestDays),
         {}, ToText(request.day));
  }
}

void Payments::CheckApprovals(Address at, const Event& event) {
  const auto& fact = event.As<MoneyPaid>();
  const Approvals::Target target{fact.fixed.request, {}, ApprovalAction::kSpend};
  const NameId payer = event.common.actor;
  if (!schema::Has(fact.fixed.flags, MoneyPaid::kApprovalsStated)) {
    const std::vector<Address> due =
        approvals_.Usable(target, payer, fact.fixed.amount, schema::kApprovalsMax);
    const bool all = std::ranges::all_of(due, [&](Address unused) {
      return std::ranges::find(fact.approvals, unused) != fact.approvals.end();
    });
    if (!all || !std::ranges::is_sorted(fact.approvals)) {
      Fail(at, "approvals",
           "the payment names no approvals itself, so it takes all that there are on its request, "
           "in their order",
           ListText(due), ListText(fact.approvals));
    }
  }
  if (fact.approvals.empty() && !SetsAside(event, RefusalCode::approval_missing)) {
    Fail(at, "approval_missing", "a payment without approval");
  }
  for (const Address approval : fact.approvals) {
    approvals_.Use(at, approval, target, payer, fact.fixed.amount);
  }
}

void Payments::CheckIrregular(Address at, const Event& event, Address of, NameId fund, Fen amount) {
  if (event.common.irregular == 0) return;
  constexpr auto kAction = ApprovalAction::kIrregular;
  const Approvals::Target* given = approvals_.TargetOf(event.common.approval);
  const bool on_fund = of.none() || (given != nullptr && given->of.none());
  const Approvals::Target target =
      on_fund ? Approvals::Target{{}, fund, kAction} : Approvals::Target{of, {}, kAction};
  approvals_.Use(at, event.common.approval, target, event.common.actor, amount);
  std::string codes;
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((event.common.irregular >> bit & 1U) == 0) continue;
    codes += codes.empty() ? "" : ", ";
    codes += ToText(schema::IrregularCode(bit).value_or(RefusalCode::bad_field));
  }
  findings_.Note(kV7, "irregular", at.seq().value(),
                 fmt::format("{} of {} fen is recorded as irregular and sets aside: {}",
                             event.kind->name, amount.value(), codes));
}

void Payments::CheckRestriction(Address at, const Event& event, const Spending& spending) {
  constexpr auto kRestricted = static_cast<std::uint8_t>(schema::PotClass::kRestricted);
  const FundTerms* fund = registers_.FundOf(spending.fund);
  if (fund == nullptr || spending.pot.pot_class != kRestricted ||
      SetsAside(event, RefusalCode::purpose_outside_restriction)) {
    return;
  }
  const auto breach = [&](bool inside, std::string_view what, std::string found) {
    if (inside) return;
    Fail(at, "purpose_outside_restriction",
         fmt::format("restricted money of {} is spent outside its {}",
                     registers_.NameOf(spending.fund), what),
         {}, std::move(found));
  };
  const Date day = event.common.business_day;
  breach(fund->until.value() == 0 || day <= fund->until, "dates", ToText(day));
  breach(Allows(fund->purposes, spending.purpose), "purposes", registers_.NameOf(spending.purpose));
  breach(Allows(fund->places, spending.place), "places", registers_.NameOf(spending.place));
  breach(Allows(fund->matters, spending.matter), "matters", registers_.NameOf(spending.matter));
}

void Payments::Pay(Address at, const Event& event) {
  const auto& fact = event.As<MoneyPaid>();
  CheckAccount(at, fact.fixed.fund, fact.fixed.account);
  MustBeNone(at, fact.fixed.grant, "grant");
  MustBeNone(at, fact.fixed.agreement, "agreement");
  MustBeNone(at, fact.fixed.matter, "matter");
  const auto request = requests_.find(fact.fixed.request);
  if (request == requests_.end()) {
    Fail(at, "request_mismatch",
         fmt::format("{} is no request, or one that is paid in full", ToText(fact.fixed.request)));
  } else {
    CheckRequest(at, fact, request->second, event.common.business_day);
    const FundTerms* fund = registers_.FundOf(fact.fixed.fund);
    if (fund != nullptr) {
      const schema::Pot asked = request->second.fact.pot;
      const schema::Pot due = fact.fixed.use == kPayable ? schema::Pot{}
                              : asked.none()             ? fund->default_pot
                                                         : asked;
      if (!schema::Has(fact.fixed.flags, MoneyPaid::kPotStated) && fact.fixed.pot != due) {
        Fail(at, "pot_wrong", "a payment that names no pot takes another one than the default",
             ToText(due), ToText(fact.fixed.pot));
      }
    }
    const Spending spending{fact.fixed.fund, fact.fixed.pot, fact.fixed.purpose,
                            request->second.fact.place, fact.fixed.matter};
    if (fact.fixed.use != kPayable) CheckRestriction(at, event, spending);
    if (fact.fixed.use == kAdvance) {
      advances_.emplace(at, Advance{spending, fact.fixed.amount.wide()});
    }
    request->second.paid += fact.fixed.amount.wide();
    if (request->second.paid >= request->second.fact.amount.wide()) requests_.erase(request);
  }
  CheckApprovals(at, event);
  CheckIrregular(at, event, fact.fixed.request, fact.fixed.fund, fact.fixed.amount);
}

void Payments::Settle(Address at, const Event& event) {
  const AdvanceSettled::Fixed& fact = event.As<AdvanceSettled>().fixed;
  const auto advance = advances_.find(fact.advance);
  if (advance == advances_.end()) return;  // found in the replay
  Spending spending = advance->second.of;
  spending.purpose = fact.purpose;
  if (fact.spent.value() > 0) CheckRestriction(at, event, spending);
  CheckIrregular(at, event, fact.advance, spending.fund, fact.spent);
  advance->second.open -= fact.spent.wide() + fact.returned.wide();
  if (advance->second.open <= 0) advances_.erase(advance);
}

void Payments::Issue(Address at, const Event& event) {
  const auto& fact = event.As<GoodsIssued>();
  MustBeNone(at, fact.matter, "matter");
  CheckRestriction(at, event, {fact.owner, fact.from_pot, fact.purpose, fact.place, fact.matter});
  CheckIrregular(at, event, {}, fact.owner, {});
}

void Payments::Waive(Address at, const Event& event) {
  const DueWaived::Fixed& fact = event.As<DueWaived>().fixed;
  const Registers::Agreement* agreement = registers_.AgreementOf(fact.agreement);
  if (agreement == nullptr) return;  // found where bills are summed up
  // Given on the agreement by its name, or on its signing.
  Approvals::Target target{{}, fact.agreement, ApprovalAction::kWaive};
  const Approvals::Target* given = approvals_.TargetOf(event.common.approval);
  const auto& signings = agreement->signings;
  if (given != nullptr && std::ranges::find(signings, given->of) != signings.end()) {
    target = {given->of, {}, ApprovalAction::kWaive};
  }
  approvals_.Use(at, event.common.approval, target, event.common.actor, fact.amount);
}

void Payments::TakeBack(std::span<const Undone> undone) {
  switch (undone.front().event.kind->number) {
    case SpendingRequested::kKind:
      requests_.erase(undone.front().at);
      return;
    case MoneyPaid::kKind:
      return TakeBackPayment(undone);
    case AdvanceSettled::kKind:
      return TakeBackSettling(undone);
    default:
      return;  // nothing of another kind is open here
  }
}

void Payments::TakeBackPayment(std::span<const Undone> undone) {
  const MoneyPaid::Fixed& fact = undone.front().event.As<MoneyPaid>().fixed;
  advances_.erase(undone.front().at);
  const auto open = requests_.find(fact.request);
  if (open != requests_.end()) {
    open->second.paid -= fact.amount.wide();
    return;
  }
  const bool known = undone.size() > 1 && undone[1].at == fact.request &&
                     undone[1].event.kind->number == SpendingRequested::kKind;
  if (!known) return;  // found in the replay
  // Paid in full before: all of it but for this payment was paid by others.
  const auto& asked = undone[1].event.As<SpendingRequested>();
  requests_.emplace(fact.request, Request{asked, undone[1].event.common.business_day,
                                          asked.amount.wide() - fact.amount.wide()});
}

void Payments::TakeBackSettling(std::span<const Undone> undone) {
  const AdvanceSettled::Fixed& fact = undone.front().event.As<AdvanceSettled>().fixed;
  const bool known = undone.size() > 2 && undone[1].event.kind->number == MoneyPaid::kKind &&
                     undone[2].event.kind->number == SpendingRequested::kKind;
  if (!known) return;  // found in the replay
  const MoneyPaid::Fixed& paid = undone[1].event.As<MoneyPaid>().fixed;
  const Spending of{paid.fund, paid.pot, paid.purpose,
                    undone[2].event.As<SpendingRequested>().place, paid.matter};
  advances_.try_emplace(fact.advance, Advance{of, 0}).first->second.open +=
      fact.spent.wide() + fact.returned.wide();
}

}  // namespace suanpan::audit
