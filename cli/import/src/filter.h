#pragma once

// Row filters: which rows of the file are imported at all.

#include <string_view>

#include "render.h"

namespace suanpan::import {

/// The reason of the first filter that skips the row; empty when the row is kept.
[[nodiscard]] Result<std::string_view> ReasonToSkip(const MapModel& model, const RowView& row);

}  // namespace suanpan::import
