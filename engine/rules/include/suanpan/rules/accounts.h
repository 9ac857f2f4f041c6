#pragma once

// The balances of accounts (schema/account_key.h has the chart), and what posts to them.

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/base/units.h"
#include "suanpan/rules/undo.h"
#include "suanpan/rules/undo_index.h"
#include "suanpan/schema/account_key.h"

namespace suanpan::rules {

using schema::AccountClass;
using schema::AccountKey;
using schema::AnyUnits;
using schema::IsNet;
using schema::IsStatutory;
using schema::Measures;
using schema::UnitOf;
using schema::UnitOfAccount;

/// Turnover of an account. Debit and credit grow only; the balance is debit - credit.
struct Account {
  AccountKey key;
  AnyUnits debit;
  AnyUnits credit;
  std::uint64_t postings = 0;
  Seq last_seq;

  [[nodiscard]] AnyUnits balance() const { return AnyUnits{debit.value() - credit.value()}; }
};

/// An account's key as two words, which are compared and hashed faster than its fields.
struct PackedAccountKey {
  std::uint64_t names = 0;
  std::uint64_t sort = 0;  ///< class and pot

  explicit PackedAccountKey(const AccountKey& key)
      : names(std::uint64_t{key.owner.value()} << 32U | key.detail.value()),
        sort(std::uint64_t{static_cast<std::uint8_t>(key.account_class)} << 16U |
             std::uint64_t{key.pot.pot_class} << 8U | key.pot.source) {}
  friend bool operator==(const PackedAccountKey&, const PackedAccountKey&) = default;
};

struct PackedAccountKeyHash {
  std::size_t operator()(const PackedAccountKey& key) const {
    return (key.names ^ key.sort << 40U) * 0x9e37'79b9'7f4a'7c15U;
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
  /// Where the sums are that a net account is part of.
  struct NetSums {
    std::uint32_t pot = 0;
    std::uint32_t fund = 0;
  };

  void Open(const AccountKey& key);
  [[nodiscard]] std::uint32_t NetSumOf(NameId fund, schema::Pot pot);

  using Index = UndoIndex<PackedAccountKey, PackedAccountKeyHash>;

  Index index_;
  UndoVector<Account> accounts_;  ///< by number of the index, as what follows
  UndoVector<NetSums> net_sums_;  ///< zeros for other accounts
  UndoMap<NameId, std::uint8_t> schemes_;
  Index net_index_;        ///< of a pot, of a fund; class kNetIncome
  UndoVector<Wide> nets_;  ///< by number of net_index_
};

}  // namespace suanpan::rules
