#include "filter.h"

#include <re2/re2.h>

namespace suanpan::import {

Result<std::string_view> ReasonToSkip(const MapModel& model, const RowView& row) {
  for (const Filter& filter : model.filters) {
    bool holds = false;
    if (filter.pattern) {
      holds = re2::RE2::PartialMatch(row.Value(filter.column), *filter.pattern);
    } else {
      SUANPAN_ASSIGN_OR_RETURN(const Sign sign, ReadSign(row, filter.number));
      holds = sign == filter.sign;
    }
    if (holds != filter.keep) return std::string_view{filter.reason};
  }
  return std::string_view{};
}

}  // namespace suanpan::import
