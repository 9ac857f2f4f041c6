#include "guard_cut.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace suanpan::fault {
namespace {

int writes_left = -1;  ///< -1: no end
GuardCut cut = GuardCut::kBefore;

/// What the guard is written with: the process may end here.
ssize_t WriteOrEnd(int file, const void* bytes, std::size_t size, off_t at) {
  const bool ends = writes_left > 0 && --writes_left == 0;
  if (ends && cut == GuardCut::kBefore) ::_exit(0);
  const auto wrote = ::syscall(SYS_pwrite64, file, bytes, ends ? size / 2 : size, at);
  if (ends) ::_exit(0);
  return wrote;
}

}  // namespace

void EndAtGuardWrite(int nth, GuardCut how) {
  writes_left = nth;
  cut = how;
}

}  // namespace suanpan::fault

/// In the place of the system's, for the guard alone calls it.
extern "C" ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) {
  return suanpan::fault::WriteOrEnd(file, bytes, size, at);
}
