#pragma once

// The list in docs/auditors.md of the fields that can be turned alone without the audit seeing it.

#include <set>
#include <string>

namespace suanpan::audit {

/// "money.paid bank_ref" of each, as the page lists them; "every fact" stands for any kind.
[[nodiscard]] std::set<std::string> FreeClaims();

/// Whether the page lists a field that was turned, "money.paid bank_ref".
[[nodiscard]] bool IsFreeClaim(const std::set<std::string>& listed, const std::string& turned);
/// Whether a field that the page lists was among those that were turned.
[[nodiscard]] bool IsTurned(const std::set<std::string>& turned, const std::string& listed);

}  // namespace suanpan::audit
