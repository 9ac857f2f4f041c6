#pragma once

// Fact templates and the expressions inside them, from JSON to the model.

#include <string>
#include <string_view>

#include "map_fields.h"
#include "map_model.h"

namespace suanpan::import {

inline constexpr std::size_t kColumnNameBytesMax = 256;
inline constexpr std::size_t kFactorsMax = 8;

/// Gives column names their slots, in the order they are first used.
class ColumnTable {
 public:
  explicit ColumnTable(std::vector<std::string>& names) : names_(names) {}
  [[nodiscard]] ColumnSlot SlotOf(std::string_view name);

 private:
  std::vector<std::string>& names_;
};

/// One entry of "facts": an object with a kind.
[[nodiscard]] Result<Expression> ParseFact(const Json& json, const std::string& where,
                                           ColumnTable& columns);

/// "column" or "product" with "minor_units", "round" and "abs", as taken from `fields`.
[[nodiscard]] Result<NumberSpec> ParseNumber(Fields& fields, ColumnTable& columns);

}  // namespace suanpan::import
