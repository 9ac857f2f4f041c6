#pragma once

// BookState: everything deciding needs to know of one book, as dense arrays over interned names. It
// is changed by Apply alone and is a function of the entries' bytes in order. Memory grows with
// names, relations, codes, accounts, agreements and their months, bills, offers, items, holders,
// open matters, lines that are unpriced, refunded or have a cost of their own, orders and sessions
// of a year, waivers and reversals; never with other events.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/rules/accounts.h"
#include "suanpan/rules/agreement.h"
#include "suanpan/rules/catch_up.h"
#include "suanpan/rules/goods.h"
#include "suanpan/rules/lots.h"
#include "suanpan/rules/offers.h"
#include "suanpan/rules/open_matters.h"
#include "suanpan/rules/orders.h"
#include "suanpan/rules/policies.h"
#include "suanpan/rules/registered.h"
#include "suanpan/rules/relations.h"
#include "suanpan/rules/service.h"
#include "suanpan/rules/undo.h"
#include "suanpan/rules/undo_ordered.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::rules {

class BookState {
 public:
  BookState() = default;
  BookState(const BookState&) = delete;  ///< an index orders by the names inside
  BookState& operator=(const BookState&) = delete;

  // Registers
  UndoValue<BookCalendar> calendar;
  UndoValue<SweptMonths> swept;
  schema::NameTable names;
  UndoVector<NameRole> roles;  ///< by NameId
  UndoVector<Party> parties;
  UndoVector<Place> places;
  UndoMap<NameId, Closing> closed;
  UndoMap<NameId, Address> erased;  ///< names that are used no more, and what says so
  UndoVector<Relation> relations;   ///< linked by the name that they start from
  UndoMap<CodeKey, CodeVersion, CodeKeyHash> codes;
  UndoVector<Fund> funds;
  UndoVector<Agreement> agreements;
  UndoVector<MonthBase> months;  ///< of agreements, linked
  UndoVector<Bill> bills;        ///< of agreements, linked
  UndoVector<Offer> offers;
  UndoMap<ItemKey, Item, ItemKeyHash> items;

  // Open matters
  UndoMap<SaleLineKey, UnpricedLine, SaleLineKeyHash> unpriced;
  UndoMap<SaleLineKey, RefundedLine, SaleLineKeyHash> refunded;
  UndoMap<SaleLineKey, std::vector<LineCost>, SaleLineKeyHash> line_costs;  ///< in order
  /// What waivers, and settlements that owe the vendor, took off bills, and receipts off those that
  /// are not through the end of a month: of the others a receipt names the month.
  UndoMap<Address, std::vector<BillShare>, AddressHash> taken_off;
  UndoMap<Address, Approval, AddressHash> approvals;
  UndoMap<ApprovalTarget, Address, ApprovalTargetHash> newest_approval;
  UndoMap<Address, std::uint8_t, AddressHash> used_approvals;
  UndoMap<Address, SpendingRequest, AddressHash> requests;
  UndoMap<Address, Advance, AddressHash> advances;
  UndoMap<HeldPlaceKey, HeldPlace, HeldPlaceKeyHash> held_places;
  UndoMap<PlacesOfKey, Quantity, PlacesOfKeyHash> places_of;

  // Orders, sessions, slots
  UndoMap<Address, Order, AddressHash> orders;
  UndoOrdered<DueOrder, std::less<DueOrder>> due_orders{std::less<DueOrder>{}};
  UndoMap<ParcelKey, Custody, ParcelKeyHash> custody;
  UndoMap<Address, Date, AddressHash> slots;  ///< that wait for their day, by which one
  UndoMap<Address, Session, AddressHash> sessions;
  UndoMap<AttendedKey, std::uint8_t, AttendedKeyHash> attended;  ///< as what

  // Corrections
  UndoMap<Address, Reversed, AddressHash> reversed;
  UndoValue<Address> amended;  ///< a signing that the next event must replace; 0: none; not encoded

  // Policies
  UndoMap<Address, Proposal, AddressHash> proposals;
  UndoVector<PolicyVersion> policies;
  UndoMap<PolicyKey, std::uint32_t, PolicyKeyHash> newest_policy;  ///< 1 + index into policies
  // Service and points
  UndoMap<Address, PendingService, AddressHash> pending;
  UndoMap<CarryKey, Quantity, CarryKeyHash> carry;
  UndoMap<UsedKey, UsedUnits, UsedKeyHash> used_units;
  UndoMap<AwardKey, std::uint32_t, AwardKeyHash> awards;     ///< times counted
  UndoValue<std::optional<Crediting>> crediting;             ///< by the last fact; not encoded
  UndoMap<HolderKey, std::vector<Lot>, HolderKeyHash> lots;  ///< in the order of spending
  UndoOrdered<ExpiryKey, ExpiryOrder> expiring{ExpiryOrder{&names}};
  UndoMap<SpentKey, Points, SpentKeyHash> spent;       ///< redeemed on a day
  UndoMap<AwardKey, Quantity, AwardKeyHash> redeemed;  ///< pieces for a beneficiary in a month

  // Retroactive policies
  UndoVector<CatchUp> catch_ups;  ///< for ever, in the order of adoption
  // While one of them runs: what it counted.
  UndoMap<CarryKey, Recount, CarryKeyHash> recounts;
  UndoMap<UsedKey, UsedUnits, UsedKeyHash> recount_used;
  UndoMap<AwardKey, std::uint32_t, AwardKeyHash> recount_awards;

  UndoVector<NameId> schemes;  ///< with a policy of earning, in the order of the first of each

  Accounts accounts;
  UndoMap<PotKey, Wide, PotKeyHash> tied;  ///< in open advances, stock and assets
  UndoValue<Seq> head;                     ///< last applied entry

  /// Opens the journal of one command; names are rolled back too.
  void Begin();
  void Commit();
  void Rollback();

  [[nodiscard]] const NameRole& RoleOf(NameId name) const;
  [[nodiscard]] NameRole& EditRole(NameId name);
  /// Index of a name registered with a role, or nothing.
  [[nodiscard]] std::optional<std::uint32_t> IndexOf(NameId name, Role role) const;

  /// Whether a name is a registered party of type vendor.
  [[nodiscard]] bool IsVendor(NameId name) const;

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
  /// Policies, services, lots, offers, orders: of the parts above.
  template <class F>
  void ForEachPointsPart(F f);
  std::uint32_t names_at_begin_ = 0;
};

}  // namespace suanpan::rules
