#pragma once

// Canonical encoding of a BookState (architecture.md section 10, docs/format.md): sections of
// leaves, each a key and a value, leaves in key order. The state root is made of them by
// suanpan::engine::StateRoot. Keys are big-endian and carry names as bytes, so that an account can
// be named by a stranger; values are little-endian.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {

inline constexpr std::uint8_t kStateEncoding = 1;

/// Permanent numbers.
enum class StateSectionNo : std::uint16_t {
  kBook = 1,
  kNames = 2,
  kRegister = 3,
  kRelations = 4,
  kCodes = 5,
  kAgreements = 7,
  kAgreementMonths = 8,
  kBills = 9,
  kUnpriced = 10,
  kRefunded = 11,
  kFunds = 12,
  kApprovals = 13,
  kRequests = 14,
  kAccounts = 15,
  kReversed = 17,
  kPlaces = 19,
  kClosed = 20,
  kStanding = 21,
  kMoved = 22,
  kHighs = 23,
  kTakenOff = 24,
  kLineCosts = 25,
  kReplaced = 26,
  kOpenings = 27,
  kSignings = 28,
  kErased = 29,
  kProposals = 32,
  kPolicies = 33,
  kPending = 34,
  kCarry = 35,
  kUsedUnits = 36,
  kLots = 37,
  kAwards = 38,
  kSpent = 39,
  kRedeemed = 40,
  kOrders = 41,
  kCustody = 42,
  kSlots = 43,
  kOffers = 44,
  kItems = 46,
  kPlacesOf = 45,
  kAdvances = 47,
  kSessions = 48,
  kHeldPlaces = 49,
  kAttended = 50,
  kCatchUps = 52,
  kRecounts = 53,
  kRecountUsed = 54,
  kRecountAwards = 55
};

struct StateSection {
  StateSectionNo number{};
  std::vector<std::pair<std::string, std::string>> leaves;  ///< in key order, keys unique
};

/// The non-empty sections, ascending.
[[nodiscard]] std::vector<StateSection> EncodeState(const BookState& state);

}  // namespace suanpan::rules
