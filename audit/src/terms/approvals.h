#pragma once

// V7: who approved what, and that each approval is used once, for what it was given for, and by
// somebody else. Includes nothing of the engine's rules (totals/agreement_base.h says why).

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "src/findings.h"
#include "src/terms/named_events.h"
#include "src/terms/registers.h"
#include "suanpan/schema/kinds/governance.h"

namespace suanpan::audit {

/// Memory: approvals.
class Approvals {
 public:
  /// What an approval is about: an event or a name, and the action.
  struct Target {
    Address of;
    NameId subject;
    schema::ApprovalAction action{};
    friend auto operator<=>(const Target&, const Target&) = default;
  };

  /// All must outlive it.
  Approvals(const Registers& registers, NamedEvents& events, Findings& findings)
      : registers_(registers), events_(events), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  /// Event `at` of `user` uses an approval up, for an amount.
  void Use(Address at, Address approval, const Target& target, NameId user, Fen amount);

  /// What an unused approval is about; null where it is used, withdrawn, or none.
  [[nodiscard]] const Target* TargetOf(Address approval) const;
  /// The unused approvals that `user` may use for an amount: the newest `max`, in order.
  [[nodiscard]] std::vector<Address> Usable(const Target& target, NameId user, Fen amount,
                                            std::size_t max) const;

 private:
  struct Given {
    Target target;
    NameId approver;
    Fen amount_max;  ///< 0: no bound
    [[nodiscard]] bool Covers(Fen amount) const {
      return amount_max.value() == 0 || amount <= amount_max;
    }
  };
  /// That the target is something that this action is about.
  void CheckTarget(Address at, const schema::Event& event, const schema::ApprovalGiven& fact);
  void Withdraw(Address at, const Target& target, NameId approver);
  void Forget(std::map<Address, Given>::iterator approval);

  const Registers& registers_;
  NamedEvents& events_;
  Findings& findings_;
  std::map<Address, Given> unused_;
  std::map<Target, std::set<Address>> of_target_;  ///< of `unused_`
  std::set<Address> used_;
};

}  // namespace suanpan::audit
