#pragma once

// Rules of kinds 54, 55, 56: what the ledger itself does to lots.

#include "src/kinds/common.h"
#include "suanpan/rules/lots.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {

struct PointsGrantedRule {
  using Fact = schema::PointsGranted;
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PointsExpiredRule {
  using Fact = schema::PointsExpired;
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

struct PointsAdjustedRule {
  using Fact = schema::PointsAdjusted;
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static Status Apply(BookState& state, Address at, const Event& event, const Fact& fact);
};

/// Accounts of a scheme.
[[nodiscard]] inline AccountKey HolderAccount(NameId scheme, NameId holder) {
  return {AccountClass::kPointsHolder, {}, scheme, holder};
}
[[nodiscard]] inline AccountKey ClaimAccount(NameId scheme, NameId holder) {
  return {AccountClass::kPointsClaim, {}, scheme, holder};
}
[[nodiscard]] inline AccountKey PointsAccount(AccountClass account_class, NameId scheme) {
  return {account_class, {}, scheme, {}};
}

}  // namespace suanpan::rules
