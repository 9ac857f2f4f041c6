#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddAgreements(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAgreements);
  for (const Agreement& a : state.agreements) {
    if (a.name.value() == 0) continue;
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

// What only reversals ask for.

void AddSignings(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kStanding);
  for (const Agreement& agreement : state.agreements) {
    if (agreement.name.value() == 0) continue;
    Field key = out.field();
    key.Of(agreement.name);
    Field value = out.field();
    value.Little(agreement.facts);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kSignings);
  for (const Agreement& agreement : state.agreements) {
    if (agreement.name.value() == 0) continue;
    Field key = out.field();
    key.Of(agreement.name);
    Field value = out.field();
    value.Of(agreement.signing);
    out.Leaf(key, value);
  }
}

void AddMovedMonths(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kMoved);
  for (const Agreement& agreement : state.agreements) {
    for (std::uint32_t link = agreement.first_month; link != 0;
         link = state.months[link - 1].next) {
      const MonthBase& month = state.months[link - 1];
      if (!month.trued_up) continue;
      Field key = out.field();
      key.Of(agreement.name).Big(month.month.value());
      Field value = out.field();
      value.Of(month.moved);
      out.Leaf(key, value);
    }
  }
}

void AddBillsBefore(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kHighs);
  for (const Agreement& agreement : state.agreements) {
    for (std::uint32_t link = agreement.first_bill; link != 0; link = state.bills[link - 1].next) {
      Field key = out.field();
      key.Of(agreement.name).Big(state.bills[link - 1].through.value());
      Field value = out.field();
      value.Of(state.bills[link - 1].high);
      out.Leaf(key, value);
    }
  }
  out.Begin(StateSectionNo::kTakenOff);
  for (const auto* pair : state.taken_off.Sorted()) {
    for (const BillShare& share : pair->second) {
      Field key = out.field();
      key.Big(pair->first.packed()).Big(state.bills[share.bill].through.value());
      Field value = out.field();
      value.Of(share.amount);
      out.Leaf(key, value);
    }
  }
}

}  // namespace

void AddDonations(const BookState& state, Sections& out) {
  AddAgreements(state, out);
  AddMonthsAndBills(state, out);
  AddSignings(state, out);
  AddMovedMonths(state, out);
  AddBillsBefore(state, out);
}

}  // namespace suanpan::rules
