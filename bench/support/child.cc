#include "support/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <thread>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {
namespace {

/// 0 when it has ended. Not wait4's maximum, which counts what its parent had resident, too.
std::uint64_t PeakKib(pid_t pid) {
  std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
  constexpr std::string_view kField = "VmHWM:";
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with(kField)) continue;
    const std::size_t at = line.find_first_not_of(" \t", kField.size());
    std::uint64_t kib = 0;
    std::from_chars(line.data() + at, line.data() + line.size(), kib);
    return kib;
  }
  return 0;
}

pid_t Spawn(const std::vector<std::string>& command, const std::string& output_path) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const std::string errors_path = output_path + ".err";
  constexpr int kFlags = O_CREAT | O_TRUNC | O_WRONLY;
  posix_spawn_file_actions_t actions;
  SUANPAN_INVARIANT(::posix_spawn_file_actions_init(&actions) == 0);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_path.c_str(), kFlags, 0600);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors_path.c_str(), kFlags, 0600);
  pid_t pid = 0;
  const int error =
      ::posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? pid : -1;
}

}  // namespace

ChildRun RunChild(const std::vector<std::string>& command, const std::string& output_path) {
  ChildRun run;
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = Spawn(command, output_path);
  if (pid < 0) return run;
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (const std::uint64_t peak_kib = PeakKib(pid)) run.peak_kib = peak_kib;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  return run;
}

}  // namespace suanpan::bench
