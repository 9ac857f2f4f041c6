#include "src/document_parts.h"

#include <charconv>

#include "suanpan/base/bytes.h"

namespace suanpan::report {
namespace {

/// A position is a number, a time is a text.
Cell KnownAt(const std::string& text) {
  std::uint64_t position = 0;
  const char* const end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, position);
  return error == std::errc{} && parsed == end ? Cell{position} : OptionalText(text);
}

}  // namespace

Cell OptionalText(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

Document BeginDocument(std::string name, const ReportHead& head) {
  Document document;
  document.name = std::move(name);
  document.head = {{"book", head.book},
                   {"head_seq", head.head_seq.value()},
                   {"head_root", ToHex(head.head_root.bytes)},
                   {"from", OptionalText(head.from)},
                   {"date", OptionalText(head.date)},
                   {"known_at", KnownAt(head.known_at)},
                   {"state_root", ToHex(head.state_root.bytes)}};
  document.says_currency = true;
  if (head.date.empty()) document.as_of = head.last_date;
  return document;
}

/// Adds a row's amounts to the totals row, column by column; other cells stay empty.
void AddToTotals(std::vector<Cell>& totals, const std::vector<Cell>& row) {
  totals.resize(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (const auto* counted = std::get_if<Counted>(&row[i])) {
      const auto* before = std::get_if<Counted>(&totals[i]);
      totals[i] = Counted{(before == nullptr ? 0 : before->units) + counted->units};
    }
    const auto* amount = std::get_if<Fen>(&row[i]);
    if (amount == nullptr) continue;
    const auto* so_far = std::get_if<Total>(&totals[i]);
    totals[i] = Total{(so_far == nullptr ? 0 : so_far->fen) + amount->wide()};
  }
}

bool Passes(const std::string& wanted, const std::string& value) {
  return wanted.empty() || wanted == value;
}

}  // namespace suanpan::report
