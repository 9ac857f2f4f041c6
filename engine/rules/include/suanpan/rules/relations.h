#pragma once

// Dated relations between names: who is a member of what, and when. They lie in one array, chained
// by the name that they start from, so that a look-up costs the relations of one name.

#include <cstdint>
#include <optional>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/relations.h"

namespace suanpan::rules {

class BookState;

struct Relation {
  NameId from;
  NameId to;
  schema::RelationType type{};
  NameId as;  ///< a code; 0: not stated
  Date since;
  Date until;              ///< the last day; 0: open
  std::uint32_t next = 0;  ///< 1 + index of the next older relation of `from`

  [[nodiscard]] bool InForce(Date date) const {
    return date >= since && (until.value() == 0 || date <= until);
  }
};

/// The household whose member a person is on a date; 0: none. There is never more than one.
[[nodiscard]] NameId HouseholdOf(const BookState& state, NameId person, Date date);

/// The `as` (0 where not stated) of a person in a party on a date; nothing where no member.
[[nodiscard]] std::optional<NameId> MembershipOf(const BookState& state, NameId person,
                                                 NameId party, Date date);

/// Whether a person has a role on a date: in the book, which is at its unit or its host; or, where
/// a fund is named, at that fund, its committee or its host.
[[nodiscard]] bool HoldsRole(const BookState& state, NameId person, NameId role, NameId fund,
                             Date date);

/// Type of a registered party; nothing where the name is no party.
[[nodiscard]] std::optional<schema::PartyType> PartyTypeOf(const BookState& state, NameId name);

/// Whether a place, party, matter, fund, agreement or offer is closed on a date: the day of its
/// closing is its last day, so that it is closed from the next day on.
[[nodiscard]] bool IsClosed(const BookState& state, NameId name, Date date);

}  // namespace suanpan::rules
