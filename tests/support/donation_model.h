#pragma once

// The donation rule as the design states it (events.md 4.1 and 4.10), written to be obviously right
// and slow: it keeps a list of base entries and recomputes every figure from the list each time. It
// shares no code with the rules.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace suanpan::testing {

inline constexpr int kAllMonths = 1'000'000;  ///< months are counted from year 0
enum class ModelLoss { kCarry, kNet, kReset };

/// A contribution to the base: priced, or sold at standard cost (R).
struct ModelEntry {
  int month = 0;
  std::int64_t priced = 0;
  std::int64_t standard = 0;
};

struct ModelBill {
  int through = 0;
  std::int64_t due = 0;
  std::int64_t open = 0;
};

struct ModelAgreement {
  // Terms.
  bool revenue = false;
  bool standard_margin = false;
  std::int64_t n = 1, m = 10;  ///< rate
  std::int64_t margin_n = 0, margin_m = 1;
  ModelLoss loss = ModelLoss::kCarry;
  int months_per_period = 1;  ///< 1, 3, 12; 0: one period to the end

  std::vector<ModelEntry> entries;
  std::map<std::pair<int, int>, std::int64_t> waiting;  ///< unpriced amounts by sale and line
  std::vector<int> trued_up;
  std::vector<ModelBill> bills;
  std::int64_t high = 0, settled = 0, advance = 0, received = 0, waived = 0;
  std::int64_t sales = 0, refunds = 0, costs = 0;

  [[nodiscard]] std::int64_t Base(int through = kAllMonths) const;
  [[nodiscard]] std::int64_t Due(int through = kAllMonths) const;
  [[nodiscard]] std::int64_t Residue() const;
  [[nodiscard]] std::int64_t Waiting() const;
  [[nodiscard]] std::int64_t Open() const;

  void Sell(int sale, int line, int month, std::int64_t amount, const std::int64_t* cost);
  /// `cost_back` applies where the line's cost is known; `line_has_cost`: stated at the sale.
  void Refund(int sale, int line, int month, std::int64_t amount, std::int64_t cost_back,
              bool cost_known);
  void Cost(int sale, int line, int month, std::int64_t amount);
  void TrueUp(int from, int to, std::int64_t amount);
  void Settle(int through);
  void Receive(std::int64_t amount);
  void Waive(std::int64_t amount);

 private:
  [[nodiscard]] std::int64_t Scaled(int through) const;
  void PayOldest(std::int64_t amount);
  [[nodiscard]] bool IsTruedUp(int month) const;
};

}  // namespace suanpan::testing
