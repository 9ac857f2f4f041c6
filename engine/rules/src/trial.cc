#include "suanpan/rules/trial.h"

#include <algorithm>

#include "src/kinds/catch_up/page.h"
#include "src/kinds/policies/policies.h"
#include "suanpan/rules/policies.h"

namespace suanpan::rules {
namespace {

using schema::Refuse;

/// Lots of one page that end on another day, later or earlier.
void AddLots(const BookState& state, const schema::PolicyProposed& policy, const CatchUpPage& page,
             std::vector<TrialLot>& lots) {
  const NameId scheme = policy.expiry.scheme;
  std::vector<Address> addresses = page.lots;
  for (const ShorterLot& shorter : page.shorter) addresses.push_back(shorter.lot);
  std::ranges::sort(addresses);
  std::vector<TrialLot> found;
  for (const LotPart& part : PartsOf(state, scheme, addresses)) {
    const Date ends = ExpiryOf(state, scheme, part.lot.earned);
    if (ends == part.lot.expires) continue;
    TrialLot lot{part.lot.lot,
                 part.holder.holder,
                 part.lot.person,
                 part.lot.earned,
                 part.lot.expires,
                 ends,
                 {},
                 {}};
    const Wide points = part.lot.quantity.wide() + part.lot.expired.wide();
    lot.points = Points{NarrowWide(points).value_or(INT64_MAX)};
    if (LastsLonger(state, scheme, part.lot))
      lot.regained = ExtensionOf(state, scheme, part.lot).change;
    found.push_back(lot);
  }
  std::ranges::stable_sort(found, {}, &TrialLot::lot);
  lots.insert(lots.end(), found.begin(), found.end());
}

}  // namespace

std::variant<PolicyTrial, schema::Refusal> TryPolicy(const Catalogue& catalogue, BookState& state,
                                                     OldEvents& past,
                                                     const schema::PolicyProposed& proposed) {
  PolicyTrial trial;
  if (Verdict refusal = TestProposal(state, proposed)) return *std::move(refusal);
  if (!MayReachBack(proposed.type())) {
    return Refuse(schema::RefusalCode::retroactive_not_allowed, "policy_type")
        .With("reason", "only earning, award_items and expiry reach back");
  }
  if (state.RoleOf(proposed.policy).role != Role::kPolicy) {
    const Status taken = TakeRole(state, proposed.policy, Role::kPolicy, kNeverAdopted);
    SUANPAN_INVARIANT(taken.ok(), "{}", taken.ToString());
  }
  // As if adopted by the next entry, on a day after all that it could reach.
  const Address adopted{Next(state.head.get()), 0};
  AddVersion(state, std::make_shared<const PolicyText>(proposed), adopted, Date{0xffff});
  const std::size_t last = state.catch_ups.size() - 1;
  Arena arena;
  DecideContext context{catalogue.kinds(), state, past, arena, adopted, catalogue, state.names};
  while (!state.catch_ups[last].done) {
    const CatchUp job = state.catch_ups[last];
    const CatchUpPage page = ReadPage(context, job);
    if (page.overflow) return Refuse(schema::RefusalCode::amount_overflow);
    Recounter recounter{state, job};
    for (schema::CaughtRow row : page.rows) {
      const bool counted = recounter.Take(row);
      SUANPAN_INVARIANT(counted, "a row that was counted before");
      trial.rows.push_back(row);
    }
    if (!recounter.Store(state)) return Refuse(schema::RefusalCode::amount_overflow);
    AddLots(state, PolicyOf(state, job), page, trial.lots);
    CatchUp& changed = state.catch_ups.Edit(last);
    changed.next = page.next;
    changed.done = page.done;
  }
  return trial;
}

}  // namespace suanpan::rules
