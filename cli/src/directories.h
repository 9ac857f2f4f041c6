#pragma once

// Data and key directories of the command line.

#include <string>

#include "suanpan/base/status.h"

namespace suanpan::cli {

/// --key-dir, else $SUANPAN_KEYS, else DATA.keys beside the data directory.
[[nodiscard]] std::string KeyDirectory(const std::string& data_dir, const std::string& stated);
[[nodiscard]] std::string LogKeyPath(const std::string& key_dir);
/// What the log has promised (engine/guard.h).
[[nodiscard]] std::string GuardPath(const std::string& key_dir);

/// True where `inner` is `outer` or lies below it.
[[nodiscard]] bool IsInside(const std::string& inner, const std::string& outer);

/// A file of at most `bytes_max` bytes; kIo or kNotFound with the system's reason.
[[nodiscard]] Result<std::string> ReadWholeFile(const std::string& path, std::size_t bytes_max);
/// Writes a new file with mode 0600 and syncs it; kFailedPrecondition where it exists.
[[nodiscard]] Status WriteSecretFile(const std::string& path, std::string_view text);

}  // namespace suanpan::cli
