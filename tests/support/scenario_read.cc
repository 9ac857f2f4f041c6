#include <fmt/format.h>

#include <fstream>

#include "support/scenario.h"

namespace suanpan::testing {

Result<std::vector<ScenarioBlock>> ReadScenario(const std::string& path) {
  std::ifstream file{path};
  if (!file) return MakeError(StatusCode::kNotFound, "{}: cannot be read", path);
  std::vector<ScenarioBlock> blocks;
  std::size_t indent = 0;  // of the first row of the block
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const std::size_t start = line.find_first_not_of(' ');
    if (start == std::string::npos || line[start] == '#') continue;
    line.erase(line.find_last_not_of(' ') + 1);
    const std::string text = line.substr(start);
    if (start == 0) {
      blocks.push_back({number, text, {}});
    } else if (blocks.empty()) {
      return MakeError(StatusCode::kInvalidArgument, "{}:{}: an indented line first", path, number);
    } else if (blocks.back().rows.empty() || start <= indent) {
      indent = start;
      blocks.back().rows.push_back({number, text});
    } else {
      blocks.back().rows.back().text += ' ' + text;
    }
  }
  return blocks;
}

}  // namespace suanpan::testing
