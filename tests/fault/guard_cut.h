#pragma once

#include <cstdint>

namespace suanpan::fault {

/// Where the process ends at a write of the guard.
enum class GuardCut : std::uint8_t { kBefore, kInTheMiddle };

/// Ends this process, as if it had answered all, at the nth write of the guard from now on.
void EndAtGuardWrite(int nth, GuardCut how);

}  // namespace suanpan::fault
