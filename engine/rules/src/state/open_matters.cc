#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

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
  out.Begin(StateSectionNo::kLineCosts);
  for (const auto* pair : state.line_costs.Sorted()) {
    for (const LineCost& cost : pair->second) {
      Field key = out.field();
      key.Big(pair->first.sale.packed()).Big(pair->first.line).Big(cost.cost.packed());
      Field value = out.field();
      value.Byte(cost.priced ? 1 : 0);
      out.Leaf(key, value);
    }
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
        .Of(approval.amount_max)
        .Of(approval.decision)
        .Of(approval.given_on);
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

void AddReversed(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kReversed);
  for (const auto* pair : state.reversed.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(pair->second.by);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kReplaced);
  for (const auto* pair : state.reversed.Sorted()) {
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Little(pair->second.kind).Of(pair->second.replaced);
    out.Leaf(key, value);
  }
}

void AddAdvances(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAdvances);
  for (const auto* pair : state.advances.Sorted()) {
    const Advance& advance = pair->second;
    Field key = out.field();
    key.Big(pair->first.packed());
    Field value = out.field();
    value.Of(state.funds[advance.fund].name).Of(advance.pot).Of(advance.payee).Of(advance.place);
    value.Of(advance.matter).Of(advance.open);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddOpenMatters(const BookState& state, Sections& out) {
  AddReversed(state, out);
  AddLines(state, out);
  AddApprovals(state, out);
  AddRequests(state, out);
  AddAdvances(state, out);
}

}  // namespace suanpan::rules
