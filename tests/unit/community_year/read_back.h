#pragma once

// Reads generated commands again without the generator's help: JSON, addresses counted anew from
// the rules of the catalogue, references resolved.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "suanpan/community_year/generate.h"

namespace suanpan::community_year {

struct Fact {
  nlohmann::json json;
  std::string book;
  std::string address;
  std::size_t command = 0;

  [[nodiscard]] std::string kind() const { return json.at("kind"); }
  [[nodiscard]] std::string text(const char* field) const { return json.at(field); }
  [[nodiscard]] std::int64_t number(const char* field) const { return json.at(field); }
};

struct ReadBack {
  std::vector<std::string> lines;
  std::vector<nlohmann::json> commands;
  std::vector<Fact> facts;
  std::map<std::string, std::size_t> by_address;  // book + " " + address -> index in facts

  /// The fact a reference of `from` names ("12.0" or "#0"); null where there is none.
  [[nodiscard]] const Fact* Find(const Fact& from, const std::string& reference) const;
  [[nodiscard]] std::vector<const Fact*> OfKind(const std::string& kind) const;
};

[[nodiscard]] std::vector<std::string> Lines(const YearOptions& options);
[[nodiscard]] ReadBack Read(const YearOptions& options);
/// The year with so many sales of a stall in a day, else as it is by default; read once for all
/// tests.
[[nodiscard]] const ReadBack& YearOf(std::uint32_t sales_per_vendor_day);

}  // namespace suanpan::community_year
