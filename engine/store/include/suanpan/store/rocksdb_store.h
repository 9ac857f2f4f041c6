#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store {

/// Layout of a data directory: column families, row keys, block format. Checked at open.
inline constexpr std::uint32_t kFormatVersion = 1;

struct RocksDbOptions {
  /// Makes the data directory when the path is absent or an empty directory.
  bool create = false;
  /// Begins with an empty key index, whatever state its tables are in: it is derived from the log
  /// and can be written again. kCorruption as ever where anything else is damaged. The index may be
  /// all that remembers entries which the log lost: read the ends of the books before. Nobody may
  /// read beside it while it opens.
  bool without_keys = false;
};

/// Opens a data directory for writing. kNotFound: no data directory there. kBusy: another writer
/// has it open. kFailedPrecondition: a format version other than kFormatVersion, or `create` on a
/// directory of other files. kCorruption: the log is damaged before its torn tail; nothing is
/// repaired.
Result<std::unique_ptr<EventStore>> OpenRocksDb(const std::string& path,
                                                const RocksDbOptions& options = {});

/// Opens it for reading only, beside a running writer or without one: what is durable at this
/// moment, and after each Refresh what is durable then. Writes nothing to the data directory; its
/// own scratch directory is in the system's temporary directory and is removed with the reader.
Result<std::unique_ptr<EventReader>> OpenRocksDbReader(const std::string& path);

/// For whoever is about to open `without_keys`, where OpenRocksDbReader fails: an error unless only
/// the key index is damaged, or gone. What can still be read of it is read, its watermarks above
/// all, and the rest is kCorruption. Only while nobody writes.
Result<std::unique_ptr<EventReader>> OpenRocksDbReaderPastKeys(const std::string& path);

/// Whether there is a data directory at `path`, before it is opened; each error says what to do.
/// kNotFound: none. kCorruption: what tells RocksDB its files is missing or damaged, so that it
/// cannot be opened. kFailedPrecondition: its making was interrupted before anything was in it.
[[nodiscard]] Status CheckDataDirectory(const std::string& path);
/// The last two for what only an open directory shows: it lacks `what`. Without a book it was never
/// made to the end.
[[nodiscard]] Status LacksPart(const std::string& path, std::string_view what, bool has_books);

/// The data directory that `path`, which need not exist, lies below; nothing where it lies in none.
[[nodiscard]] std::optional<std::string> DataDirectoryAround(const std::string& path);

/// "7.8.3": the library that keeps the log.
[[nodiscard]] std::string RocksDbVersion();

}  // namespace suanpan::store
