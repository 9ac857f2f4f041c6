#include "support/state_text.h"

#include <fmt/format.h>

#include <sstream>

#include "suanpan/rules/state_encoding.h"

namespace suanpan::testing {
namespace {

using rules::BookState;

class Text {
 public:
  template <class... Args>
  void Line(std::string_view head, const Args&... args) {
    out += head;
    ((out += fmt::format(" {}", args)), ...);
    out += '\n';
  }
  template <class List>
  void List_(std::string_view head, const List& list) {
    out += head;
    for (const NameId name : list) out += fmt::format(" {}", name.value());
    out += '\n';
  }
  std::string out;
};

std::string Of(schema::Pot pot) { return schema::ToText(pot); }
std::string Of(Address address) { return schema::ToText(address); }
std::string Of(Date date) { return ToText(date); }
std::string Of(schema::Rate rate) { return fmt::format("{}/{}", rate.n, rate.m); }
std::string Of(Wide wide) {
  const std::optional<std::int64_t> narrow = NarrowWide(wide);
  return narrow ? std::to_string(*narrow) : std::string{"wide"};
}
std::string Of(const rules::ApprovalTarget& target) {
  return fmt::format("{} {} {}", Of(target.of), target.subject.value(), int(target.action));
}

void Registers(const BookState& state, Text& text) {
  const rules::BookCalendar& calendar = state.calendar.get();
  text.Line("book", calendar.opened, calendar.utc_offset_minutes, calendar.unit.value(),
            calendar.level, calendar.host.value(), calendar.schema_version,
            state.head.get().value());
  for (std::uint32_t id = 1; id <= state.names.count(); ++id)
    text.Line("name", state.names.TextOf(NameId{id}));
  for (std::size_t i = 0; i < state.names.count() + 1U; ++i) {
    const rules::NameRole& role = state.RoleOf(NameId{static_cast<std::uint32_t>(i)});
    text.Line("role", i, int(role.role), role.index, role.first_agreement, role.first_relation);
  }
  for (const rules::Party& party : state.parties) {
    text.Line("party", party.name.value(), int(party.type), party.party_class.value(),
              party.number.value(), Of(party.since));
  }
  for (const rules::Fund& fund : state.funds) {
    text.Line("fund", fund.name.value(), fund.host.value(), fund.committee.value(),
              Of(fund.default_pot), int(fund.restriction_class), Of(fund.until));
    text.List_(" accounts", fund.bank_accounts);
    text.List_(" purposes", fund.purposes);
    text.List_(" places", fund.places);
    text.List_(" matters", fund.matters);
  }
}

void Relations(const BookState& state, Text& text) {
  for (const rules::Place& place : state.places) {
    text.Line("place", place.name.value(), int(place.type), place.within.value());
  }
  for (const auto* pair : state.closed.Sorted()) {
    text.Line("closed", pair->first.value(), Of(pair->second.on), pair->second.outcome.value());
  }
  for (const rules::Relation& relation : state.relations) {
    text.Line("relation", int(relation.type), relation.from.value(), relation.to.value(),
              relation.as.value(), Of(relation.since), Of(relation.until), relation.next);
  }
  for (const auto* pair : state.codes.Sorted()) {
    const rules::CodeVersion& code = pair->second;
    text.Line("code", int(pair->first.list), pair->first.code.value(), code.version,
              Of(code.valid_from), Of(code.valid_to), code.group.value(), code.gapless,
              code.protect);
  }
  for (const NameId scheme : state.accounts.Schemes()) text.Line("scheme", scheme.value());
}

void Agreements(const BookState& state, Text& text) {
  for (const rules::Agreement& a : state.agreements) {
    text.Line("agreement", a.name.value(), a.vendor.value(), a.fund, Of(a.signed_on),
              Of(a.valid_from), Of(a.valid_to), int(a.basis), Of(a.rate), int(a.loss_policy),
              int(a.calendar), int(a.cost_method), Of(a.margin), a.terms_days, a.matter.value(),
              a.next_of_vendor);
    text.List_(" cost kinds", a.cost_kinds);
    text.Line(" running", Of(a.priced_total), Of(a.standard_total), a.base.value(),
              a.due_total.value(), a.high.value(), a.settled_total.value(), Of(a.settled_through),
              a.advance.value(), a.unpriced_lines, a.first_month, a.first_bill, a.last_bill);
  }
  for (const rules::MonthBase& month : state.months) {
    text.Line("month", ToText(month.month), month.trued_up, month.priced.value(),
              month.standard.value(), month.next);
  }
  for (const rules::Bill& bill : state.bills) {
    text.Line("bill", Of(bill.through), Of(bill.settled_on), Of(bill.due_on), bill.due.value(),
              bill.open.value(), bill.next);
  }
}

void OpenMatters(const BookState& state, Text& text) {
  for (const auto* pair : state.unpriced.Sorted()) {
    text.Line("unpriced", Of(pair->first.sale), pair->first.line, pair->second.agreement,
              pair->second.amount.value());
  }
  for (const auto* pair : state.refunded.Sorted()) {
    text.Line("refunded", Of(pair->first.sale), pair->first.line, pair->second.quantity.value(),
              pair->second.amount.value(), pair->second.cost.value());
  }
  for (const auto* pair : state.approvals.Sorted()) {
    text.Line("approval", Of(pair->first), Of(pair->second.target), pair->second.approver.value(),
              pair->second.amount_max.value(), Of(pair->second.next));
  }
  for (const auto* pair : state.newest_approval.Sorted()) {
    text.Line("newest approval", Of(pair->first), Of(pair->second));
  }
  for (const auto* pair : state.used_approvals.Sorted()) text.Line("used", Of(pair->first));
  for (const auto* pair : state.requests.Sorted()) {
    const rules::SpendingRequest& r = pair->second;
    text.Line("request", Of(pair->first), r.use, r.fund, Of(r.pot), r.payee.value(),
              r.amount.value(), r.paid.value(), r.purpose.value(), r.matter.value(),
              r.place.value(), r.author.value());
  }
}

void Goods(const BookState& state, Text& text) {
  for (const auto* pair : state.items.Sorted()) {
    text.Line("item", pair->first.owner.value(), pair->first.item.value(),
              int(pair->second.goods_class), Of(pair->second.pot));
  }
  for (const auto* pair : state.advances.Sorted()) {
    const rules::Advance& advance = pair->second;
    text.Line("advance", Of(pair->first), advance.fund, Of(advance.pot), advance.payee.value(),
              advance.place.value(), advance.matter.value(), advance.open.value());
  }
  for (const auto* pair : state.tied.Sorted()) {
    text.Line("tied", pair->first.fund, Of(pair->first.pot), Of(pair->second));
  }
}

void Offers(const BookState& state, Text& text) {
  for (const rules::Offer& offer : state.offers) {
    text.Line("offer", offer.name.value(), offer.kind.value(), Of(offer.on), offer.capacity.value(),
              int(offer.audience), offer.place.value(), offer.per_beneficiary);
  }
  for (const auto* pair : state.held_places.Sorted()) {
    text.Line("held place", Of(pair->first.redemption), pair->first.line, pair->second.offer,
              pair->second.left.value(), pair->second.beneficiary.value());
  }
}

}  // namespace

std::string StateText(const BookState& state) {
  Text text;
  Registers(state, text);
  Relations(state, text);
  Agreements(state, text);
  OpenMatters(state, text);
  Goods(state, text);
  Offers(state, text);
  for (const rules::Account& account : state.accounts.all()) {
    text.Line("account", PathOf(account.key, state.names), account.debit.value(),
              account.credit.value(), account.postings, account.last_seq.value());
  }
  for (const rules::StateSection& section : rules::EncodeState(state)) {
    for (const auto& [key, value] : section.leaves)
      text.Line("leaf", int(section.number), ToHex(AsBytes(key)), ToHex(AsBytes(value)));
  }
  for (const rules::ExpiryKey& key : state.expiring)
    text.Line("ends", Of(key.expires), key.holder.value(), key.scheme.value());
  for (const rules::DueOrder& due : state.due_orders)
    text.Line("due", Of(due.last_day), Of(due.order));
  return std::move(text.out);
}

std::string FirstDifference(const std::string& first, const std::string& second) {
  std::istringstream one{first};
  std::istringstream other{second};
  while (true) {
    std::string a;
    std::string b;
    const bool more_a = static_cast<bool>(std::getline(one, a));
    const bool more_b = static_cast<bool>(std::getline(other, b));
    if (!more_a && !more_b) return {};
    if (a != b || more_a != more_b) return fmt::format("'{}' against '{}'", a, b);
  }
}

}  // namespace suanpan::testing
