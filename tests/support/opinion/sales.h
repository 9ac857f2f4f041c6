#pragma once

// What sales, refunds and costs ask of one another.

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// The agreement that a sale or a refund without a sale counts under: the stated one, else the
/// vendor's on the date, or nothing.
[[nodiscard]] std::string AgreementFor(const Deciding& d);

/// How a line of an agreement counts.
enum class Counts { kPriced, kStandard, kWaiting };
[[nodiscard]] Counts HowSold(const State& state, const std::string& agreement, const Json& line,
                             const std::string& month);

/// unpriced_limit: no more lines of an agreement may wait for their cost than that.
void CheckWaiting(const Deciding& d, const std::string& agreement, std::size_t more,
                  const std::string& field);

/// A sale that was taken back gets neither refunds nor costs: sale_reversed.
void CheckStands(const Deciding& d, const Event& sale);

[[nodiscard]] std::string AgreementOfSale(const Event& sale);

/// The number of the line of a sale that a row names; it may be left out where there is one only.
[[nodiscard]] int SaleLine(const Event& sale, const Json& row, const std::string& field);

}  // namespace suanpan::opinion
