#pragma once

// Policies that reach back (events.md 4.7): for each adopted one a job decides what was recorded
// before again, a page after the other, and grants what is missing.

#include <cstdint>

#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"

namespace suanpan::rules {

/// The job of one version, until its adoption. Kept when it is done, since whoever takes a service
/// back takes back what its pages granted.
struct CatchUp {
  std::uint32_t policy = 0;  ///< index into BookState::policies
  Address next;              ///< the first event that no page has looked at
  Address last_page;         ///< 0: none yet
  bool done = false;
};

/// What a running job counted of one person for one kind of service.
struct Recount {
  Quantity counted;  ///< under the new version
  Points ahead;      ///< what that earns, less what was granted; below 0: more was granted
};

}  // namespace suanpan::rules
