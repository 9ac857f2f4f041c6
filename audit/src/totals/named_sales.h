#pragma once

// V7: what a refund and a cost take over from the sale that they name, held against that sale as it
// stands in the log. Includes nothing of the engine's rules (agreement_base.h says why).

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "src/files/old_entries.h"
#include "src/findings.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/names.h"

namespace suanpan::audit {

/// One line of a sale.
struct SaleLineKey {
  Address sale;
  std::uint16_t line = 0;
  friend bool operator==(const SaleLineKey&, const SaleLineKey&) = default;
};
struct SaleLineKeyHash {
  std::size_t operator()(const SaleLineKey& key) const {
    return std::hash<std::uint64_t>{}((key.sale.packed() * 256 + key.line) *
                                      0x9e37'79b9'7f4a'7c15U);
  }
};

/// Reads the named sales from the export again. Memory: a cell for each line that was refunded.
class NamedSales {
 public:
  /// A sale of the log; `fact` is valid until the next Find.
  struct Sale {
    const schema::SaleRecorded* fact = nullptr;
    Month month;
  };

  /// All must outlive it.
  NamedSales(OldEntries& entries, const schema::NameReader& names, Findings& findings)
      : entries_(entries), names_(names), findings_(findings) {}

  /// The sale that event `at` names; nothing, with a finding, where that is no earlier sale.
  [[nodiscard]] std::optional<Sale> Find(Address at, Address sale);
  /// Vendor, agreement, lines, what is left of each line, and the cost of what came back.
  void CheckRefund(Address at, const schema::RefundRecorded& refund, const Sale& sale);
  /// A refund of no sale takes the cost that is stated, else none.
  void CheckRefundWithout(Address at, const schema::RefundRecorded& refund);
  /// A refund is taken back: what it returned is there to be returned again.
  void TakeBack(const schema::RefundRecorded& refund);
  /// Agreement, line, and that the sale is by the agreement's vendor.
  void CheckCost(Address at, const schema::CostRecorded& cost, const Sale& sale, NameId vendor);

 private:
  struct Refunded {
    std::int64_t quantity = 0;
    std::int64_t amount = 0;
    std::int64_t cost = 0;  ///< by the default rule
  };
  void CheckLine(Address at, const SaleLineKey& key, const schema::SaleLine& sold,
                 const schema::RefundLine& line);
  void Differ(Address at, std::string_view slug, std::string text, NameId expected, NameId actual);
  [[nodiscard]] std::string NameOf(NameId id) const {
    return id.value() == 0 ? "none" : std::string{names_.TextOf(id)};
  }

  OldEntries& entries_;
  const schema::NameReader& names_;
  Findings& findings_;
  std::unordered_map<SaleLineKey, Refunded, SaleLineKeyHash> refunded_;
};

}  // namespace suanpan::audit
