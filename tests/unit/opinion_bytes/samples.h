#pragma once

// Books of sample commands as the engine stored them, for the second opinion to write again.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "suanpan/base/bytes.h"
#include "support/opinion/bytes/entry_writer.h"

namespace suanpan::opinion::bytes {

/// One book, or one entry of a book whose names were introduced before.
struct Sample {
  std::string name;
  std::vector<nlohmann::json> told;  ///< of each entry
  std::vector<std::string> entries;  ///< what the engine stored
  std::vector<std::string> names;    ///< known before the first entry
  std::optional<SchemaUse> schema;   ///< added by the first entry
  std::optional<Hash32> root;        ///< over the entries, where the engine told one
};

/// The command files of examples/, each through a ledger of its own.
[[nodiscard]] std::vector<Sample> LedgerSamples();
/// Every scenario of tests/scenarios.
[[nodiscard]] std::vector<Sample> ScenarioSamples();
/// Every accepted row of tests/data/commands, as the only command of a book.
[[nodiscard]] std::vector<Sample> CommandTableSamples();
/// Of every kind: each optional part present, absent, and alone either way; then random ones.
[[nodiscard]] std::vector<Sample> FilledSamples();

/// What a second opinion with a slip came to.
struct Comparison {
  std::size_t entries = 0;
  std::size_t different = 0;
  std::string first_difference;  ///< empty: none
};
[[nodiscard]] Comparison Compare(const std::vector<Sample>& samples, Slip slip = Slip::kNone);

}  // namespace suanpan::opinion::bytes
