#pragma once

// Commands as JSON texts for tests of the ledger: a small book with one fund, one stall owner and
// an agreement of 1/10 of the profit.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suanpan::engine::test {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view kNoon = "2025-06-01T12:00:00+08:00";

/// A fact of a kind with the fields that every fact has.
Json FactOf(std::string_view kind, const Json& fields);
std::string CommandOf(std::string_view book, std::string_view key, const std::vector<Json>& facts,
                      std::optional<std::uint64_t> expected_seq = std::nullopt);

Json BookOpenedFact();
Json VendorFact(std::string_view vendor);
Json FundFact();
/// Agreement `ag-1` of the vendor with fund `f-1`.
Json AgreementFact(std::string_view vendor);
/// One line sold to the stall owner `v-1`; amounts as decimal strings.
Json SaleFact(std::string_view amount_fen, std::string_view cost_fen);
Json CostFact(std::string_view sale, std::string_view amount_fen);

/// The whole opening as one command of four facts: book, fund, vendor `v-1`, agreement.
std::string OpeningOf(std::string_view book, std::string_view key = "office/1");
/// Sale number n of 100 fen at a cost of 60, key `till/n`.
std::string SaleOf(std::string_view book, std::uint64_t n);

}  // namespace suanpan::engine::test
