#pragma once

// BookState: everything deciding needs to know of one book, as dense arrays over interned names. It
// is changed by Apply alone and is a function of the entries' bytes in order. Memory grows with
// names, accounts, agreements and their months, bills, open requests, unpriced and refunded lines;
// never with events.

#include <cstdint>
#include <optional>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/rules/accounts.h"
#include "suanpan/rules/agreement.h"
#include "suanpan/rules/undo.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::rules {

/// What a name was registered as. One name has one role.
enum class Role : std::uint8_t { kNone = 0, kParty = 1, kFund = 2, kAgreement = 3 };

struct NameRole {
  Role role = Role::kNone;
  std::uint32_t index = 0;  ///< into the role's array
  std::uint32_t first_agreement =
      0;  ///< 1 + index of the newest agreement whose party this name is; 0 none
};

struct Party {
  NameId name;
  schema::PartyType type{};
  NameId party_class;
  NameId number;
  Date since;
};

/// A fund: a restricted sub-ledger of its host charity.
struct Fund {
  NameId name;
  NameId host;
  NameId committee;
  std::vector<NameId> bank_accounts;
  schema::Pot default_pot;
  schema::PotClass restriction_class{};
  std::vector<NameId> purposes;
  std::vector<NameId> places;
  std::vector<NameId> matters;
  Date until;  ///< 0: no end

  [[nodiscard]] bool HasAccount(NameId account) const;
};

struct BookCalendar {
  bool opened = false;
  std::int16_t utc_offset_minutes = 0;
  NameId unit;
  std::uint8_t level = 0;
  NameId host;
  std::uint32_t schema_version = 0;  ///< last schema.added
  Month requests_swept;              ///< month in which lapsed requests were dropped last
};

/// One line of one sale.
struct SaleLineKey {
  Address sale;
  std::uint16_t line = 0;
  friend auto operator<=>(const SaleLineKey&, const SaleLineKey&) = default;
};
struct SaleLineKeyHash {
  std::size_t operator()(const SaleLineKey& key) const {
    return std::hash<std::uint64_t>{}((key.sale.packed() * 256 + key.line) *
                                      0x9e37'79b9'7f4a'7c15U);
  }
};

/// A line sold without a known cost: its amount, less refunds, is not in the base yet.
struct UnpricedLine {
  std::uint32_t agreement = 0;
  Fen amount;
};

/// What was given back of a line so far.
struct RefundedLine {
  Quantity quantity;
  Fen amount;
  Fen cost;
};

/// What an approval is about: an event or a name, and the action.
struct ApprovalTarget {
  Address of;
  NameId subject;
  schema::ApprovalAction action{};
  friend auto operator<=>(const ApprovalTarget&, const ApprovalTarget&) = default;
};
struct ApprovalTargetHash {
  std::size_t operator()(const ApprovalTarget& target) const {
    return std::hash<std::uint64_t>{}((target.of.packed() * 31 + target.subject.value()) * 31 +
                                      static_cast<std::uint64_t>(target.action));
  }
};

/// A live approval; used and withdrawn ones are gone.
struct Approval {
  ApprovalTarget target;
  NameId approver;
  Fen amount_max;  ///< 0: no bound
  Address next;    ///< older live approval of the same target
};

struct SpendingRequest {
  std::uint8_t use = 0;
  std::uint32_t fund = 0;
  schema::Pot pot;
  NameId payee;
  Fen amount;
  Fen paid;
  NameId purpose;
  NameId matter;
  NameId place;
  NameId author;
  Date requested_on;  ///< business date; lapses kRequestDays later
};

/// Address of an event by its packed value, for maps.
struct AddressHash {
  std::size_t operator()(Address address) const {
    return std::hash<std::uint64_t>{}(address.packed());
  }
};

class BookState {
 public:
  // Registers
  UndoValue<BookCalendar> calendar;
  schema::NameTable names;
  UndoVector<NameRole> roles;  ///< by NameId
  UndoVector<Party> parties;
  UndoVector<Fund> funds;
  UndoVector<Agreement> agreements;
  UndoVector<MonthBase> months;  ///< of agreements, linked
  UndoVector<Bill> bills;        ///< of agreements, linked

  // Open matters
  UndoMap<SaleLineKey, UnpricedLine, SaleLineKeyHash> unpriced;
  UndoMap<SaleLineKey, RefundedLine, SaleLineKeyHash> refunded;
  UndoMap<Address, Approval, AddressHash> approvals;
  UndoMap<ApprovalTarget, Address, ApprovalTargetHash> newest_approval;
  UndoMap<Address, std::uint8_t, AddressHash> used_approvals;
  UndoMap<Address, SpendingRequest, AddressHash> requests;

  Accounts accounts;
  UndoValue<Seq> head;  ///< last applied entry

  /// Opens the journal of one command; names are rolled back too.
  void Begin();
  void Commit();
  void Rollback();

  [[nodiscard]] const NameRole& RoleOf(NameId name) const;
  [[nodiscard]] NameRole& EditRole(NameId name);
  /// Index of a name registered with a role, or nothing.
  [[nodiscard]] std::optional<std::uint32_t> IndexOf(NameId name, Role role) const;

  /// The running agreement of a vendor in force on a date, not bound to a matter; none: no
  /// agreement.
  [[nodiscard]] std::optional<std::uint32_t> AgreementOn(NameId vendor, Date date) const;

  /// Sum of a pot's net accounts, as a positive balance. Within int64 in every log that the engine
  /// wrote; a forged one may hold anything.
  [[nodiscard]] Wide PotBalance(std::uint32_t fund, schema::Pot pot) const;
  /// Sum of all net accounts of a fund; likewise.
  [[nodiscard]] Wide FundBalance(std::uint32_t fund) const;

 private:
  template <class F>
  void ForEachPart(F f);
  std::uint32_t names_at_begin_ = 0;
};

}  // namespace suanpan::rules
