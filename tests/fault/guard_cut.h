#pragma once

#include <cstdint>
#include <string>

namespace suanpan::fault {

/// Where the process ends at a write of the guard.
enum class GuardCut : std::uint8_t { kBefore, kInTheMiddle };

/// Ends this process, as if it had answered all, at the nth write of the guard from now on.
void EndAtGuardWrite(int nth, GuardCut how);

/// What was asked of the system since the last call, in order: w a write at a place of a file, s a
/// sync of a file or directory, r a new name. Meant for a process in which nothing but the guard
/// works on files.
[[nodiscard]] std::string TakeGuardCalls();

}  // namespace suanpan::fault
