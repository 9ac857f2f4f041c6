#pragma once

// Chart of accounts (events.md section 2): account keys, their paths, and the balances.

#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/base/units.h"
#include "suanpan/rules/undo.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::rules {

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
  schema::Pot pot;
  NameId owner;
  NameId detail;
  friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

/// "fund/f-zz/net/restricted/government/expense/elder_care"; a `/` inside a name is written `~`.
[[nodiscard]] std::string PathOf(const AccountKey& key, const schema::NameReader& names);
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

/// Turnover of an account. Debit and credit grow only; the balance is debit - credit.
struct Account {
  AccountKey key;
  AnyUnits debit;
  AnyUnits credit;
  std::uint64_t postings = 0;
  Seq last_seq;

  [[nodiscard]] AnyUnits balance() const { return AnyUnits{debit.value() - credit.value()}; }
};

struct AccountKeyHash {
  std::size_t operator()(const AccountKey& key) const {
    const std::uint64_t high = std::uint64_t{static_cast<std::uint8_t>(key.account_class)} << 16U |
                               std::uint64_t{key.pot.pot_class} << 8U | key.pot.source;
    const std::uint64_t low = std::uint64_t{key.owner.value()} << 32U | key.detail.value();
    return std::hash<std::uint64_t>{}((low ^ high << 40U) * 0x9e37'79b9'7f4a'7c15U);
  }
};

/// Receives the postings of an event: +amount is debit, -amount is credit, 0 is none. They sum to
/// zero per unit and, for statutory accounts, within each fund.
class PostingSink {
 public:
  virtual ~PostingSink() = default;
  template <class U>
  void Post(const AccountKey& key, U amount) {
    SUANPAN_INVARIANT(Measures<U>(UnitOf(key.account_class)), "class {}",
                      static_cast<int>(key.account_class));
    Add(key, AnyUnits{amount.value()});
  }
  /// For sums over the rows of an event, which int64 need not hold although each row does.
  void PostSum(const AccountKey& key, Wide amount) {
    if (const std::optional<std::int64_t> narrow = NarrowWide(amount)) {
      Add(key, AnyUnits{*narrow});
    } else {
      Overflow();
    }
  }

 private:
  virtual void Add(const AccountKey& key, AnyUnits amount) = 0;
  /// A posting that no amount can hold. Never in a stored event, since deciding refuses it.
  virtual void Overflow() {}
};

/// All accounts of a book, in order of first use.
class Accounts {
 public:
  /// False on overflow of a turnover; the state is then unusable unless rolled back.
  [[nodiscard]] bool Post(const AccountKey& key, AnyUnits amount, Seq seq);
  /// Balance, 0 for an account never used.
  template <class U = Fen>
  [[nodiscard]] U BalanceOf(const AccountKey& key) const {
    SUANPAN_INVARIANT(Measures<U>(UnitOf(key.account_class)), "class {}",
                      static_cast<int>(key.account_class));
    return U{BalanceOn(key).value()};
  }
  [[nodiscard]] AnyUnits BalanceOn(const AccountKey& key) const;
  /// Sum of the net accounts of a pot, or of all pots of the fund, as a positive balance. Within
  /// int64 in every log that the engine wrote; a forged one may hold anything.
  [[nodiscard]] Wide NetOf(NameId fund, schema::Pot pot) const;
  [[nodiscard]] const UndoVector<Account>& all() const { return accounts_; }
  /// The schemes that have points accounts, in the order of their ids.
  [[nodiscard]] std::vector<NameId> Schemes() const;

  void Begin();
  void Commit();
  void Rollback();

 private:
  UndoMap<AccountKey, std::uint32_t, AccountKeyHash> index_;
  UndoVector<Account> accounts_;
  UndoMap<NameId, std::uint8_t> schemes_;
  UndoMap<AccountKey, Wide, AccountKeyHash> nets_;  ///< of a pot, and of a fund; class kNetIncome
};

}  // namespace suanpan::rules
