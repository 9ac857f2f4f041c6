#pragma once

// Who may do what (events.md 1.3, 3.8, 4.5): approvals by other people, as many and of whom the
// policy in force wants, and the roles that a policy of control asks of an actor.

#include <span>

#include "suanpan/rules/rule.h"

namespace suanpan::rules {

/// What a fact wants approvals for.
struct Approving {
  ApprovalTarget target;
  NameId user;  ///< the actor of the fact
  Date date;    ///< its business date: the policy in force then says how many, and of whom
  Fen amount;   ///< which an approval with an upper bound must cover; 0: it is not about money
  NameId fund;  ///< that it is about; 0: none
  Fen before;   ///< what the target cost already; the tier is that of both together
  std::size_t least = 1;  ///< approvals that no policy makes fewer

  /// For the target of a fact that is about no fund.
  static Approving Of(const schema::Event& event, const ApprovalTarget& target, Fen amount = {}) {
    return {target, event.common.actor, event.common.business_day, amount, {}, {}};
  }
  [[nodiscard]] Approving At(NameId at_fund) const {
    Approving at = *this;
    at.fund = at_fund;
    return at;
  }
};

// A fact that names one approval in its common part: where more are wanted, the others are those of
// the same target that are unused, the oldest first, one a person.
//
// approval_missing, approval_used, self_approval.
[[nodiscard]] Verdict TestApproval(const BookState& state, const Approving& wanted, Address stated,
                                   std::string_view field);
/// Uses up what TestApproval counts. What it refuses: a contradiction.
[[nodiscard]] Status UseApproval(BookState& state, const Approving& wanted, Address stated);

// A fact that lists its approvals: all are used, and enough of them must count.
//
// unknown_address, wrong_kind, bad_field; then as above.
[[nodiscard]] Verdict TestListed(DecideContext& context, const Approving& wanted,
                                 std::span<const Address> listed);
/// The same for one of them.
[[nodiscard]] Verdict TestListedOne(DecideContext& context, const Approving& wanted,
                                    std::span<const Address> listed, std::size_t index);
/// Whether enough of them count, each of another person: approval_missing on `field`.
[[nodiscard]] Verdict TestEnough(const BookState& state, const Approving& wanted,
                                 std::span<const Address> listed, std::string_view field);
[[nodiscard]] Status UseListed(BookState& state, const Approving& wanted,
                               std::span<const Address> listed);

/// Whether one approval serves a target, whoever else must agree: approval_missing, approval_used,
/// self_approval.
[[nodiscard]] Verdict TestServes(const BookState& state, const Approving& wanted, Address approval,
                                 std::string_view field);
/// Whether an approver has the role that the policy wants, and an approval the decision.
[[nodiscard]] bool Counts(const BookState& state, const Approving& wanted, Address approval);

/// Removes an approval from the chain of its target.
void UnlinkApproval(BookState& state, Address address);

/// Whether `irregular` of a fact sets a refusal aside.
[[nodiscard]] bool SetAside(const schema::Event& event, schema::RefusalCode code);
/// What is irregular needs an approval for being so, given on an event, where there is one, or on
/// the fund: approval_missing, approval_used, self_approval.
[[nodiscard]] Verdict TestIrregular(const BookState& state, const schema::Event& event, Address of,
                                    NameId fund, Fen amount);
/// Uses that approval up, where the fact is irregular.
[[nodiscard]] Status UseIrregular(BookState& state, const schema::Event& event, Address of,
                                  NameId fund, Fen amount);

/// No tier of the policy for an action takes the approval of somebody without this role:
/// role_missing on `actor`.
[[nodiscard]] Verdict TestApprover(const BookState& state, const schema::Event& event,
                                   schema::ApprovalAction action, NameId fund);

}  // namespace suanpan::rules
