#pragma once

// What a stall owes, counted apart from the engine: the base by month, the dues of the settlements,
// and one signed number for billed and unpaid (negative: paid in advance).

#include <array>
#include <cstdint>

#include "catalogue.h"

namespace suanpan::community_year {

class AgreementTally {
 public:
  explicit AgreementTally(const Terms& terms) : terms_(&terms) {}

  void Add(int month, std::int64_t base_fen) {
    base_fen_[static_cast<std::size_t>(month)] += base_fen;
  }
  /// Base of the settlement period of three months that ends with `month`.
  [[nodiscard]] std::int64_t QuarterBaseFen(int month) const;

  /// Settles through the end of `month`. Under standard_margin this is right at boundaries where
  /// the actual cost has replaced the margin, the only ones the year has.
  void Settle(int month);

  void Pay(std::int64_t amount_fen) { owed_fen_ -= amount_fen; }
  [[nodiscard]] std::int64_t owed_fen() const { return owed_fen_; }

 private:
  [[nodiscard]] std::int64_t TotalDueFen(int month) const;

  const Terms* terms_;
  std::array<std::int64_t, kMonths> base_fen_{};
  std::int64_t billed_fen_ = 0;  // under carry_loss the highest total so far
  std::int64_t owed_fen_ = 0;
};

}  // namespace suanpan::community_year
