#pragma once

// V7, donations: the base of every agreement summed from its source facts, multiplied and floored
// once, and held against every donation.accrued and settlement.closed of the log. Includes nothing
// of the engine's rules (agreement_base.h says why).

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "src/totals/agreement_base.h"
#include "src/totals/named_sales.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {

/// Lines of an agreement that may wait for their cost (events.md: refusal unpriced_limit).
inline constexpr std::uint32_t kUnpricedLinesMax = 20'000;

/// Takes the events of one book in order. Memory: agreements, their months, lines sold without a
/// known cost up to kUnpricedLinesMax an agreement, and lines refunded.
class DonationTotals {
 public:
  /// All must outlive it.
  DonationTotals(const schema::NameReader& names, OldEntries& entries, Findings& findings)
      : names_(names), findings_(findings), sales_(entries, names, findings) {}

  void Take(Address at, const schema::Event& event);
  /// Reversal `at` takes a fact back.
  void TakeBack(Address at, const schema::Event& reversal, const Undone& undone);
  /// After the last event of an entry.
  void EndEntry(Seq seq);
  /// After the last entry: totals by name, compared with the last accrual of each agreement.
  [[nodiscard]] std::vector<AgreementTotal> Finish();

  /// An agreement has more lines without a cost than the engine takes; nothing more is said of it.
  [[nodiscard]] bool over_limit() const { return over_limit_; }

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
    std::vector<Wide> highs;  ///< H after each settlement that stands
    Wide billed = 0;
    Wide advance = 0;
    std::uint32_t open_lines = 0;
    std::uint64_t facts = 0;  ///< that stand under it
    bool stopped = false;     ///< over the limit of open lines
    bool gone = false;        ///< its signing was taken back
    [[nodiscard]] Wide high() const { return highs.empty() ? Wide{0} : highs.back(); }
  };
  struct AddressHash {
    std::size_t operator()(Address address) const {
      return std::hash<std::uint64_t>{}(address.packed());
    }
  };
  struct OpenLine {
    std::size_t account = 0;
    Fen amount;
  };
  /// The accrual that must be the next event.
  struct Expected {
    std::size_t account = 0;
    std::uint16_t cause = 0;
    Month month;
    schema::AccrualReason reason = schema::AccrualReason::kEntry;
  };
  using OpenLines = std::unordered_map<SaleLineKey, OpenLine, SaleLineKeyHash>;

  void Sign(Address at, const schema::Event& event);
  void Sell(Address at, const schema::Event& event);
  void Refund(Address at, const schema::Event& event);
  void Cost(Address at, const schema::Event& event);
  void Accrue(Address at, const schema::Event& event);
  void Settle(Address at, const schema::Event& event);
  void Receive(Address at, const schema::FundsReceived& fact);
  void Waive(Address at, const schema::DueWaived& fact);

  // Each takes back what the fact above did; true where it moves the base.
  bool UndoSale(Account& account, const Undone& undone);
  bool UndoRefund(Account& account, std::size_t index, const Undone& undone);
  bool UndoCost(Account& account, std::size_t index, const Undone& undone);
  static void UndoSettlement(Account& account, const Undone& undone);
  static void UndoReceipt(Account& account, const Undone& undone);
  void UndoSigning(const Undone& undone);
  void Reopen(std::size_t index, const SaleLineKey& key, Fen amount);

  /// Adds a sold line to the base; false where it waits for its cost.
  bool TakeSaleLine(const SaleLineKey& key, const schema::SaleLine& line, std::size_t account,
                    Month month);
  /// Takes a returned line out of the base; false where it was waiting for its cost.
  bool TakeRefundLine(Address at, const SaleLineKey& key, const schema::RefundLine& line,
                      std::size_t account, Month month);
  /// That no line of a refund under no agreement has a class.
  void CheckNoClass(Address at, const schema::RefundRecorded& refund);
  void CheckRefundClass(Address at, const schema::RefundLine& line, const schema::SaleLine* sold,
                        const Terms& terms, bool open);
  /// False where the agreement has no room for the true-up.
  [[nodiscard]] bool CheckTrueUp(Address at, const schema::CostRecorded& fact, std::size_t account);
  /// The month whose base a cost changes, as its sale or its months say.
  [[nodiscard]] Month MonthOfCost(Address at, const schema::Event& event);

  [[nodiscard]] OpenLines::iterator OpenLineOf(const SaleLineKey& key) {
    return key.sale.none() ? open_lines_.end() : open_lines_.find(key);
  }
  void Close(OpenLines::iterator line);
  /// Nothing more is said of an agreement with too many open lines.
  void StopAccount(Address at, std::size_t account);

  /// The account of an agreement that a fact names; nothing, with a finding, where it is none, and
  /// nothing where it was stopped.
  [[nodiscard]] std::optional<std::size_t> Named(Address at, NameId agreement);
  /// That the fact's own figure is the change of the base it made, and that an accrual follows.
  void Moved(Address at, std::size_t account, Fen entry, bool moves, Month month,
             schema::AccrualReason reason);
  [[nodiscard]] static schema::AccrualReason ReasonOf(const schema::Event& event) {
    return event.common.replaces.none() ? schema::AccrualReason::kEntry
                                        : schema::AccrualReason::kAmendment;
  }
  void Missing(Seq seq);
  void Differ(Address at, std::string_view slug, std::string_view what, NameId agreement,
              Wide expected, Wide actual);
  [[nodiscard]] std::string NameOf(NameId id) const { return std::string{names_.TextOf(id)}; }

  const schema::NameReader& names_;
  Findings& findings_;
  std::vector<Account> accounts_;
  std::unordered_map<NameId, std::size_t> by_name_;
  NamedSales sales_;
  OpenLines open_lines_;
  std::unordered_set<Address, AddressHash> priced_for_nothing_;  ///< costs of lines of amount 0
  bool over_limit_ = false;
  std::optional<Expected> expected_;
};

}  // namespace suanpan::audit
