#pragma once

// Another program, run to its end.

#include <cstdint>
#include <string>
#include <vector>

namespace suanpan::bench {

struct ChildRun {
  int exit_code = -1;  ///< -1: it did not end by itself
  double seconds = 0;  ///< from its start to its end
  /// Most memory it had resident (VmHWM), read every two milliseconds while it ran: what it needed
  /// only in its last two may be missing.
  std::uint64_t peak_kib = 0;
};

/// Runs a program with its standard output in a file and its errors in `output_path` + ".err".
[[nodiscard]] ChildRun RunChild(const std::vector<std::string>& command,
                                const std::string& output_path);

}  // namespace suanpan::bench
