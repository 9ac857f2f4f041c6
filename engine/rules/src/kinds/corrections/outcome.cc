#include "src/kinds/corrections/outcome.h"

#include <algorithm>
#include <map>

#include "src/kinds/corrections/reversal.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {
namespace {

using schema::UndoneLine;

/// Sums postings per account.
class Summing final : public PostingSink {
 public:
  explicit Summing(Wide sign) : sign_(sign) {}
  std::map<AccountKey, Wide> sums;

 private:
  void Add(const AccountKey& key, AnyUnits amount) override { sums[key] += sign_ * amount.wide(); }
  Wide sign_;
};

/// The restored lots among what follows, as they are known before anything is undone.
Verdict Restored(DecideContext& context, const Rule& rule, const Event& reversal,
                 const Undoing& undoing, std::vector<Event>& restored) {
  if (rule.derive_undo == nullptr) return std::nullopt;
  if (Verdict refusal = rule.derive_undo(context, reversal, undoing, restored)) return refusal;
  std::erase_if(restored, [](const Event& event) {
    return event.kind->number != schema::PointsAdjusted::kKind ||
           static_cast<schema::AdjustReason>(event.As<schema::PointsAdjusted>().fixed.reason) !=
               schema::AdjustReason::kRestore;
  });
  return std::nullopt;
}

/// The base entry of the reversal: the change of B, which at a standard margin is not always that
/// of the fact with its sign turned, since one floor is over all of R.
Verdict FindBase(const BookState& state, const Rule& rule, const Undoing& undoing,
                 Outcome& outcome) {
  if (rule.undo_base == nullptr) return std::nullopt;
  outcome.base = rule.undo_base(state, undoing);
  if (!outcome.base) return std::nullopt;
  const Agreement& agreement = state.agreements[outcome.base->agreement];
  const std::optional<Fen> entry = BaseChange(state, agreement, outcome.base->changes);
  if (!entry) return Refuse(RefusalCode::amount_overflow);
  outcome.entry = *entry;
  return std::nullopt;
}

/// A claim that later points paid is not owed any more: what they paid is the holder's again.
void GiveBackPaid(const BookState& state, std::map<AccountKey, Wide>& sums) {
  std::vector<std::pair<AccountKey, Wide>> paid;
  for (const auto& [key, sum] : sums) {
    if (key.account_class != AccountClass::kPointsClaim || sum <= 0) continue;
    const Wide over = state.accounts.BalanceOn(key).wide() + sum;
    if (over > 0) paid.emplace_back(key, over);
  }
  for (const auto& [claim, over] : paid) {
    AccountKey holder = claim;
    holder.account_class = AccountClass::kPointsHolder;
    sums[claim] -= over;
    sums[holder] += over;
  }
}

/// What the reversal itself posts: the fact's postings turned, but for those of lots that come back
/// in an event of their own. Those of its derived events are taken back by derived events.
Verdict FindLines(const Catalogue& catalogue, const BookState& state, const Undoing& undoing,
                  std::span<const Event> restored, Outcome& outcome) {
  Summing summing{-1};
  PostingsOf(catalogue, state, undoing.was.event, summing);
  for (const CopiedEvent& more : undoing.cascade) {
    if (more.event.kind->origin == schema::Origin::kFact)
      PostingsOf(catalogue, state, more.event, summing);
  }
  GiveBackPaid(state, summing.sums);
  for (const Event& event : restored) PostingsOf(catalogue, state, event, summing);
  if (outcome.base) {
    const NameId agreement = state.agreements[outcome.base->agreement].name;
    Wide& total = summing.sums[BaseAccount(agreement, AccountClass::kBaseTotal)];
    const Wide more = outcome.entry.wide() - total;
    total += more;
    summing.sums[BaseAccount(agreement, AccountClass::kBaseStandardCost)] -= more;
  }
  for (const auto& [key, sum] : summing.sums) {
    const std::optional<std::int64_t> amount = NarrowWide(sum);
    if (!amount) return Refuse(RefusalCode::amount_overflow);
    if (*amount == 0) continue;
    UndoneLine line;
    line.account_class = static_cast<std::uint8_t>(key.account_class);
    line.pot = key.pot;
    line.owner = key.owner;
    line.detail = key.detail;
    line.amount = AnyUnits{*amount};
    outcome.undo.push_back(line);
  }
  return std::nullopt;
}

/// What an account that would end where the chart does not let it answers.
std::optional<RefusalCode> Forbidden(AccountClass account_class, Wide after) {
  switch (account_class) {
    case AccountClass::kBank:
      if (after < 0) return RefusalCode::fund_short;
      break;
    case AccountClass::kPayable:
    case AccountClass::kPointsClaim:
      if (after > 0) return RefusalCode::has_dependants;
      break;
    case AccountClass::kAdvance:
    case AccountClass::kStock:
    case AccountClass::kAsset:
    case AccountClass::kPlacesFree:
    case AccountClass::kPlacesHeld:
      if (after < 0) return RefusalCode::has_dependants;
      break;
    default:
      break;
  }
  return std::nullopt;
}

/// Nothing moves in a fund that is closed, and no account may end where the chart does not let it.
Verdict TestCover(const BookState& state, std::span<const UndoneLine> lines) {
  for (const UndoneLine& line : lines) {
    if (IsStatutory(line.key().account_class) && state.closed.Find(line.owner) != nullptr)
      return HasDependants("the fund is closed");
  }
  for (const UndoneLine& line : lines) {
    const AccountKey key = line.key();
    const Wide after = state.accounts.BalanceOn(key).wide() + line.amount.wide();
    const std::optional<RefusalCode> code = Forbidden(key.account_class, after);
    if (code) return Refuse(*code, "of").With("account", PathOf(key, state.names));
  }
  return std::nullopt;
}

}  // namespace

Verdict WorkOut(DecideContext& context, const Rule& rule, const Event& reversal,
                const Undoing& undoing, Outcome& outcome) {
  if (rule.test_undo != nullptr) {
    if (Verdict refusal = rule.test_undo(context.state, undoing)) return refusal;
  }
  std::vector<Event> restored;
  if (Verdict refusal = Restored(context, rule, reversal, undoing, restored)) return refusal;
  if (Verdict refusal = FindBase(context.state, rule, undoing, outcome)) return refusal;
  if (Verdict refusal = FindLines(context.catalogue, context.state, undoing, restored, outcome))
    return refusal;
  return TestCover(context.state, outcome.undo);
}

Fen MoneyIn(const Catalogue& catalogue, const BookState& state, const Event& fact) {
  Summing summing{1};
  PostingsOf(catalogue, state, fact, summing);
  Wide most = 0;
  for (const auto& [key, sum] : summing.sums) {
    if (UnitOf(key.account_class) == UnitOfAccount::kFen) most = std::max({most, sum, -sum});
  }
  return Fen{NarrowWide(most).value_or(INT64_MAX)};
}

}  // namespace suanpan::rules
