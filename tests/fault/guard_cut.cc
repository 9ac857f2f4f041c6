#include "guard_cut.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace suanpan::fault {
namespace {

int writes_left = -1;  ///< -1: no end
GuardCut cut = GuardCut::kBefore;

std::string& Calls() {
  static auto* const calls = new std::string;
  return *calls;
}
bool noting = false;  ///< from the first TakeGuardCalls on; syncs come from many threads otherwise
void Note(char call) {
  if (noting) Calls().push_back(call);
}

/// What the guard is written with: the process may end here.
ssize_t WriteOrEnd(int file, const void* bytes, std::size_t size, off_t at) {
  const bool ends = writes_left > 0 && --writes_left == 0;
  if (ends && cut == GuardCut::kBefore) ::_exit(0);
  Note('w');
  const auto wrote = ::syscall(SYS_pwrite64, file, bytes, ends ? size / 2 : size, at);
  if (ends) ::_exit(0);
  return wrote;
}

int SyncAndNote(long call, int file) {
  Note('s');
  return static_cast<int>(::syscall(call, file));
}

}  // namespace

std::string TakeGuardCalls() {
  noting = true;
  return std::exchange(Calls(), {});
}

void EndAtGuardWrite(int nth, GuardCut how) {
  writes_left = nth;
  cut = how;
}

}  // namespace suanpan::fault

// In the place of the system's. The guard alone calls pwrite.
extern "C" ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) {
  return suanpan::fault::WriteOrEnd(file, bytes, size, at);
}
extern "C" int fdatasync(int file) { return suanpan::fault::SyncAndNote(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return suanpan::fault::SyncAndNote(SYS_fsync, file); }
extern "C" int rename(const char* from, const char* to) noexcept {
  suanpan::fault::Note('r');
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
