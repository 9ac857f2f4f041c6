#pragma once

// How a policy comes into force at a station, whatever it is about.

#include <functional>
#include <string_view>

#include "station.h"
#include "suanpan/base/status.h"

namespace suanpan::community_year {

struct PolicyTitle {
  std::string_view policy;
  std::string_view policy_type;
  std::string_view scheme;
};

/// Proposed by the accountant, approved by the supervisor, adopted: three facts, two seconds apart,
/// the first of them two seconds after `second`, which moves on. `body` writes what follows the
/// scheme.
[[nodiscard]] Status AdoptPolicy(Station& station, YearSecond& second, const PolicyTitle& title,
                                 const std::function<void()>& body);

}  // namespace suanpan::community_year
