#pragma once

#include <cstdint>

namespace suanpan::schema {

/// Whether a terminal may show the character: not what controls it, turns the direction of writing,
/// is assigned to nothing or has no width. What hides a name is shown as an escape instead.
[[nodiscard]] bool IsVisible(std::int32_t code_point);

}  // namespace suanpan::schema
