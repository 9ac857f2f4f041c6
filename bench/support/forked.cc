#include "support/forked.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {

Forked RunForked(const std::function<double()>& work) {
  std::array<int, 2> ends{};
  SUANPAN_INVARIANT(::pipe(ends.data()) == 0);
  const pid_t pid = ::fork();
  SUANPAN_INVARIANT(pid >= 0);
  if (pid == 0) {
    const double number = work();
    const bool told = ::write(ends[1], &number, sizeof number) == sizeof number;
    ::_exit(told ? 0 : 1);
  }
  ::close(ends[1]);
  Forked result;
  const bool told = ::read(ends[0], &result.number, sizeof result.number) == sizeof result.number;
  ::close(ends[0]);
  int status = 0;
  ::rusage usage{};
  SUANPAN_INVARIANT(::wait4(pid, &status, 0, &usage) == pid);
  result.ok = told && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  result.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return result;
}

}  // namespace suanpan::bench
