#include "suanpan/rules/state_encoding.h"

#include <algorithm>

#include "suanpan/base/bytes.h"

namespace suanpan::rules {
namespace {

/// Appends fields of a key or value.
class Field {
 public:
  explicit Field(const BookState& state) : state_(state) {}

  Field& Byte(std::uint8_t value) {
    out_.push_back(static_cast<char>(value));
    return *this;
  }
  template <class T>
  Field& Big(T value) {
    AppendBig(out_, value);
    return *this;
  }
  template <class T>
  Field& Little(T value) {
    AppendLittle(out_, value);
    return *this;
  }
  template <class Unit>
  Field& Of(Amount<Unit> amount) {
    return Little(static_cast<std::uint64_t>(amount.value()));
  }
  Field& Of(Date date) { return Little(date.value()); }
  Field& Of(Address address) { return Little(address.packed()); }
  Field& Of(schema::Pot pot) { return Byte(pot.pot_class).Byte(pot.source); }
  Field& Of(schema::Rate rate) { return Little(rate.n).Little(rate.m); }
  /// Length and bytes of a name; length 0 for none.
  Field& Of(NameId name) {
    const std::string_view text = state_.names.TextOf(name);
    out_.push_back(static_cast<char>(text.size()));
    out_.append(text);
    return *this;
  }
  Field& Of(const std::vector<NameId>& list) {
    Little(static_cast<std::uint32_t>(list.size()));
    for (const NameId name : list) Of(name);
    return *this;
  }
  [[nodiscard]] std::string Take() { return std::move(out_); }

 private:
  const BookState& state_;
  std::string out_;
};

/// Collects one section.
class Sections {
 public:
  explicit Sections(const BookState& state) : state_(state) {}

  void Begin(StateSectionNo number) { sections_.push_back({number, {}}); }
  [[nodiscard]] Field field() const { return Field{state_}; }
  void Leaf(Field& key, Field& value) {
    sections_.back().leaves.emplace_back(key.Take(), value.Take());
  }

  [[nodiscard]] std::vector<StateSection> Take() {
    std::vector<StateSection> kept;
    for (StateSection& section : sections_) {
      if (section.leaves.empty()) continue;
      std::sort(section.leaves.begin(), section.leaves.end());
      kept.push_back(std::move(section));
    }
    return kept;
  }

 private:
  const BookState& state_;
  std::vector<StateSection> sections_;
};

void AddBook(const BookState& state, Sections& out) {
  const BookCalendar& calendar = state.calendar.get();
  if (!calendar.opened) return;
  out.Begin(StateSectionNo::kBook);
  Field key = out.field();
  Field value = out.field();
  value.Little(static_cast<std::uint16_t>(calendar.utc_offset_minutes)).Byte(calendar.level);
  value.Of(calendar.unit).Of(calendar.host).Little(calendar.schema_version);
  value.Little(calendar.requests_swept.value());
  out.Leaf(key, value);
}

void AddNames(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kNames);
  for (std::uint32_t id = 1; id <= state.names.count(); ++id) {
    Field key = out.field();
    key.Of(NameId{id});
    Field value = out.field();
    value.Little(id);
    out.Leaf(key, value);
  }
}

void AddRegister(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kRegister);
  for (const Party& party : state.parties) {
    Field key = out.field();
    key.Of(party.name);
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(party.type))
        .Of(party.party_class)
        .Of(party.number)
        .Of(party.since);
    out.Leaf(key, value);
  }
}

void AddAgreements(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAgreements);
  for (const Agreement& a : state.agreements) {
    Field key = out.field();
    key.Of(a.name);
    Field value = out.field();
    value.Of(a.vendor).Of(state.funds[a.fund].name).Of(a.signed_on).Of(a.valid_from).Of(a.valid_to);
    value.Byte(static_cast<std::uint8_t>(a.basis))
        .Of(a.rate)
        .Byte(static_cast<std::uint8_t>(a.loss_policy));
    value.Byte(static_cast<std::uint8_t>(a.calendar))
        .Byte(static_cast<std::uint8_t>(a.cost_method))
        .Of(a.margin);
    value.Of(a.cost_kinds).Little(a.terms_days).Of(a.matter);
    value.Of(a.base)
        .Of(a.due_total)
        .Of(a.high)
        .Of(a.settled_total)
        .Of(a.settled_through)
        .Of(a.advance);
    value.Little(a.unpriced_lines);
    out.Leaf(key, value);
  }
}

void AddMonthsAndBills(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAgreementMonths);
  for (const Agreement& agreement : state.agreements) {
    for (std::uint32_t link = agreement.first_month; link != 0;
         link = state.months[link - 1].next) {
      const MonthBase& month = state.months[link - 1];
      Field key = out.field();
      key.Of(agreement.name).Big(month.month.value());
      Field value = out.field();
      value.Of(month.priced).Of(month.standard).Byte(month.trued_up ? 1 : 0);
      out.Leaf(key, value);
    }
  }
  out.Begin(StateSectionNo::kBills);
  for (const Agreement& agreement : state.agreements) {
    for (std::uint32_t link = agreement.first_bill; link != 0; link = state.bills[link - 1].next) {
      const Bill& bill = state.bills[link - 1];
      Field key = out.field();
      key.Of(agreement.name).Big(bill.through.value());
      Field value = out.field();
      value.Of(bill.settled_on).Of(bill.due_on).Of(bill.due).Of(bill.open);
      out.Leaf(key, value);
    }
  }
}

void AddLines(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kUnpriced);
  for (const auto* pair : state.unpriced.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.sale.packed()).Big(pair->first.line);
    Field value = out.field();
    value.Of(state.agreements[pair->second.agreement].name).Of(pair->second.amount);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kRefunded);
  for (const auto* pair : state.refunded.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.sale.packed()).Big(pair->first.line);
    Field value = out.field();
    value.Of(pair->second.quantity).Of(pair->second.amount).Of(pair->second.cost);
    out.Leaf(key, value);
  }
}

void AddFunds(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kFunds);
  for (const Fund& fund : state.funds) {
    Field key = out.field();
    key.Of(fund.name);
    Field value = out.field();
    value.Of(fund.host).Of(fund.committee).Of(fund.bank_accounts).Of(fund.default_pot);
    value.Byte(static_cast<std::uint8_t>(fund.restriction_class)).Of(fund.purposes).Of(fund.places);
    value.Of(fund.matters).Of(fund.until);
    out.Leaf(key, value);
  }
}

void AddApprovals(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kApprovals);
  for (const auto* pair : state.approvals.Sorted()) {
    const Approval& approval = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Byte(1).Of(approval.target.of).Of(approval.target.subject);
    value.Byte(static_cast<std::uint8_t>(approval.target.action))
        .Of(approval.approver)
        .Of(approval.amount_max);
    out.Leaf(key, value);
  }
  for (const auto* pair : state.used_approvals.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Byte(2);
    out.Leaf(key, value);
  }
}

void AddRequests(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kRequests);
  for (const auto* pair : state.requests.Sorted()) {
    const SpendingRequest& request = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Byte(request.use).Of(state.funds[request.fund].name).Of(request.pot).Of(request.payee);
    value.Of(request.amount)
        .Of(request.paid)
        .Of(request.purpose)
        .Of(request.matter)
        .Of(request.place);
    value.Of(request.author).Of(request.requested_on);
    out.Leaf(key, value);
  }
}

void AddAccounts(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAccounts);
  for (const Account& account : state.accounts.all()) {
    Field key = out.field();
    key.Byte(static_cast<std::uint8_t>(account.key.account_class)).Of(account.key.pot);
    key.Of(account.key.owner).Of(account.key.detail);
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(UnitOf(account.key.account_class)))
        .Of(account.debit)
        .Of(account.credit);
    value.Little(account.postings).Little(account.last_seq.value());
    out.Leaf(key, value);
  }
}

}  // namespace

std::vector<StateSection> EncodeState(const BookState& state) {
  Sections out{state};
  AddBook(state, out);
  AddNames(state, out);
  AddRegister(state, out);
  AddAgreements(state, out);
  AddMonthsAndBills(state, out);
  AddLines(state, out);
  AddFunds(state, out);
  AddApprovals(state, out);
  AddRequests(state, out);
  AddAccounts(state, out);
  return out.Take();
}

}  // namespace suanpan::rules
