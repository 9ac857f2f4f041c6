#pragma once

// The files of tests/scenarios.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace suanpan::testing {

inline const std::filesystem::path kScenarioFolder =
    std::filesystem::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";

inline std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{kScenarioFolder}) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace suanpan::testing
