#pragma once

// Expressions applied to one row, written as JSON. Errors name the column and the value and say
// what to do; the caller adds the row.

#include <string>
#include <string_view>
#include <vector>

#include "map_model.h"
#include "suanpan/base/status.h"

namespace suanpan::import {

/// One data row seen through the mapping's column slots. All parts outlive it.
struct RowView {
  const MapModel& model;
  const std::vector<std::size_t>& places;  // ColumnSlot -> index in fields
  const std::vector<std::string_view>& fields;

  [[nodiscard]] std::string_view Value(ColumnSlot slot) const { return fields[places[slot]]; }
  [[nodiscard]] const std::string& Name(ColumnSlot slot) const { return model.columns[slot]; }
};

/// The amount in minor units, made absolute where the mapping says so.
[[nodiscard]] Result<std::int64_t> ReadAmount(const RowView& row, const NumberSpec& spec);

[[nodiscard]] Result<Sign> ReadSign(const RowView& row, const NumberSpec& spec);

/// Appends JSON; on an error `out` holds a part of it.
[[nodiscard]] Status AppendExpression(const RowView& row, const Expression& expression,
                                      std::string& out);

}  // namespace suanpan::import
