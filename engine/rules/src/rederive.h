#pragma once

// The derived events of a stored fact are made again from the state and compared: nothing that the
// ledger adds to a fact can be left out, changed or made up. The accruals of donations have a check
// of their own (apply.cc), since they need the figures only.

#include <optional>
#include <string>
#include <vector>

#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/table_writer.h"

namespace suanpan::rules {

class Rederived {
 public:
  explicit Rederived(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// A fact was applied: what must follow it. What followed the one before is over.
  [[nodiscard]] Status Begin(BookState& state, Address at, const schema::Event& fact);
  /// The next derived event must be the next of them.
  [[nodiscard]] Status Meet(const schema::Event& event);
  /// None may be left.
  [[nodiscard]] Status End() const;

 private:
  [[nodiscard]] bool SamePayload(const schema::Event& a, const schema::Event& b);

  const Catalogue& catalogue_;
  Arena arena_;
  std::vector<schema::Event> expected_;
  std::size_t met_ = 0;
  std::optional<schema::TableWriter> tables_;
};

}  // namespace suanpan::rules
