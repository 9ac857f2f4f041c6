#pragma once

#include <string>

namespace suanpan::bench {

/// Waits until the file system of the current directory has written all that it still holds back,
/// so that what is measured next does not pay in its syncs for what was measured before.
void SettleDisk();

/// How often a second 4 KiB can be appended to a new file and made durable with fdatasync: what one
/// client that waits for each write can reach at most on the disk of `directory`.
[[nodiscard]] double SyncsPerSecond(const std::string& directory);

}  // namespace suanpan::bench
