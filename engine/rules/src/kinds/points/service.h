#pragma once

// Rules of kinds 47, 48: service.recorded, service.attested.

#include "src/kinds/common.h"
#include "suanpan/rules/service.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::rules {

struct ServiceRecordedRule {
  using Fact = schema::ServiceRecorded;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct ServiceAttestedRule {
  using Fact = schema::ServiceAttested;
  static constexpr bool kDerivedFromState = true;
  static Verdict Cascade(DecideContext& context, const CopiedEvent& was, const Event& reversal,
                         std::vector<Address>& more, std::vector<Address>& kept);
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// A service as its recording left it.
[[nodiscard]] PendingService Recorded(const BookState& state, const schema::ServiceRecorded& fact,
                                      Date date);
/// The service with an attestation added to it.
[[nodiscard]] PendingService With(const PendingService& service, Address at,
                                  const schema::ServiceAttested& fact);

}  // namespace suanpan::rules
