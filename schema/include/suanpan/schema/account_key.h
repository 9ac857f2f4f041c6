#pragma once

// Chart of accounts (events.md section 2): classes of accounts, their keys, units and paths. Events
// name accounts too, so that they are part of the schema.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Permanent numbers: they are in the state encoding.
enum class AccountClass : std::uint8_t {
  kBank = 1,
  kAdvance = 2,
  kReceivable = 3,
  kStock = 4,
  kAsset = 5,
  kPayable = 6,
  kNetOpening = 7,
  kNetIncome = 8,
  kNetExpense = 9,
  kNetTransfer = 10,
  kNetRelease = 11,
  kBaseSales = 20,
  kBaseRefunds = 21,
  kBaseCosts = 22,
  kBaseStandardCost = 23,
  kBaseUnpriced = 24,
  kBaseTotal = 25,
  kPledgeUndertaken = 30,
  kPledgeAccrued = 31,
  kPledgeBilled = 32,
  kPledgeReceived = 33,
  kPledgeAdvance = 34,
  kPledgeWaived = 35,
  kPointsHolder = 40,
  kPointsClaim = 41,
  kPointsIssued = 42,
  kPointsRedeemed = 43,
  kPointsExpired = 44,
  kPointsDeducted = 45,
  kPointsForfeited = 46,
  kPointsDonated = 47,
  kPointsTransit = 48,
  kMinutesService = 50,
  kMinutesDuty = 51,
  kMinutesTraining = 52,
  kMinutesOpening = 53,
  kServedService = 54,
  kServedDuty = 55,
  kServedTraining = 56,
  kServedOpening = 57,
  kPlacesCapacity = 60,
  kPlacesFree = 61,
  kPlacesHeld = 62,
  kPlacesUsed = 63,
  kPlacesNoShow = 64,
  kPiecesIn = 70,
  kPiecesOnHand = 71,
  kPiecesUsed = 72,
  kPiecesGiven = 73,
  kPiecesWaste = 74,
  kPiecesDisposed = 75,
  kPiecesSoldOff = 76,
  kPiecesRedeemed = 77,
  kPiecesMissing = 78
};

/// Permanent numbers: they are in the state encoding.
enum class UnitOfAccount : std::uint8_t {
  kFen = 1,
  kPoints = 2,
  kMinutes = 3,
  kPlaces = 4,
  kPieces = 5
};

/// Statutory accounts make the fund balance, memo accounts never do.
[[nodiscard]] constexpr bool IsStatutory(AccountClass account_class) {
  return account_class < AccountClass::kBaseSales;
}
/// Pots: net assets of a fund by class and source.
[[nodiscard]] constexpr bool IsNet(AccountClass account_class) {
  return account_class >= AccountClass::kNetOpening && account_class <= AccountClass::kNetRelease;
}

/// One account: class, owner (fund, agreement, scheme, person, offer, owner of goods), and what the
/// class adds (bank account, party, purpose, holder, item; pot).
struct AccountKey {
  AccountClass account_class{};
  Pot pot;
  NameId owner;
  NameId detail;
  friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

/// "fund/f-zz/net/restricted/government/expense/elder_care"; a `/` inside a name is written `~`.
[[nodiscard]] std::string PathOf(const AccountKey& key, const NameReader& names);
[[nodiscard]] constexpr UnitOfAccount UnitOf(AccountClass account_class) {
  if (account_class < AccountClass::kPointsHolder) return UnitOfAccount::kFen;
  if (account_class < AccountClass::kMinutesService) return UnitOfAccount::kPoints;
  if (account_class < AccountClass::kPlacesCapacity) return UnitOfAccount::kMinutes;
  if (account_class < AccountClass::kPiecesIn) return UnitOfAccount::kPlaces;
  return UnitOfAccount::kPieces;
}
/// "fen", "points".
[[nodiscard]] std::string_view ToText(UnitOfAccount unit);
/// Whether amounts of U may stand on accounts of a unit: places and pieces are both counted.
template <class U>
[[nodiscard]] constexpr bool Measures(UnitOfAccount unit) {
  if constexpr (std::is_same_v<U, Fen>) return unit == UnitOfAccount::kFen;
  if constexpr (std::is_same_v<U, Points>) return unit == UnitOfAccount::kPoints;
  if constexpr (std::is_same_v<U, Minutes>) return unit == UnitOfAccount::kMinutes;
  return unit == UnitOfAccount::kPlaces || unit == UnitOfAccount::kPieces;
}

/// An amount in whatever unit the account has.
using AnyUnits = Amount<struct AnyUnit>;

/// Whether it names an account: a known class, and of pot, owner and detail just what its path
/// shows, so that stored bytes say nothing that no view of them does.
[[nodiscard]] bool IsAccount(const AccountKey& key);

}  // namespace suanpan::schema
