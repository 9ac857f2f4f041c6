#pragma once

// What a service or a listed deed earns by the policies in force: arithmetic of the tests' own,
// after events.md 4.2 and 4.7.

#include <vector>

#include "src/named/known/known_book.h"
#include "suanpan/schema/kinds/catch_up.h"

namespace suanpan::audit {

/// A scheme that counts a service, and by what.
struct EarningTerms {
  NameId scheme;
  const schema::PolicyProposed* policy = nullptr;
  const schema::EarningItem* item = nullptr;
};
/// Those in force on the service's day for its holder and its kind.
[[nodiscard]] std::vector<EarningTerms> EarningOf(const KnownBook& book,
                                                  const KnownService& service);

/// floor(n * units / m) of the item's rate.
[[nodiscard]] Wide PointsFor(const schema::EarningItem& item, Wide units);

/// What counts of a service, and the points for it.
struct Earned {
  Wide counted = 0;
  Wide points = 0;
};
[[nodiscard]] Earned EarnedBy(const KnownBook& book, const KnownService& service,
                              const EarningTerms& terms, Date counted_on);

/// What a page of a policy that reaches back makes more of a service or deed count.
[[nodiscard]] inline Wide AddedBy(const schema::CaughtRow& row) {
  if (row.other_units == schema::kTrue || row.counted <= row.old_counted) return 0;
  return row.counted.wide() - row.old_counted.wide();
}
/// The service of such a row, as far as caps look at it.
[[nodiscard]] KnownService ServiceOf(const schema::CaughtRow& row);

/// What a deed gives or takes each time it counts, and how often it may count in a month.
struct DeedTerms {
  const schema::PolicyProposed* policy = nullptr;
  Wide points = 0;
  Wide max_per_month = 0;  ///< 0: no bound
};
/// Nothing where no policy in force lists it.
[[nodiscard]] std::optional<DeedTerms> DeedOf(const KnownBook& book, NameId scheme, NameId item,
                                              Date day);

/// Whether an item is what an account begins with.
[[nodiscard]] bool IsOpeningItem(const KnownBook& book, NameId item);

/// The steps that the attestation of a service needs; none where no policy counts it.
[[nodiscard]] std::uint8_t StepsNeeded(const KnownBook& book, const KnownService& service);

}  // namespace suanpan::audit
