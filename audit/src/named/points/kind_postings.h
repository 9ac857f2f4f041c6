#pragma once

// The catalogue of postings (events.md section 3) as far as p-cashout needs it: on which sorts of
// accounts a kind of event may post. A test holds it to what the ledger posts.

#include <cstdint>
#include <span>
#include <string>

#include "suanpan/schema/account_key.h"

namespace suanpan::audit {

/// Sorts of accounts; bits.
enum AccountSort : std::uint32_t {
  kNoAccounts = 0,
  kOfPoints = 1,
  kOfOutsiders =
      2,         ///< money that reaches somebody, or is owed: bank, advance, receivable, payable
  kOfFunds = 4,  ///< a fund's net assets, stock, assets
  kOfMemo = 8,   ///< bases and pledges
  kOfMinutes = 16,
  kOfPlaces = 32,
  kOfPieces = 64
};

[[nodiscard]] AccountSort SortOf(schema::AccountClass account_class);

struct KindPostings {
  std::uint16_t kind = 0;
  std::uint32_t sorts = kNoAccounts;
};
/// By number of the kind. A reversal (63) posts what the reversed kind does and has no row.
[[nodiscard]] std::span<const KindPostings> PostingsByKind();
/// Null where the catalogue has no such kind.
[[nodiscard]] const KindPostings* PostingsOf(std::uint16_t kind);

}  // namespace suanpan::audit
