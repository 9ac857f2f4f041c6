#pragma once

// Another program, run to its end.

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace suanpan::test {

/// Exit code of a command, and what it printed on both streams.
struct Outcome {
  int exit_code;
  std::string output;
};

/// Runs a shell command; -1 where it could not be started or was killed.
[[nodiscard]] inline Outcome RunCommand(const std::string& command) {
  Outcome run{-1, {}};
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return run;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    run.output.append(buffer.data(), size);
  }
  const int status = pclose(pipe);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return run;
}

}  // namespace suanpan::test
