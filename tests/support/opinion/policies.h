#pragma once

// Policies: what is proposed, what is adopted, what is in force on a day
// (events.md 3.2, 3.8, 4.10).

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// What one policy of a type is about: its scheme; its action; "-" of control.
[[nodiscard]] std::string ScopeOf(const std::string& type, const Json& body);

/// The policy of a type and scope that counts on a day: the last that was adopted and applies by
/// then; null where there is none.
[[nodiscard]] const Policy* InForce(const State& state, const std::string& type,
                                    const std::string& scope, const std::string& date);

/// The version that a derived event names as its rule; null where it names none.
[[nodiscard]] const Policy* VersionNamed(const State& state, const Json& rule);

/// What is wrong inside a body, beyond the grammar of its fields.
void CheckBody(const Deciding& d);

/// The row of a list in a body that has a code in a field, or null.
[[nodiscard]] const Json* RowOf(const Json& rows, const char* field, const std::string& code);

}  // namespace suanpan::opinion
