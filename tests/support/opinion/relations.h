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

/// Whether a person has a role on a day: in the book (at its unit or host), or at a fund, where one
/// is named (at the fund, its committee or its host).
[[nodiscard]] bool HoldsRole(const State& state, const std::string& person, const std::string& role,
                             const std::string& fund, const std::string& date);
/// Whether a relation, open at its end, may stand beside the others.
[[nodiscard]] bool MayBegin(const State& state, const Relation& begun);

}  // namespace suanpan::opinion
