#pragma once

// One fact of a random history, of each kind, as a state invites it.

#include <string>

#include "support/opinion/deciding.h"
#include "support/opinion/dice.h"

namespace suanpan::opinion {

struct Invite {
  const State& state;
  Dice& dice;
  std::int64_t now_s = 0;

  [[nodiscard]] std::string Today() const;
  /// A fact with its envelope, at about now.
  [[nodiscard]] Json Fact(const std::string& kind);
  [[nodiscard]] std::string Person() { return "p-" + std::to_string(dice.Below(4)); }
  [[nodiscard]] std::string Vendor() { return "v-" + std::to_string(dice.Below(4)); }
  /// Somebody else than one or two people.
  [[nodiscard]] std::string Other(const std::string& one, const std::string& two = {});
  /// One that exists, mostly.
  [[nodiscard]] std::string Fund();
  [[nodiscard]] std::string Agreement();
  [[nodiscard]] std::string Account(const std::string& fund);
  /// The address of an event of a kind, mostly; of anything, rarely of nothing.
  [[nodiscard]] std::string AddressOf(const std::string& kind);
  /// Positive; now and then enormous, now and then as text.
  [[nodiscard]] Json Amount(std::int64_t max);
  [[nodiscard]] Json Stated(std::int64_t amount);
};

[[nodiscard]] Json AnyBook(Invite& invite);
[[nodiscard]] Json AnyParty(Invite& invite);
[[nodiscard]] Json AnyFund(Invite& invite);
[[nodiscard]] Json AnyAgreement(Invite& invite);
[[nodiscard]] Json AnySale(Invite& invite);
[[nodiscard]] Json AnyRefund(Invite& invite);
[[nodiscard]] Json AnyCost(Invite& invite);
[[nodiscard]] Json AnySettlement(Invite& invite);
[[nodiscard]] Json AnyReceipt(Invite& invite);
[[nodiscard]] Json AnyRequest(Invite& invite);
[[nodiscard]] Json AnyApproval(Invite& invite);
[[nodiscard]] Json AnyPayment(Invite& invite);
[[nodiscard]] Json AnyWaiver(Invite& invite);

/// Several facts that name one another by "#n".
[[nodiscard]] Json FactsInOne(Invite& invite);

/// Something wrong in one place of a command's text.
[[nodiscard]] std::string Spoiled(const Json& command, Dice& dice);
/// The same command once more: as it was, otherwise spelled, or with something changed.
[[nodiscard]] std::string ToldAgain(const std::string& command, const State& state, Dice& dice);

}  // namespace suanpan::opinion
