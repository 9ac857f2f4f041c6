#include "tally.h"

#include <algorithm>

#include "suanpan/base/units.h"

namespace suanpan::community_year {

std::int64_t AgreementTally::QuarterBaseFen(int month) const {
  std::int64_t sum = 0;
  for (int m = month - 2; m <= month; ++m) sum += base_fen_[static_cast<std::size_t>(m)];
  return sum;
}

std::int64_t AgreementTally::TotalDueFen(int month) const {
  std::int64_t sum = 0;
  std::int64_t period = 0;
  for (int m = 0; m <= month; ++m) {
    period += base_fen_[static_cast<std::size_t>(m)];
    if (!EndsPeriod(terms_->settlement, m)) continue;
    const bool reset = terms_->loss_policy == LossPolicy::kResetPeriod;
    sum += reset ? std::max<std::int64_t>(0, period) : period;
    period = 0;
  }
  return static_cast<std::int64_t>(FloorMulDiv(terms_->rate_n, sum, terms_->rate_m));
}

void AgreementTally::Settle(int month) {
  const std::int64_t total = TotalDueFen(month);
  std::int64_t due = total - billed_fen_;
  if (terms_->loss_policy == LossPolicy::kCarryLoss) due = std::max<std::int64_t>(0, due);
  billed_fen_ += due;
  owed_fen_ += due;
}

}  // namespace suanpan::community_year
