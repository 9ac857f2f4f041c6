#pragma once

// What the documents of all reports are put together from.

#include "suanpan/report/statements.h"

namespace suanpan::report {

/// Name and head; the amounts are money.
[[nodiscard]] Document BeginDocument(std::string name, const ReportHead& head);
/// Adds a row's amounts to the totals row, column by column; other cells stay empty.
void AddToTotals(std::vector<Cell>& totals, const std::vector<Cell>& row);
/// Nothing where a text is empty.
[[nodiscard]] Cell OptionalText(const std::string& text);
/// Whether a value passes a filter; an empty one lets all pass.
[[nodiscard]] bool Passes(const std::string& wanted, const std::string& value);

}  // namespace suanpan::report
