#include "src/kinds/authority/authority.h"

namespace suanpan::rules {
namespace {

/// On the event, or on the fund where the approval says so or there is no event.
Approving ApprovingOf(const BookState& state, const schema::Event& event, Address of, NameId fund,
                      Fen amount) {
  constexpr auto kAction = schema::ApprovalAction::kIrregular;
  const Approval* approval = state.approvals.Find(event.common.approval);
  const bool on_fund = of.none() || (approval != nullptr && approval->target.of.none());
  const ApprovalTarget target =
      on_fund ? ApprovalTarget{{}, fund, kAction} : ApprovalTarget{of, {}, kAction};
  return Approving::Of(event, target, amount).At(fund);
}

}  // namespace

bool SetAside(const schema::Event& event, schema::RefusalCode code) {
  const std::optional<unsigned> bit = schema::IrregularBit(code);
  return bit && (event.common.irregular >> *bit & 1U) != 0;
}

Verdict TestIrregular(const BookState& state, const schema::Event& event, Address of, NameId fund,
                      Fen amount) {
  if (event.common.irregular == 0) return std::nullopt;
  return TestApproval(state, ApprovingOf(state, event, of, fund, amount), event.common.approval,
                      "approval");
}

Status UseIrregular(BookState& state, const schema::Event& event, Address of, NameId fund,
                    Fen amount) {
  if (event.common.irregular == 0) return {};
  return UseApproval(state, ApprovingOf(state, event, of, fund, amount), event.common.approval);
}

}  // namespace suanpan::rules
