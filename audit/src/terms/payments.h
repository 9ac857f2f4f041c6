#pragma once

// V7: money into and out of a fund keeps to the fund's terms: its own bank accounts, the pots, the
// request, the approvals, the restriction, also of advances that are settled and of goods that
// leave; and a waiver has an approval. Includes nothing of the engine's rules
// (totals/agreement_base.h says why).

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "src/terms/approvals.h"
#include "src/terms/named_events.h"
#include "src/terms/registers.h"
#include "suanpan/schema/kinds/advances.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"

namespace suanpan::audit {

/// Memory: requests that are not paid in full, advances that are not settled.
class Payments {
 public:
  /// All must outlive it.
  Payments(const Registers& registers, Approvals& approvals, NamedEvents& events,
           Findings& findings)
      : registers_(registers), approvals_(approvals), events_(events), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  /// What was paid or settled is open again; the copies of requests and payments come with it.
  void TakeBack(std::span<const Undone> undone);

 private:
  struct Request {
    schema::SpendingRequested fact;
    Date day;
    Wide paid = 0;
  };
  /// What restricted money of a fund went to.
  struct Spending {
    NameId fund;
    schema::Pot pot;
    NameId purpose;
    NameId place;
    NameId matter;
  };
  struct Advance {
    Spending of;  ///< the payment's
    Wide open = 0;
  };
  struct AddressHash {
    std::size_t operator()(Address address) const {
      return std::hash<std::uint64_t>{}(address.packed());
    }
  };

  void TakeBackPayment(std::span<const Undone> undone);
  void TakeBackSettling(std::span<const Undone> undone);
  void Ask(Address at, const schema::Event& event);
  void Receive(Address at, const schema::FundsReceived& fact);
  void Pay(Address at, const schema::Event& event);
  void Waive(Address at, const schema::Event& event);
  void Settle(Address at, const schema::Event& event);
  void Issue(Address at, const schema::Event& event);

  /// What the payment shares with its request, and that the sum of payments keeps below it.
  void CheckRequest(Address at, const schema::MoneyPaid& fact, const Request& request, Date day);
  void CheckApprovals(Address at, const schema::Event& event);
  /// What an irregular fact sets aside needs an approval of its own, on an event, where there is
  /// one, or on the fund; and people are told of it.
  void CheckIrregular(Address at, const schema::Event& event, Address of, NameId fund, Fen amount);
  void CheckRestriction(Address at, const schema::Event& event, const Spending& spending);
  void CheckAccount(Address at, NameId fund, NameId account);
  /// A name of a kind that no event of this version registers.
  void MustBeNone(Address at, NameId name, std::string_view field);
  void Fail(Address at, std::string_view slug, std::string text, std::string expected = {},
            std::string actual = {}) {
    findings_.Fail(kV7, slug, at.seq().value(), std::move(text), std::move(expected),
                   std::move(actual));
  }

  const Registers& registers_;
  Approvals& approvals_;
  NamedEvents& events_;
  Findings& findings_;
  std::unordered_map<Address, Request, AddressHash> requests_;
  std::unordered_map<Address, Advance, AddressHash> advances_;
};

}  // namespace suanpan::audit
