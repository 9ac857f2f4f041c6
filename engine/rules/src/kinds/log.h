#pragma once

// Kinds 64, 66 and 67, the log's own book-keeping.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/log.h"

namespace suanpan::rules {

struct RefIntroducedRule {
  using Fact = schema::RefIntroduced;
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct LogRestoredRule {
  using Fact = schema::LogRestored;
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct SchemaAddedRule {
  using Fact = schema::SchemaAdded;
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
