#pragma once

// Scenarios: text files that a person of the trade can read and write (tests/scenarios/README.md
// has the language). Every complaint names file and line.

#include <compare>
#include <set>
#include <string>
#include <vector>

#include "support/book_harness.h"

namespace suanpan::testing {

/// A line that starts in the first column, and the indented lines below it.
struct ScenarioBlock {
  struct Row {
    int line = 0;
    std::string text;  ///< without indent; deeper indented lines are joined to it
  };
  int line = 0;
  std::string head;
  std::vector<Row> rows;
};

[[nodiscard]] Result<std::vector<ScenarioBlock>> ReadScenario(const std::string& path);

/// A refusal, and the kind of the fact that had it; empty where the whole command had it.
struct ProvokedRefusal {
  std::string kind;
  schema::RefusalCode code;

  auto operator<=>(const ProvokedRefusal&) const = default;
};

/// What a scenario came to.
struct ScenarioReport {
  std::vector<std::string> complaints;  ///< "file:line: what is wrong"; empty: it holds
  std::set<ProvokedRefusal> provoked;   ///< refusals that were expected and given
  int expectations = 0;
  std::vector<std::string> entries;   ///< the bytes of the book
  std::vector<std::string> commands;  ///< of each entry, as it was sent
};

/// Plays a scenario on a book of its own, then replays the book's bytes and compares the states.
/// `schema` is what the first entry of the book names.
[[nodiscard]] ScenarioReport RunScenario(
    const std::string& path, const rules::Catalogue& catalogue = rules::Catalogue::Standard(),
    const rules::SchemaStamp& schema = {1, {}});

}  // namespace suanpan::testing
