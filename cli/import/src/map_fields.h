#pragma once

// Strict reading of the mapping's JSON: the one file (with its .cc) that knows how nlohmann reports
// trouble. Unknown and duplicate fields, null and fractions are errors that name their place.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::import {

/// Ordered, so that facts come out with their fields as the mapping has them.
using Json = nlohmann::ordered_json;

inline constexpr std::size_t kMapBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kMapDepthMax = 16;

/// A JSON document without duplicate fields, null or fractions, within the two bounds above.
[[nodiscard]] Result<Json> ParseStrictJson(std::string_view text);

/// The fields of one object, each taken at most once; what is left over is unknown.
class Fields {
 public:
  /// `json` outlives this; `where` names the object in errors ("facts[0].lines[0]").
  [[nodiscard]] static Result<Fields> Of(const Json& json, std::string where);

  [[nodiscard]] bool Has(std::string_view name) const;
  /// Null when absent.
  [[nodiscard]] const Json* Take(std::string_view name);
  [[nodiscard]] Result<const Json*> Require(std::string_view name);

  [[nodiscard]] Result<std::string> RequireText(std::string_view name, std::size_t bytes_max);
  [[nodiscard]] Result<std::string> TextOr(std::string_view name, std::string_view fallback,
                                           std::size_t bytes_max);
  [[nodiscard]] Result<bool> BoolOr(std::string_view name, bool fallback);
  [[nodiscard]] Result<std::int64_t> IntegerOr(std::string_view name, std::int64_t fallback,
                                               std::int64_t min, std::int64_t max);

  /// An error naming the first field that was not taken and those that were asked for.
  [[nodiscard]] Status RefuseOthers() const;

  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] std::string Path(std::string_view name) const;

 private:
  Fields(const Json& json, std::string where) : json_(&json), where_(std::move(where)) {}

  const Json* json_;
  std::string where_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace suanpan::import
