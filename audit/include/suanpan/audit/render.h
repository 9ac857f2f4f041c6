#pragma once

// A report for people and for machines. Same content; sorted, no locale, no clock.

#include <string>

#include "suanpan/audit/report.h"

namespace suanpan::audit {

/// One JSON document: `verdict`, `events`, `commands`, `funds`, `agreements`, `schemes` (of all
/// books), `findings`, `steps`, and `books` with all of it per book; `origin`, `size`, `root`,
/// `schemas` and the `checkpoint` text of the book where the export has one, null where it has
/// several or the checkpoint could not be read. Amounts in fen are strings, `seconds` is a number
/// or null, `seq` is null where a finding is about no entry.
[[nodiscard]] std::string RenderJson(const VerifyReport& report);

/// Text for a terminal: the verdict last, totals and findings before it. Amounts in yuan with two
/// decimals.
[[nodiscard]] std::string RenderText(const VerifyReport& report);

/// One CSV table for a spreadsheet, with a header line. Column `record` says what a row is: `book`
/// (with size and root), `step`, `agreement`, `fund`, `finding`, and last one `verdict`; columns
/// that a record has not are empty. Amounts in fen.
[[nodiscard]] std::string RenderCsv(const VerifyReport& report);

}  // namespace suanpan::audit
