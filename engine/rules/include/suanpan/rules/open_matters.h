#pragma once

// What is open until a later fact ends it: lines without a cost, refunds, approvals, requests.

#include <cstdint>
#include <functional>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/kinds/governance.h"

namespace suanpan::rules {

/// Address of an event by its packed value, for maps.
struct AddressHash {
  std::size_t operator()(Address address) const {
    return std::hash<std::uint64_t>{}(address.packed());
  }
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

/// A cost that names a line.
struct LineCost {
  Address cost;
  bool priced = false;  ///< the line waited for it
};

/// A part that an event took off a bill.
struct BillShare {
  std::uint32_t bill = 0;  ///< index into BookState::bills
  Fen amount;
};

/// What was taken back.
struct Reversed {
  Address by;
  std::uint16_t kind = 0;
  Address replaced;  ///< by the fact that takes its place, if any
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
  Fen amount_max;    ///< 0: no bound
  Address decision;  ///< of a body, that it cites; 0: none
  Date given_on;     ///< business date, on which the approver must have the role
  Address next;      ///< older live approval of the same target
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

/// Money that was handed to somebody for a purchase and is not settled yet. Named by the payment.
struct Advance {
  std::uint32_t fund = 0;
  schema::Pot pot;
  NameId payee;
  NameId place;   ///< of the request
  NameId matter;  ///< of the payment
  Fen open;
};

}  // namespace suanpan::rules
