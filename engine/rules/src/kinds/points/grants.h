#pragma once

// From services and listed deeds to lots: which policies count, how much, and until when it lasts.

#include <array>

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/rules/service.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::rules {

/// An item of a policy that counts a service.
struct EarningRule {
  const schema::PolicyProposed* policy = nullptr;
  const schema::EarningItem* item = nullptr;
};

/// The items in force on the date of a service that list its kind for its holder, by the schemes'
/// names as bytes.
[[nodiscard]] std::vector<EarningRule> EarningRulesOf(const BookState& state,
                                                      const PendingService& service);

/// Whether a holder is of the kind that a policy is about.
[[nodiscard]] bool EarnsIn(const BookState& state, NameId holder,
                           const schema::EarningBody& policy);

/// What counts of a service in one scheme.
struct Count {
  Quantity units;   ///< after caps
  Quantity before;  ///< counted of earlier ones
  Points points;
};
/// Nothing where 64 bits cannot hold the points.
[[nodiscard]] std::optional<Count> CountService(const BookState& state, const Crediting& crediting,
                                                const EarningRule& rule);
/// Units of a service by a rule, before caps: none where quality or delay keep it from counting.
[[nodiscard]] Wide UnitsOf(const Crediting& crediting, const EarningRule& rule);

/// A bound that an item sets, and the span of time or activity that it is about.
struct CapSpan {
  Quantity cap;
  SpanKind span;
  std::uint64_t which;

  /// Whether what counts in it is added up: another service of the same activity can only be one of
  /// the same session.
  [[nodiscard]] bool Adds() const {
    return cap.value() != 0 && (span != SpanKind::kActivity || which != 0);
  }
};
/// Narrow to wide; ever is the carry itself.
[[nodiscard]] std::array<CapSpan, 3> SpansOf(Date date, Address session,
                                             const schema::EarningCap& cap);
/// Points of `units` more than `before`, or of them alone, as the item rounds. Nothing where 64
/// bits cannot hold them.
[[nodiscard]] std::optional<Points> PointsOf(const schema::EarningItem& item, Quantity before,
                                             Wide units);

/// Adds what counted to the carry and to what the caps have used. False on overflow.
[[nodiscard]] bool AddCount(BookState& state, const Crediting& crediting, const EarningRule& rule,
                            Quantity units);

/// A grant as an event after the fact at `context.at`, with what its claim takes; and, where it is
/// over already, its expiry.
struct Grant {
  HolderKey holder;
  NameId person;
  Points points;
  Quantity counted;
  Quantity carry_total;
  Date earned;
  Date usable_from;
  schema::GrantReason reason{};
  schema::RuleRef rule;
};
void AddGrant(DecideContext& context, const Event& fact, const Grant& grant,
              std::vector<Event>& derived);
/// The same of a holder who owes so much, where grants before it in the entry took from a claim.
void AddGrantOwing(DecideContext& context, const Event& fact, const Grant& grant, Points owed,
                   std::vector<Event>& derived);

/// One that is made up already; with its expiry where its last day is closed. Payload: the
/// caller's.
void AddGranted(DecideContext& context, const Event& fact, const schema::PointsGranted& granted,
                schema::RuleRef rule, std::vector<Event>& derived);

/// A derived event of a fact: times, cause, kind; payload and rule are the caller's.
[[nodiscard]] Event DerivedEvent(const DecideContext& context, const Event& fact,
                                 std::uint16_t kind, const void* payload);

}  // namespace suanpan::rules
