#pragma once

// Chart of accounts (events.md section 2): account keys, their paths, and the balances.

#include <cstdint>
#include <functional>
#include <string>

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
  kPledgeWaived = 35
};

enum class UnitOfAccount : std::uint8_t { kFen = 1 };

/// Statutory accounts make the fund balance, memo accounts never do.
[[nodiscard]] constexpr bool IsStatutory(AccountClass account_class) {
  return account_class < AccountClass::kBaseSales;
}
/// Pots: net assets of a fund by class and source.
[[nodiscard]] constexpr bool IsNet(AccountClass account_class) {
  return account_class >= AccountClass::kNetOpening && account_class <= AccountClass::kNetRelease;
}

/// One account: class, owner (fund or agreement), and what the class adds (bank account, party or
/// purpose; pot).
struct AccountKey {
  AccountClass account_class{};
  schema::Pot pot;
  NameId owner;
  NameId detail;
  friend auto operator<=>(const AccountKey&, const AccountKey&) = default;
};

/// "fund/f-zz/net/restricted/government/expense/elder_care"; a `/` inside a name is written `~`.
[[nodiscard]] std::string PathOf(const AccountKey& key, const schema::NameReader& names);
[[nodiscard]] constexpr UnitOfAccount UnitOf(AccountClass) { return UnitOfAccount::kFen; }

/// Turnover of an account. Debit and credit grow only; the balance is debit - credit.
struct Account {
  AccountKey key;
  Fen debit;
  Fen credit;
  std::uint64_t postings = 0;
  Seq last_seq;

  [[nodiscard]] Fen balance() const { return Fen{debit.value() - credit.value()}; }
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
  virtual void Post(const AccountKey& key, Fen amount) = 0;
  /// For sums over the rows of an event, which int64 need not hold although each row does.
  void PostSum(const AccountKey& key, Wide amount) {
    if (const std::optional<std::int64_t> narrow = NarrowWide(amount)) {
      Post(key, Fen{*narrow});
    } else {
      Overflow();
    }
  }

 private:
  /// A posting that no amount can hold. Never in a stored event, since deciding refuses it.
  virtual void Overflow() {}
};

/// All accounts of a book, in order of first use.
class Accounts {
 public:
  /// False on overflow of a turnover; the state is then unusable unless rolled back.
  [[nodiscard]] bool Post(const AccountKey& key, Fen amount, Seq seq);
  /// Balance, 0 for an account never used.
  [[nodiscard]] Fen BalanceOf(const AccountKey& key) const;
  [[nodiscard]] const UndoVector<Account>& all() const { return accounts_; }

  void Begin();
  void Commit();
  void Rollback();

 private:
  UndoMap<AccountKey, std::uint32_t, AccountKeyHash> index_;
  UndoVector<Account> accounts_;
};

}  // namespace suanpan::rules
