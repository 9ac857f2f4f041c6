#pragma once

// From services and listed deeds to lots: which policies count, how much, and until when it lasts.

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

/// What counts of a service in one scheme.
struct Count {
  Quantity units;   ///< after caps
  Quantity before;  ///< counted of earlier ones
  Points points;
};
/// Nothing where 64 bits cannot hold the points.
[[nodiscard]] std::optional<Count> CountService(const BookState& state, const Crediting& crediting,
                                                const EarningRule& rule);
/// Adds what counted to the carry and to what the caps have used. False on overflow.
[[nodiscard]] bool AddCount(BookState& state, const Crediting& crediting, const EarningRule& rule,
                            Quantity units);

/// The last day of points earned on a day, by the policy of expiry in force then; 0: never ends.
[[nodiscard]] Date ExpiryOf(const BookState& state, NameId scheme, Date earned);

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

/// A derived event of a fact: times, cause, kind; payload and rule are the caller's.
[[nodiscard]] Event DerivedEvent(const DecideContext& context, const Event& fact,
                                 std::uint16_t kind, const void* payload);

}  // namespace suanpan::rules
