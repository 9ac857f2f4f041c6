#include "filter.h"

#include <string>

#include "json_text.h"

namespace suanpan::import {

FilterSet::FilterSet(const MapModel& model) : model_(model), remembered_(model.filters.size()) {}

Result<std::string_view> FilterSet::ReasonToSkip(const RowView& row) {
  for (std::size_t i = 0; i < model_.filters.size(); ++i) {
    const Filter& filter = model_.filters[i];
    bool holds = false;
    if (filter.pattern) {
      SUANPAN_ASSIGN_OR_RETURN(holds, Matches(row, i));
    } else {
      SUANPAN_ASSIGN_OR_RETURN(const Sign sign, ReadSign(row, filter.number));
      holds = sign == filter.sign;
    }
    if (holds != filter.keep) return std::string_view{filter.reason};
  }
  return std::string_view{};
}

Result<bool> FilterSet::Matches(const RowView& row, std::size_t index) {
  const Filter& filter = model_.filters[index];
  const std::string_view value = row.Value(filter.column);
  key_.assign(value);
  auto& remembered = remembered_[index];
  if (const auto found = remembered.find(key_); found != remembered.end()) return found->second;
  if (value.size() > kMatchedBytesMax) {
    return MakeError(StatusCode::kInvalidArgument,
                     "column {}: {} is longer than the {} bytes that a pattern is tried on",
                     row.Name(filter.column), Shown(value), kMatchedBytesMax);
  }
  try {
    const bool matches = std::regex_search(key_, *filter.pattern);
    const bool worth_it = value.size() <= kRememberedBytesMax && remembered.size() < kRememberedMax;
    if (worth_it) remembered.emplace(key_, matches);
    return matches;
  } catch (const std::regex_error& error) {
    return MakeError(StatusCode::kInvalidArgument, "column {}: {}: the pattern is too costly: {}",
                     row.Name(filter.column), Shown(value), error.what());
  }
}

}  // namespace suanpan::import
