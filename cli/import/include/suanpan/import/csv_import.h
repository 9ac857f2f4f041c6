#pragma once

// A CSV file into commands, by a mapping. Knows nothing of the ledger: it makes the JSON texts of
// commands (events.md section 1.1) and hands them to a callback, in file order.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"
#include "suanpan/import/byte_source.h"
#include "suanpan/import/csv_map.h"

namespace suanpan::import {

struct ImportOptions {
  std::string book;  ///< a ref
  /// SHA-256 of the file's content, unpacked where it is a .gz, 64 lower-case hexadecimal digits.
  std::string file_digest_hex;
};

/// The stream of the keys of a file's commands: "csv-" and the first 16 digits of its digest.
[[nodiscard]] std::string KeyStreamOf(std::string_view file_digest_hex);

/// One command. Its key is STREAM/first_row, so that the same file and mapping make the same keys.
struct CommandText {
  std::string_view json;        ///< without a line break; valid until the sink returns
  std::uint64_t first_row = 0;  ///< data rows from 1, the header not counted
  std::uint64_t last_row = 0;   ///< the last row that gave a fact of this command
  std::size_t facts = 0;
};

struct ImportCounts {
  std::uint64_t rows = 0;  ///< data rows read: those that gave facts and the skipped ones
  std::uint64_t commands = 0;
  std::uint64_t facts = 0;
  std::map<std::string, std::uint64_t, std::less<>> facts_by_kind;
  std::map<std::string, std::uint64_t, std::less<>> skipped_by_reason;
};

/// A command's text stays within the request limit of events.md section 1.4; a row whose facts
/// alone exceed it is an error.
inline constexpr std::size_t kCommandBytesMax = std::size_t{64} * 1024;

/// Reads the whole source (gzip or not), bounded memory. Stops at the first error: of the source,
/// of a row that cannot be mapped (naming row, line, column, value and remedy; unless the mapping
/// skips bad rows), or of the sink, returned as it is. Commands already handed over stay so.
[[nodiscard]] Result<ImportCounts> ImportCsv(const CsvMap& map, ByteSource& source,
                                             const ImportOptions& options,
                                             const std::function<Status(const CommandText&)>& sink);

}  // namespace suanpan::import
