#pragma once

// Which approvals a fact may use, how many it must, and of whom (events.md 3.2, 3.8,
// docs/facts.md); and who may record a kind.

#include <functional>

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// What an approval must be about to fit.
struct Wanted {
  std::string action;
  std::string of;       ///< an address
  std::string subject;  ///< or a name
  std::int64_t amount = 0;
  std::string fund{};       ///< that it is about, or empty
  std::int64_t before = 0;  ///< that the target came to already
  int least = 1;
};

[[nodiscard]] bool Fits(const Approval& approval, const Wanted& wanted);

/// The one in `approval`, with as many others on the same target as the policy asks for.
[[nodiscard]] std::vector<Approval*> ApprovalsStated(const Deciding& d, const Wanted& wanted);
/// Those in `approvals`, each once.
[[nodiscard]] std::vector<Approval*> ApprovalsListed(const Deciding& d, const Wanted& wanted);
/// The same, each for what it is wanted.
[[nodiscard]] std::vector<Approval*> ApprovalsListedFor(
    const Deciding& d, const std::function<Wanted(const std::string&)>& wanted);
/// approval_missing where fewer people than the policy asks for approve, or not those.
void CheckEnough(const Deciding& d, const std::vector<Approval*>& approvals, const Wanted& wanted);
void UseAll(const std::vector<Approval*>& approvals);

/// The role that a policy of control asks for and the actor lacks; empty: none.
[[nodiscard]] std::string RoleLacked(const Deciding& d);

/// The fund that a fact is about, by what it names; or empty.
[[nodiscard]] std::string FundIn(const State& state, const std::string& kind, const Json& fact);

/// Whether the fact lists a refusal in `irregular`.
[[nodiscard]] bool SetsAside(const Deciding& d, const char* code);

}  // namespace suanpan::opinion
