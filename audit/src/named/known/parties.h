#pragma once

// Who is registered, who is a member of what on a day, and who is related to whom, as the log has
// told so far.

#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

/// Memory: parties and their relations.
class Parties {
 public:
  struct Membership {
    NameId of;
    NameId as;  ///< 0: not stated
    Date since;
    Date until;  ///< the last day; 0: open

    [[nodiscard]] bool Holds(Date day) const {
      return day >= since && (until.value() == 0 || day <= until);
    }
  };

  void Take(const schema::Event& event);
  /// Such an event is taken back.
  void TakeBack(const schema::Event& event);

  [[nodiscard]] std::optional<schema::PartyType> TypeOf(NameId name) const;
  /// Whether a name may have points: a household, or a member of an alliance.
  [[nodiscard]] bool IsHolder(NameId name) const;
  /// Null where it is none on the day.
  [[nodiscard]] const Membership* MembershipOf(NameId person, NameId of, Date day) const;
  [[nodiscard]] NameId HouseholdOf(NameId person, Date day) const;
  /// Itself, or a member of it.
  [[nodiscard]] bool BelongsTo(NameId person, NameId holder, Date day) const {
    return person == holder || MembershipOf(person, holder, day) != nullptr;
  }
  /// In the order in which they were told.
  [[nodiscard]] std::span<const Membership> MembershipsOf(NameId person) const;
  /// Stated as related on the day, either way.
  [[nodiscard]] bool AreRelated(NameId one, NameId other, Date day) const;
  /// Those who are stated as related to a name on the day, either way.
  [[nodiscard]] std::vector<NameId> RelatedTo(NameId name, Date day) const;

 private:
  using Edges = std::unordered_map<NameId, std::vector<Membership>>;
  static void End(Edges& edges, NameId from, NameId to, Date until);
  static void Remove(Edges& edges, NameId from, NameId to, Date since);
  static void Reopen(Edges& edges, NameId from, NameId to, Date until);

  std::unordered_map<NameId, schema::PartyType> types_;
  Edges members_;
  Edges related_;  ///< each relation under both of its names
};

}  // namespace suanpan::audit
