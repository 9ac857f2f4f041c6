#pragma once

// Rule of kind 59: redemption.made.

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/policies.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::rules {

struct RedemptionMadeRule {
  using Fact = schema::RedemptionMade;
  static constexpr RefusalCode kSetAside[] = {RefusalCode::limit_exceeded};
  static constexpr bool kDerivedFromState = true;
  static Verdict TestUndo(const BookState& state, const Undoing& undoing);
  static Status Undo(BookState& state, const Undoing& undoing);
  static Verdict DeriveUndo(DecideContext& context, const Event& reversal, const Undoing& undoing,
                            std::vector<Event>& derived);
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// What a fund spends on rewards is spent on this purpose.
inline constexpr std::string_view kRewardsPurpose = "rewards";

/// For whom a line is: whom it states, else who redeems.
[[nodiscard]] inline NameId BeneficiaryOf(const schema::RedemptionMade& fact,
                                          const schema::RedemptionLine& line) {
  return line.beneficiary.value() == 0 ? fact.fixed.by : line.beneficiary;
}

/// A redemption under the policies in force on its date.
struct Redeeming {
  const BookState& state;
  const Event& event;
  const schema::RedemptionMade& fact;
  const schema::PriceListBody* prices = nullptr;
  const schema::RedemptionBody* terms = nullptr;  ///< null: none adopted
  Points keep;                                    ///< what must stay

  [[nodiscard]] Date date() const { return event.common.business_day; }
  [[nodiscard]] HolderKey holder() const { return {fact.fixed.scheme, fact.fixed.holder}; }
  [[nodiscard]] const schema::Reward& RewardOf(std::size_t line) const;
  /// Whom a line is for.
  [[nodiscard]] NameId For(std::size_t line) const;
};
/// Nothing where no price list is in force.
[[nodiscard]] std::optional<Redeeming> Read(const BookState& state, const Event& event,
                                            const schema::RedemptionMade& fact);

/// Windows, membership, audience, thresholds, limits.
[[nodiscard]] Verdict TestWho(const Redeeming& redeeming);
/// Limits per day, beneficiary and offer, which `irregular` sets aside; and the approval of either.
[[nodiscard]] Verdict TestLimits(const Redeeming& redeeming);
/// Fills what each line costs, and tests that places, pieces and money are there: with the lines
/// before it.
[[nodiscard]] Verdict SupplyLines(const Redeeming& redeeming,
                                  std::span<schema::RedemptionLine> lines);
/// Whether the lines of a stored redemption, whose postings are in the state, say what they were
/// supplied with and what it cost.
[[nodiscard]] bool SuppliedAsTold(const Redeeming& redeeming);
/// The approval that a redemption uses, if any.
[[nodiscard]] std::optional<Approving> ApprovalNeeded(const Redeeming& redeeming);

}  // namespace suanpan::rules
