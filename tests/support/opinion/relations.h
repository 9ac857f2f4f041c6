#pragma once

// Who belongs to whom on a day, read off the list of dated edges.

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

[[nodiscard]] bool IsInForce(const Relation& relation, const std::string& date);

/// The edge that makes a person a member of a party on a day, or null.
[[nodiscard]] const Relation* Membership(const State& state, const std::string& person,
                                         const std::string& of, const std::string& date);

[[nodiscard]] bool IsHousehold(const State& state, const std::string& name);
[[nodiscard]] bool IsMemberParty(const State& state, const std::string& name);

/// The household of a person on a day, or empty.
[[nodiscard]] std::string HouseholdOf(const State& state, const std::string& person,
                                      const std::string& date);

}  // namespace suanpan::opinion
