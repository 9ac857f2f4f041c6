#include "support/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>

#include "suanpan/base/invariant.h"
#include "support/bench_directory.h"

namespace suanpan::bench {

void SettleDisk() {
  if (Smoke()) return;
  const int directory = ::open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  SUANPAN_INVARIANT(directory >= 0 && ::syncfs(directory) == 0);
  ::close(directory);
}

double SyncsPerSecond(const std::string& directory) {
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double> long_enough{Smoke() ? 0.01 : 0.5};
  SettleDisk();
  const std::string path = directory + "/syncs";
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  SUANPAN_INVARIANT(file >= 0, "{}", path);
  std::array<char, 4096> page{};
  std::size_t syncs = 0;
  const auto begin = Clock::now();
  std::chrono::duration<double> seconds{0};
  while (seconds < long_enough) {
    page.fill(static_cast<char>(++syncs));
    SUANPAN_INVARIANT(::write(file, page.data(), page.size()) == 4096);
    SUANPAN_INVARIANT(::fdatasync(file) == 0);
    seconds = Clock::now() - begin;
  }
  ::close(file);
  ::unlink(path.c_str());
  return static_cast<double>(syncs) / seconds.count();
}

}  // namespace suanpan::bench
