#pragma once

// The cases of tests/data/commands/commands.txt, which says how they are written.

#include <string>
#include <vector>

namespace suanpan::testing {

struct CommandCase {
  std::string name;
  std::string command;
  std::string verdict;  ///< "ok", "ok TEXT" or "NUMBER FACT FIELD"
};

[[nodiscard]] std::vector<CommandCase> ReadCommandTable();

}  // namespace suanpan::testing
