#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suanpan/import/csv_import.h"

namespace suanpan::import {

/// The digest stands for the file; the importer only takes its first sixteen digits.
inline constexpr std::string_view kDigest =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct Imported {
  ImportCounts counts;
  std::vector<std::string> commands;
  std::vector<CommandText> details;  // their json views are stale
};

inline Result<Imported> ImportText(std::string_view map_json, std::string_view csv) {
  SUANPAN_ASSIGN_OR_RETURN(const CsvMap map, CsvMap::Parse(map_json));
  MemorySource source(csv);
  Imported imported;
  SUANPAN_ASSIGN_OR_RETURN(
      imported.counts,
      ImportCsv(map, source, {.book = "zz", .file_digest_hex = std::string{kDigest}},
                [&](const CommandText& command) -> Status {
                  imported.commands.emplace_back(command.json);
                  imported.details.push_back(command);
                  return {};
                }));
  return imported;
}

/// The message of a failed import or parse; "(no error)" when it went well, which no test expects.
template <class T>
std::string MessageOf(const Result<T>& result) {
  return result.ok() ? std::string{"(no error)"} : std::string{result.error().message()};
}

}  // namespace suanpan::import
