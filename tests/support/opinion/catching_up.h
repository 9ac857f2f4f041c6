#pragma once

// A page of the job that decides again what was recorded before a policy that reaches back.

#include <vector>

#include "support/opinion/deciding.h"
#include "support/opinion/policies.h"

namespace suanpan::opinion {

/// A page while it is made.
struct Page {
  Deciding& d;
  Job& job;
  const Policy& policy;
  std::vector<Json> rows{};
  Json lots = Json::array();
  std::size_t parts = 0;  ///< of lots that last longer

  [[nodiscard]] bool Governs(const std::string& date) const {
    return InForce(d.state, policy.type, policy.scope, date) == &policy;
  }
  [[nodiscard]] std::vector<Json> AllRows() const {
    std::vector<Json> all = job.rows;
    all.insert(all.end(), rows.begin(), rows.end());
    return all;
  }
};

/// Puts the lot that an event made on the page, if it would end later. False where it belongs on
/// the next page.
[[nodiscard]] bool TakeLot(Page& page, std::size_t index);
/// Lets the lots of the page end later: one points.adjusted for each holder, by name; its lots by
/// address.
void ExtendLots(Page& page);

}  // namespace suanpan::opinion
