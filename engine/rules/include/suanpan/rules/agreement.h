#pragma once

// A donation-share agreement with its running base (events.md 4.1). Per agreement the state keeps,
// for every month, the priced base and R (sales less refunds of lines whose cost is the standard
// one), from which B and T follow:
//
//   net_all, carry_loss   B = sum P + floor(n * sum R / m)      T = floor(N * B / M)
//   reset_period          B_p per settlement period likewise    T = floor(sum max(0, N * B_p) / M),
//   B = sum B_p
//
// with N/M the rate and n/m the standard margin. T depends on no order.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/rules/undo.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::rules {

inline constexpr std::uint32_t kUnpricedLinesMax = 20'000;  ///< per agreement

/// Base of one agreement in one calendar month.
struct MonthBase {
  Month month;
  bool trued_up = false;  ///< the actual cost is in; later sales of the month do not enter R
  Fen priced;
  Fen standard;            ///< R
  Fen moved;               ///< of `priced`: what would be in R without the actual cost
  std::uint32_t next = 0;  ///< 1 + index of another month of the agreement
};

/// One settlement. `due` may be negative under net_all and reset_period; `open` is what is still
/// unpaid.
struct Bill {
  Date through;
  Date settled_on;
  Date due_on;
  Fen due;
  Fen open;
  Fen high;                ///< H after it
  std::uint32_t next = 0;  ///< 1 + index of the next later bill of the agreement

  [[nodiscard]] Month period() const { return MonthOf(through); }
};

struct Agreement {
  // Terms, changed by an amendment only.
  NameId name;      ///< 0: its signing was taken back
  Address signing;  ///< the last one
  NameId vendor;
  std::uint32_t fund = 0;
  Date signed_on;
  Date valid_from;
  Date valid_to;  ///< last day in force; 0: open
  schema::Basis basis{};
  schema::Rate rate;
  schema::LossPolicy loss_policy{};
  schema::Calendar calendar{};
  schema::CostMethod cost_method = schema::CostMethod::kPerLine;
  schema::Rate margin;
  std::vector<NameId> cost_kinds;  ///< empty: every kind posts
  std::uint16_t terms_days = 0;
  NameId matter;
  std::uint32_t next_of_vendor = 0;  ///< 1 + index of the vendor's next older agreement

  // Running.
  Wide priced_total = 0;
  Wide standard_total = 0;
  Fen base;           ///< B
  Fen due_total;      ///< T
  Fen high;           ///< H: highest T at any settlement
  Fen settled_total;  ///< sum of dues so far
  Date settled_through;
  Fen advance;  ///< paid beyond what is billed
  std::uint32_t unpriced_lines = 0;
  std::uint32_t facts = 0;        ///< that stand under it: not those that were reversed
  std::uint32_t first_month = 0;  ///< 1 + index into months
  std::uint32_t first_bill = 0;   ///< 1 + index into bills
  std::uint32_t last_bill = 0;

  [[nodiscard]] bool InForce(Date date) const {
    return date >= valid_from && (valid_to.value() == 0 || date <= valid_to);
  }
  [[nodiscard]] bool Posts(NameId cost_kind) const;
};

/// B, T and residue of an agreement at some moment.
struct DonationFigures {
  Fen base;
  Fen due_total;
  std::uint32_t residue = 0;
};

class BookState;

/// What an entry adds to one month of an agreement.
struct MonthChange {
  Month month;
  Wide priced = 0;
  Wide standard = 0;
  Wide moved = 0;  ///< of `priced`
};

/// The figures as they are, limited to months up to and including `through` where given, with
/// `changes` added. Nothing where int64 cannot hold them.
[[nodiscard]] std::optional<DonationFigures> FiguresOf(const BookState& state,
                                                       const Agreement& agreement,
                                                       std::optional<Month> through = std::nullopt,
                                                       std::span<const MonthChange> changes = {});

/// The figures of a given base, for instance only of business dates up to one: T = floor(N * B /
/// M). Not for reset_period, where B alone does not tell. Nothing where int64 cannot hold them.
[[nodiscard]] std::optional<DonationFigures> FiguresOfBase(const Agreement& agreement, Wide base);

/// The month's base, or nothing when the agreement has none there.
[[nodiscard]] const MonthBase* FindMonth(const BookState& state, const Agreement& agreement,
                                         Month month);
/// Adds to a month, creating it. False on overflow.
[[nodiscard]] bool AddToMonth(BookState& state, std::uint32_t agreement, const MonthChange& change);
/// Marks a month, created if need be, whose actual cost is in, or is not in any more.
void MarkTruedUp(BookState& state, std::uint32_t agreement, Month month, bool trued_up);

/// Last day of the settlement period that contains `date`.
[[nodiscard]] Date PeriodEnd(const Agreement& agreement, Date date);
/// The day through which the next settlement must run; nothing for an open agreement that settles
/// at its end.
[[nodiscard]] std::optional<Date> NextBoundary(const Agreement& agreement);

}  // namespace suanpan::rules
