#pragma once

// What a page of a job finds in the past: services and deeds with what they earned, or lots that
// would last longer.

#include <vector>

#include "src/kinds/catch_up/recounter.h"

namespace suanpan::rules {

/// A lot that the policy lets end earlier than it was granted: only a trial tells.
struct ShorterLot {
  Address lot;
  HolderKey holder;
};

struct CatchUpPage {
  std::vector<schema::CaughtRow> rows;
  std::vector<Address> lots;
  std::vector<ShorterLot> shorter;
  Address next;  ///< the first event that is left for the next page
  bool done = false;
  bool overflow = false;
};

/// Reads on from where the job is, up to the adoption or as far as a page goes.
[[nodiscard]] CatchUpPage ReadPage(DecideContext& context, const CatchUp& job);

/// The last entry that a page which leaves off at `next` is done with.
[[nodiscard]] std::int64_t DoneTo(const CatchUpPage& page, Address adopted);

/// Lots of an address in a scheme: one, or several where parts of it moved or end on different
/// days; by the holders' names, then the address.
struct LotPart {
  HolderKey holder;
  Lot lot;
};
[[nodiscard]] std::vector<LotPart> PartsOf(const BookState& state, NameId scheme,
                                           std::span<const Address> lots);
/// Whether a lot lasts longer by the policy in force than it was granted for.
[[nodiscard]] bool LastsLonger(const BookState& state, NameId scheme, const Lot& lot);
/// What an extension does to a lot: its new last day; and what was booked as expired comes back
/// where that is not over.
[[nodiscard]] schema::LotChange ExtensionOf(const BookState& state, NameId scheme, const Lot& lot);

/// The page of a job at an address.
struct PastPage {
  Address at;
  const schema::RuleApplied* page = nullptr;
};
/// Pages of a job that touch events from one to another, the last first.
[[nodiscard]] std::vector<PastPage> PagesOver(OldEvents& events, const CatchUp& job, Address from,
                                              Address to);
/// What earlier jobs about the same made up for a source, beside what was derived from it.
struct Caught {
  Wide points = 0;
  Wide counted = 0;
};
[[nodiscard]] std::map<Address, Caught> CaughtBefore(OldEvents& events, const BookState& state,
                                                     const CatchUp& job, Address from, Address to);
/// The points.granted by which jobs of a type of policy made up for a source.
void AddCaughtUp(DecideContext& context, schema::PolicyType type, Address source,
                 std::vector<Address>& grants);

}  // namespace suanpan::rules
