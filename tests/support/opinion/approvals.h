#pragma once

// Which approvals a fact may use (events.md 3.2, docs/facts.md).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// What an approval must be about to fit.
struct Wanted {
  std::string action;
  std::string of;       ///< an address
  std::string subject;  ///< or a name
  std::int64_t amount = 0;
};

[[nodiscard]] bool Fits(const Approval& approval, const Wanted& wanted);

/// The approval at an address that a field names, where it may be used; else refused.
[[nodiscard]] Approval& ApprovalAt(const Deciding& d, const std::string& address,
                                   const std::string& field, const Wanted& wanted);
/// The one in `approval`, and those in `approvals`, each once.
[[nodiscard]] Approval& ApprovalStated(const Deciding& d, const Wanted& wanted);
[[nodiscard]] std::vector<Approval*> ApprovalsListed(const Deciding& d, const Wanted& wanted);

/// Whether the fact lists a refusal in `irregular`.
[[nodiscard]] bool SetsAside(const Deciding& d, const char* code);

}  // namespace suanpan::opinion
