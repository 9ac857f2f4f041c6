#pragma once

// The donation of one agreement, worked out from source facts by the text of the agreement alone.
// The auditor's own arithmetic: it shares no line with the engine's rules, so that both must be
// wrong in the same way to agree on a wrong figure.
//
//   B = P + floor(n * R / m)                 P: sales less refunds and costs of priced lines
//   T = floor(N * B / M)                     R: sales less refunds of lines at the standard margin
//
// With reset_period P, R and B are per settlement period, and T = floor(sum max(0, N * B_p) / M).

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

/// What was signed.
struct Terms {
  NameId agreement;
  NameId vendor;
  NameId fund;
  Date signed_on;
  Date valid_from;
  Date valid_to;  ///< last day in force; 0: open
  bool of_matter = false;
  bool profit = false;
  bool standard_margin = false;
  schema::Rate rate;
  schema::Rate margin;
  schema::LossPolicy loss_policy{};
  schema::Calendar calendar{};
  std::vector<NameId> cost_kinds;  ///< empty: all
  std::uint16_t terms_days = 0;

  friend bool operator==(const Terms&, const Terms&) = default;
  [[nodiscard]] static Terms Of(const schema::AgreementSigned& fact);
  [[nodiscard]] bool InForce(Date date) const;
  [[nodiscard]] bool Posts(NameId cost_kind) const;
};

/// Base, donation and what the floor left, at some moment.
struct Figures {
  Wide base = 0;
  Wide due = 0;
  std::uint32_t residue = 0;
};

/// Running base of one agreement. Memory: a cell per month with sales.
class AgreementBase {
 public:
  explicit AgreementBase(Terms terms) : terms_(std::move(terms)) {}

  [[nodiscard]] const Terms& terms() const { return terms_; }
  void Add(Month month, Wide priced, Wide standard);
  /// Sales of lines at the standard margin; of a month whose actual cost is in at their price.
  void AddStandard(Month month, Wide amount);
  /// The actual cost of some months replaces their standard cost; and takes it back.
  void TrueUp(Month from, Month to, Wide cost);
  void UndoTrueUp(Month from, Month to, Wide cost);
  /// Other rate, dates and loss policy: the sums stay.
  void Amend(Terms terms);
  [[nodiscard]] bool IsTruedUp(Month month) const;

  [[nodiscard]] Figures Now() const { return FiguresOf(base_, scaled_); }
  /// Of the months up to and including `month`.
  [[nodiscard]] Figures Through(Month month) const;

 private:
  struct Sums {
    Wide priced = 0;
    Wide standard = 0;
    Wide moved = 0;  ///< of `priced`: at the standard margin, were the actual cost not in
    bool trued_up = false;
  };
  [[nodiscard]] int PeriodOf(Month month) const;
  [[nodiscard]] Wide BaseOf(const Sums& sums) const;
  [[nodiscard]] Wide ScaledOf(Wide base) const;
  [[nodiscard]] Figures FiguresOf(Wide base, Wide scaled) const;

  Terms terms_;
  std::map<Month, Sums> months_;
  std::map<int, Sums> periods_;
  Wide base_ = 0;
  Wide scaled_ = 0;  ///< N * B, or the sum of max(0, N * B_p)
};

}  // namespace suanpan::audit
