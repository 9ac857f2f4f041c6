#pragma once

// A short history in which every kind of fact and nearly every field occurs: what the sweeps over
// forgeries forge, and what the table of forgeries forges by hand.

#include <string>
#include <string_view>
#include <vector>

#include "suanpan/rules/decide.h"

namespace suanpan::audit {

/// Which entry of the history is which.
namespace told {
inline constexpr std::uint64_t kOpening = 1;       ///< book.opened, funds "f" and "g"
inline constexpr std::uint64_t kAgreement = 3;     ///< ag-1 of v-1, to the end of March
inline constexpr std::uint64_t kMargin = 4;        ///< ag-2 of v-2 at the standard margin
inline constexpr std::uint64_t kSale = 6;          ///< under ag-1, two lines, one unpriced
inline constexpr std::uint64_t kSecondSale = 7;    ///< under ag-1, with payments
inline constexpr std::uint64_t kRefund = 10;       ///< of kSecondSale
inline constexpr std::uint64_t kSettlement = 16;   ///< of ag-1 through January
inline constexpr std::uint64_t kLaterBill = 18;    ///< of ag-1 through February
inline constexpr std::uint64_t kReceipt = 19;      ///< of ag-1, for the bill of February
inline constexpr std::uint64_t kRequest = 23;      ///< of 500 by p-work
inline constexpr std::uint64_t kApproval = 24;     ///< of it by p-sup
inline constexpr std::uint64_t kPayment = 28;      ///< of 300 by p-acct
inline constexpr std::uint64_t kWaiver = 33;       ///< of a part of ag-1's bill
inline constexpr std::uint64_t kAfterTheEnd = 35;  ///< a sale of v-1 in April, under no agreement
inline constexpr std::uint64_t kLooseRefund = 36;  ///< of a sale of v-9, under no agreement
inline constexpr std::uint64_t kReversal = 37;     ///< of the sale of entry 15, which is replaced
}  // namespace told

/// The bytes of its entries; each is recorded an hour after the one before it or after what it
/// tells, whichever is later.
/// Up to `size` entries, sales of a stall without an agreement follow.
[[nodiscard]] std::vector<std::string> ToldHistory(const rules::SchemaStamp& stamp,
                                                   std::size_t size = 0);
/// The same, a log.restored that tells of lost entries, and a sale after it.
[[nodiscard]] std::vector<std::string> ToldHistoryWithALoss(const rules::SchemaStamp& stamp);

}  // namespace suanpan::audit
