#pragma once

// The facts that a service may send, field by field (docs/facts.md).

#include <map>
#include <string>

#include "support/opinion/fields.h"

namespace suanpan::opinion {

/// What every fact may carry, in the order of the catalogue, without `kind`.
[[nodiscard]] const Fields& EnvelopeFields();

/// The fields of each kind by its name.
[[nodiscard]] const std::map<std::string, Fields>& Kinds();

/// Those of a subject; Kinds has them all.
[[nodiscard]] std::map<std::string, Fields> RegisterKinds();
[[nodiscard]] std::map<std::string, Fields> GovernanceKinds();
[[nodiscard]] std::map<std::string, Fields> DonationKinds();
[[nodiscard]] std::map<std::string, Fields> FundKinds();
[[nodiscard]] std::map<std::string, Fields> ServiceKinds();
[[nodiscard]] std::map<std::string, Fields> PointsKinds();
[[nodiscard]] std::map<std::string, Fields> TimeKinds();

/// What the body of a policy of a type has; of no type, nothing.
[[nodiscard]] Type PolicyBody(const Json& policy_type);

/// Kinds with a name that only the engine writes.
[[nodiscard]] bool IsEnginesOwn(const std::string& kind);

/// Fields of a kind that hold addresses, in the order of the catalogue.
[[nodiscard]] std::vector<std::string> AddressFields(const std::string& kind);

/// A fact in normal form, or the first fault in its fields.
[[nodiscard]] Json ReadFact(const Json& fact, const Facts& facts);

}  // namespace suanpan::opinion
