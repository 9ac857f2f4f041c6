#pragma once

// Rules of kinds 47, 48: service.recorded, service.attested.

#include "src/kinds/common.h"
#include "suanpan/rules/service.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::rules {

struct ServiceRecordedRule {
  using Fact = schema::ServiceRecorded;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct ServiceAttestedRule {
  using Fact = schema::ServiceAttested;
  static constexpr bool kDerivedFromState = true;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

}  // namespace suanpan::rules
