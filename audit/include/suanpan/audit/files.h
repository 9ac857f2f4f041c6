#pragma once

// Files as whole byte strings, with a bound on reading and atomic replacement on writing.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"

namespace suanpan::audit {

enum class Links : bool { kRefuse, kFollow };

/// Reads a regular file into `bytes`, reusing its memory. kNotFound where there is none;
/// kCorruption where it is longer than `bytes_max`, not a regular file, or a link that is not to be
/// followed; kIo otherwise. Never waits, whatever is there. The message does not name the file: the
/// caller knows it by the name that a reader will look for.
[[nodiscard]] Status ReadFile(const std::filesystem::path& path, std::size_t bytes_max,
                              std::string& bytes, Links links = Links::kRefuse);

enum class Sync : bool { kNo, kYes };

/// What a file is called while ReplaceFile writes it: its name and this.
inline constexpr std::string_view kTemporarySuffix = ".tmp";

/// Replaces a file atomically: temporary name, flush to disk where asked, rename. Missing folders
/// are made.
[[nodiscard]] Status ReplaceFile(const std::filesystem::path& path, ByteSpan bytes, Sync sync);

/// ReplaceFile, unless the file has these bytes already.
[[nodiscard]] Status WriteIfDifferent(const std::filesystem::path& path, ByteSpan bytes, Sync sync);

/// Flushes the file system of a folder: many small files at once.
[[nodiscard]] Status SyncFolder(const std::filesystem::path& folder);

}  // namespace suanpan::audit
