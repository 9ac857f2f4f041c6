#pragma once

// V7, donations: the base of every agreement summed from its source facts, multiplied and floored
// once, and held against every donation.accrued and settlement.closed of the log. Includes nothing
// of the engine's rules (agreement_base.h says why).

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "src/findings.h"
#include "src/totals/agreement_base.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {

/// Takes the events of one book in order. Memory: agreements, their months, and lines sold without
/// a known cost.
class DonationTotals {
 public:
  /// Both must outlive it.
  DonationTotals(const schema::NameReader& names, Findings& findings)
      : names_(names), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  /// After the last event of an entry.
  void EndEntry(Seq seq);
  /// After the last entry: totals by name, compared with the last accrual of each agreement.
  [[nodiscard]] std::vector<AgreementTotal> Finish();

 private:
  struct Account {
    explicit Account(Terms terms) : base(std::move(terms)) {}
    AgreementBase base;
    Figures before;  ///< at the last accrual
    std::optional<schema::DonationAccrued::Fixed> last;
    std::uint64_t last_seq = 0;
    Wide wrong_by = 0;  ///< how far the last accrual's figures were off, to report a change once
    // Settlement.
    Wide settled = 0;
    Wide high = 0;
    Wide billed = 0;
    Wide advance = 0;
  };
  struct OpenLine {
    std::size_t account = 0;
    Wide amount = 0;
    Month month;
  };
  /// The accrual that must be the next event.
  struct Expected {
    std::size_t account = 0;
    std::uint16_t cause = 0;
    Month month;
  };
  using LineKey = std::pair<std::uint64_t, std::uint16_t>;
  struct LineKeyHash {
    std::size_t operator()(const LineKey& key) const {
      return std::hash<std::uint64_t>{}((key.first * 256 + key.second) * 0x9e37'79b9'7f4a'7c15U);
    }
  };

  void Sign(const schema::AgreementSigned& fact);
  void Sell(Address at, const schema::Event& event);
  void Refund(Address at, const schema::Event& event);
  void Cost(Address at, const schema::Event& event);
  void Accrue(Address at, const schema::Event& event);
  void Settle(Address at, const schema::Event& event);
  void Receive(Address at, const schema::FundsReceived& fact);
  void Waive(Address at, const schema::DueWaived& fact);

  void TakeRefundLine(Address at, const schema::RefundRecorded& fact,
                      const schema::RefundLine& line, std::size_t account, Month month,
                      bool& moves);
  void TakeTrueUp(Address at, const schema::CostRecorded& fact, std::size_t account);

  /// The account of an agreement that a fact names; nothing, with a finding, where it is none.
  [[nodiscard]] std::optional<std::size_t> Named(Address at, NameId agreement);
  /// That the engine chose the agreement of this vendor in force on the date.
  void CheckChoice(Address at, NameId vendor, NameId agreement, bool stated, Date date);
  /// That the fact's own figure is the change of the base it made, and that an accrual follows.
  void Moved(Address at, std::size_t account, Fen entry, bool moves, Month month);
  void Missing(Seq seq);
  void Differ(Address at, std::string_view slug, std::string_view what, NameId agreement,
              Wide expected, Wide actual);
  [[nodiscard]] std::string NameOf(NameId id) const { return std::string{names_.TextOf(id)}; }

  const schema::NameReader& names_;
  Findings& findings_;
  std::vector<Account> accounts_;
  std::unordered_map<NameId, std::size_t> by_name_;
  std::unordered_map<NameId, std::vector<std::size_t>> by_vendor_;
  std::unordered_map<LineKey, OpenLine, LineKeyHash> open_lines_;
  std::optional<Expected> expected_;
};

}  // namespace suanpan::audit
