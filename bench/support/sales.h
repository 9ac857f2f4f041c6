#pragma once

// Sales alone, one a command: what a till sends all day. The commands that make them possible
// (books, vendors, agreements) are apart, to be appended before anything is timed.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "support/typed_commands.h"

namespace suanpan::bench {

/// Commands as JSON Lines.
struct SaleLines {
  std::vector<std::string> opening;
  std::vector<std::vector<std::string>> sales;  ///< by book
};

/// `books` communities without households, about `sales` of them in all; seed 1.
[[nodiscard]] SaleLines MakeSaleLines(std::uint32_t books, std::uint32_t sales);

/// The same, parsed.
struct TypedSales {
  TypedCommands opening;
  std::deque<TypedCommands> sales;  ///< by book
};
[[nodiscard]] std::unique_ptr<TypedSales> ParseSales(const SaleLines& lines);

}  // namespace suanpan::bench
