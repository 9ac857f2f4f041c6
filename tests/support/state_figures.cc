#include "support/state_figures.h"

#include <fmt/format.h>

#include "suanpan/rules/accounts.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/offers.h"
#include "support/state_figures_parts.h"

namespace suanpan::test {
namespace {

using opinion::Figures;
using rules::BookState;

std::string Of(Date date) { return date == Date{} ? std::string{} : ToText(date); }
std::string Of(Address address) {
  return address == Address{} ? std::string{} : schema::ToText(address);
}
std::string Of(Wide wide) { return std::to_string(NarrowWide(wide).value()); }

void Registers(const BookState& state, Figures& figures) {
  const auto name = [&](NameId id) { return state.names.TextOf(id); };
  for (const rules::Party& party : state.parties) {
    if (party.name == NameId{}) continue;
    figures[fmt::format("party {}", name(party.name))] =
        schema::kPartyTypeWords[int(party.type) - 1];
  }
  for (std::uint32_t i = 0; i < state.funds.size(); ++i) {
    if (state.funds[i].name == NameId{}) continue;
    const std::string_view fund = name(state.funds[i].name);
    figures[fmt::format("fund {}", fund)] = Of(state.FundBalance(i));
    for (const rules::Account& account : state.accounts.all()) {
      if (!rules::IsNet(account.key.account_class) || account.key.owner != state.funds[i].name) {
        continue;
      }
      figures[fmt::format("pot {} {}", fund, schema::ToText(account.key.pot))] =
          Of(state.PotBalance(i, account.key.pot));
    }
  }
  for (const rules::Account& account : state.accounts.all()) {
    figures[fmt::format("account {}", PathOf(account.key, state.names))] =
        fmt::format("{} {} {} {}", account.debit.value(), account.credit.value(), account.postings,
                    account.last_seq.value());
  }
}

std::string Truth(std::uint8_t value) {
  return value == 0 ? "-" : std::string{schema::kBoolWords[value - 1]};
}

void Relations(const BookState& state, Figures& figures) {
  const auto name = [&](NameId id) { return id == NameId{} ? "-" : state.names.TextOf(id); };
  const auto day = [](Date date) { return date == Date{} ? "-" : ToText(date); };
  for (const rules::Place& place : state.places) {
    if (place.name == NameId{}) continue;
    figures[fmt::format("place {}", name(place.name))] =
        fmt::format("{} {}", schema::kPlaceTypeWords[int(place.type) - 1], name(place.within));
  }
  for (const auto* pair : state.erased.Sorted()) {
    figures[fmt::format("erased {}", name(pair->first))] = schema::ToText(pair->second);
  }
  for (const auto* pair : state.closed.Sorted()) {
    figures[fmt::format("closed {}", name(pair->first))] =
        fmt::format("{} {}", day(pair->second.on), name(pair->second.outcome));
  }
  for (const rules::Relation& relation : state.relations) {
    if (relation.from == NameId{}) continue;
    figures[fmt::format("relation {} {} {} {}", schema::kRelationTypeWords[int(relation.type) - 1],
                        name(relation.from), name(relation.to), day(relation.since))] =
        fmt::format("{} {}", name(relation.as), day(relation.until));
  }
  for (const auto* pair : state.codes.Sorted()) {
    const rules::CodeVersion& code = pair->second;
    figures[fmt::format("code {} {}", schema::kCodeListWords[int(pair->first.list) - 1],
                        name(pair->first.code))] =
        fmt::format("{} {} {} {} {} {}", code.version, day(code.valid_from), day(code.valid_to),
                    name(code.group), Truth(code.gapless), Truth(code.protect));
  }
}

void Agreements(const BookState& state, Figures& figures) {
  for (const rules::Agreement& a : state.agreements) {
    if (a.name == NameId{}) continue;
    const std::string_view name = state.names.TextOf(a.name);
    figures[fmt::format("agreement {}", name)] = fmt::format(
        "{} {} {} {} {} {} {} {}", a.base.value(), a.due_total.value(),
        rules::FiguresOf(state, a).value().residue, a.high.value(), a.settled_total.value(),
        Of(a.settled_through), a.advance.value(), a.unpriced_lines);
    for (std::uint32_t link = a.first_month; link != 0; link = state.months[link - 1].next) {
      const rules::MonthBase& month = state.months[link - 1];
      figures[fmt::format("month {} {}", name, ToText(month.month))] = fmt::format(
          "{} {} {}", month.priced.value(), month.standard.value(), month.trued_up ? 1 : 0);
    }
    for (std::uint32_t link = a.first_bill; link != 0; link = state.bills[link - 1].next) {
      const rules::Bill& bill = state.bills[link - 1];
      figures[fmt::format("bill {} {}", name, Of(bill.through))] = fmt::format(
          "{} {} {} {}", Of(bill.settled_on), Of(bill.due_on), bill.due.value(), bill.open.value());
    }
  }
}

void OpenMatters(const BookState& state, Figures& figures) {
  for (const auto* pair : state.unpriced.Sorted()) {
    figures[fmt::format("waiting {} {}", Of(pair->first.sale), pair->first.line)] =
        fmt::format("{} {}", state.names.TextOf(state.agreements[pair->second.agreement].name),
                    pair->second.amount.value());
  }
  for (const auto* pair : state.refunded.Sorted()) {
    figures[fmt::format("refunded {} {}", Of(pair->first.sale), pair->first.line)] =
        fmt::format("{} {} {}", pair->second.quantity.value(), pair->second.amount.value(),
                    pair->second.cost.value());
  }
  for (const auto* pair : state.approvals.Sorted()) {
    const rules::Approval& one = pair->second;
    const NameId subject = one.target.subject;
    figures[fmt::format("approval {}", Of(pair->first))] =
        fmt::format("{} {} {} {} {}", Of(one.target.of),
                    subject == NameId{} ? std::string_view{} : state.names.TextOf(subject),
                    schema::kApprovalActionWords[int(one.target.action) - 1],
                    state.names.TextOf(one.approver), one.amount_max.value());
  }
  for (const auto* pair : state.used_approvals.Sorted()) {
    figures[fmt::format("approval {}", Of(pair->first))] = "used";
  }
  for (const auto* pair : state.requests.Sorted()) {
    figures[fmt::format("request {}", Of(pair->first))] =
        fmt::format("{} {}", pair->second.paid.value(), pair->second.amount.value());
  }
  const Month swept = state.swept.get()[static_cast<std::size_t>(rules::Lapsing::kRequests)];
  if (swept != Month{}) figures["swept"] = ToText(swept);
}

void Advances(const BookState& state, Figures& figures) {
  for (const auto* pair : state.advances.Sorted()) {
    const rules::Advance& advance = pair->second;
    figures[fmt::format("advance {}", Of(pair->first))] = fmt::format(
        "{} {} {} {}", advance.open.value(), schema::ToText(advance.pot),
        state.names.TextOf(state.funds[advance.fund].name), state.names.TextOf(advance.payee));
  }
}

void Offers(const BookState& state, Figures& figures) {
  const auto name = [&](NameId id) {
    return id == NameId{} ? std::string_view{"-"} : state.names.TextOf(id);
  };
  for (const auto* pair : state.held_places.Sorted()) {
    const rules::HeldPlace& held = pair->second;
    figures[fmt::format("held {} {}", Of(pair->first.redemption), pair->first.line)] = fmt::format(
        "{} {} {}", name(state.offers[held.offer].name), name(held.beneficiary), held.left.value());
  }
  for (const rules::Offer& offer : state.offers) {
    if (offer.name == NameId{}) continue;
    figures[fmt::format("offer {}", name(offer.name))] = fmt::format(
        "{} {} {} {} {}", name(offer.kind), Of(offer.on),
        schema::kAudienceWords[offer.audience - 1U], name(offer.place), offer.per_beneficiary);
  }
}

void Goods(const BookState& state, Figures& figures) {
  for (const auto* pair : state.items.Sorted()) {
    const schema::Pot pot = pair->second.pot;
    figures[fmt::format("item {} {}", state.names.TextOf(pair->first.owner),
                        state.names.TextOf(pair->first.item))] =
        fmt::format("{} {}", pot.none() ? "-" : schema::ToText(pot),
                    schema::kGoodsClassWords[pair->second.goods_class - 1U]);
  }
}

}  // namespace

Figures FiguresOf(const BookState& state) {
  Figures figures;
  Registers(state, figures);
  Relations(state, figures);
  Agreements(state, figures);
  OpenMatters(state, figures);
  Advances(state, figures);
  Goods(state, figures);
  Offers(state, figures);
  AddPointsFigures(state, figures);
  AddOrderFigures(state, figures);
  return figures;
}

}  // namespace suanpan::test
