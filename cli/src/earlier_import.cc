#include "src/earlier_import.h"

#include <fmt/format.h>

#include <utility>

namespace suanpan::cli {

EarlierImport::EarlierImport(const engine::Ledger& ledger, std::string book, std::string source,
                             std::string stream)
    : ledger_(ledger),
      book_(std::move(book)),
      source_(std::move(source)),
      stream_(std::move(stream)) {}

Result<bool> EarlierImport::IsBound(std::uint64_t row) const {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> seq,
                           ledger_.FindCounter(book_, source_, stream_, row));
  return seq.has_value();
}

Result<bool> EarlierImport::Any(std::uint64_t rows) const {
  for (std::uint64_t row = 1; row <= rows; ++row) {
    SUANPAN_ASSIGN_OR_RETURN(const bool bound, IsBound(row));
    if (bound) return true;
  }
  return false;
}

Status EarlierImport::Pass(std::uint64_t end) {
  for (; next_row_ < end && contradiction_.empty(); ++next_row_) {
    SUANPAN_ASSIGN_OR_RETURN(const bool bound, IsBound(next_row_));
    if (!bound) continue;
    contradiction_ =
        fmt::format("row {} began a command then, and now it is skipped or within one", next_row_);
  }
  return {};
}

Status EarlierImport::Begins(std::uint64_t row) {
  SUANPAN_RETURN_IF_ERROR(Pass(row));
  if (!contradiction_.empty()) return {};
  SUANPAN_ASSIGN_OR_RETURN(const bool bound, IsBound(row));
  next_row_ = row + 1;
  if (!bound && first_free_ == 0) first_free_ = row;
  if (bound && first_free_ != 0) {
    contradiction_ = fmt::format("row {} begins a command now, and did not then, when row {} did",
                                 first_free_, row);
  }
  return {};
}

Status EarlierImport::Ends(std::uint64_t rows) { return Pass(rows + 1); }

}  // namespace suanpan::cli
