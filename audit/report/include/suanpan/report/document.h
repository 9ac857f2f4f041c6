#pragma once

// A report as one structure, rendered as text, JSON or CSV with the same content (style P40).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "suanpan/base/units.h"

namespace suanpan::report {

/// Amounts by a name: income by source, spending by purpose.
using AmountMap = std::map<std::string, Fen>;

/// A sum of amounts, which 64 bits need not hold although each amount does.
struct Total {
  Wide fen = 0;
};

/// An amount that is no money: points, minutes, places, pieces; or a sum of such.
struct Counted {
  Wide units = 0;
};

/// The unit of a row's amounts by its machine name. Machines read minor units; the text, whose
/// amounts are in the major one, says that: yuan for fen.
struct UnitName {
  std::string name;
};

/// Such amounts by a name: points by the month in which they end.
using CountedMap = std::map<std::string, Counted>;

/// What a cell consists of where it is rows again: the lots of a balance.
struct Part {
  std::string name;  ///< JSON and CSV name, permanent
  std::variant<std::monostate, std::string, Counted> value;
};
using PartList = std::vector<std::vector<Part>>;

/// Nothing, text, money, count, money by name, sum of money, unit, amount of another unit, such
/// amounts by name, rows.
using Cell = std::variant<std::monostate, std::string, Fen, std::uint64_t, AmountMap, Total,
                          UnitName, Counted, CountedMap, PartList>;

struct Column {
  std::string name;              ///< JSON and CSV name, permanent
  std::string title;             ///< heading of the text table
  bool shown_when_empty = true;  ///< false: the text leaves the column out where no row has a value
  bool below = false;  ///< values may be wide: the text gives each a line of its own below its row
};

struct Document {
  std::string name;
  std::vector<std::pair<std::string, Cell>> head;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::vector<Cell>> totals;  ///< printed last, apart from the rows
  std::string empty_text;                 ///< what the text says when there is no row
  bool says_currency = false;             ///< the text's head tells what its amounts are in
  std::string as_of;                      ///< the text's head tells this last date; empty: none
};

enum class Format : std::uint8_t { kText, kJson, kCsv };
[[nodiscard]] std::optional<Format> ParseFormat(std::string_view word);

/// Ends with a newline. Sorted as given, no locale, no clock: equal documents give equal bytes.
[[nodiscard]] std::string Render(const Document& document, Format format);

[[nodiscard]] std::string RenderText(const Document& document);
[[nodiscard]] std::string RenderJson(const Document& document);
[[nodiscard]] std::string RenderCsv(const Document& document);

}  // namespace suanpan::report
