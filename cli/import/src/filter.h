#pragma once

// Row filters: which rows of the file are imported at all.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "render.h"

namespace suanpan::import {

/// The filters of one mapping applied to the rows of one file. Remembers the answers of regular
/// expressions, since columns worth filtering on repeat their values.
class FilterSet {
 public:
  explicit FilterSet(const MapModel& model);

  /// The reason of the first filter that skips the row; empty when the row is kept.
  [[nodiscard]] Result<std::string_view> ReasonToSkip(const RowView& row);

 private:
  /// Bounds the recursion of std::regex, which goes as deep as the text is long.
  static constexpr std::size_t kMatchedBytesMax = 1024;
  static constexpr std::size_t kRememberedMax = 16'384;
  static constexpr std::size_t kRememberedBytesMax = 64;

  [[nodiscard]] Result<bool> Matches(const RowView& row, std::size_t index);

  const MapModel& model_;
  std::vector<std::unordered_map<std::string, bool>> remembered_;  // per filter
  std::string key_;                                                // reused for the look-up
};

}  // namespace suanpan::import
