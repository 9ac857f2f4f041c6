#pragma once

// Rows of a CSV file (RFC 4180, UTF-8, optionally gzip) one after the other in bounded memory.
// The rules: fields are separated by the delimiter; a field in quotes may hold delimiters, line
// breaks and doubled quotes; a quote inside a field without quotes, or text after a closing quote,
// is an error; rows end with LF, CRLF or CR; lines without any byte are no rows; spaces belong to
// the field; a byte order mark is dropped.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "suanpan/base/status.h"
#include "suanpan/import/byte_source.h"

namespace suanpan::import {

inline constexpr std::size_t kRowBytesMax = std::size_t{1} << 20U;
inline constexpr std::size_t kFieldsMax = 1024;
inline constexpr std::size_t kFieldBytesMax = std::size_t{1} << 16U;
static_assert(kFieldBytesMax <= kRowBytesMax);

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';
};

/// One row; the views hold until the callback returns.
struct CsvRow {
  std::uint64_t number = 0;  ///< 0 is the first row of the file, which usually is the header
  std::uint64_t line = 0;    ///< 1-based line on which the row begins
  std::vector<std::string_view> fields;
};

/// Calls `on_row` for each row in file order until the end or its first error, which is returned as
/// it is. Errors of the file itself (kCorruption, kInvalidArgument above a bound) name row and
/// line.
[[nodiscard]] Status ReadCsv(ByteSource& source, const CsvDialect& dialect,
                             const std::function<Status(const CsvRow&)>& on_row);

}  // namespace suanpan::import
