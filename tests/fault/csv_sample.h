#pragma once

// A CSV file of sales and refunds, its mapping, and the command that opens the book it goes into.

#include <cstdint>
#include <string>
#include <string_view>

namespace suanpan::fault {

inline constexpr int kCsvRows = 240;

/// What random choices of the tests start from (support/seed.h).
[[nodiscard]] std::uint64_t Seed();

/// Random rows of that seed, numbered from 1, which the facts have as the number of their document.
[[nodiscard]] std::string CsvText();
/// Up to five consecutive rows of a day become one command.
[[nodiscard]] std::string_view CsvMapText();
/// Book zz, a fund, and an agreement of each vendor in the file.
[[nodiscard]] std::string CsvOpening();

}  // namespace suanpan::fault
