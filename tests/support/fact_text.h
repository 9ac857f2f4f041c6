#pragma once

// A fact as a person writes it in a scenario, turned into the command's JSON:
//
//   2026-03-03T10:00 p-till sale.recorded vendor=v-1 lines=[{item=bread quantity=2
//   amount_fen=2590}]
//
// Date (at noon) or minute of the book's zone (+08:00), actor, kind, fields. Values are numbers,
// words, "quoted texts", [lists] and {objects}, without commas; a rate is written 1/10, and
// 200*{...} in a list is the same value two hundred times.

#include <string>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::testing {

[[nodiscard]] Result<std::string> FactJson(std::string_view text);

/// A small number that a test file states; the test fails hard when it is none.
[[nodiscard]] int NumberIn(std::string_view text);

/// A command of facts that are JSON already.
[[nodiscard]] std::string CommandJson(std::string_view key, std::string_view facts);

}  // namespace suanpan::testing
