#pragma once

// Whether a file was imported before by another mapping. The key of a command names the row at
// which it begins; a mapping that lets commands begin at other rows therefore makes keys that are
// free, and their rows would count a second time. What is bound shows where commands began then:
// an import appends in the order of the file, so these must be the first commands of this one, too.

#include <cstdint>
#include <string>

#include "suanpan/base/status.h"
#include "suanpan/engine/ledger.h"

namespace suanpan::cli {

/// Compares the commands of a file, one after another, with the keys that the book has of it.
class EarlierImport {
 public:
  /// `stream` is that of the file's keys. All must outlive this.
  EarlierImport(const engine::Ledger& ledger, std::string book, std::string source,
                std::string stream);

  /// Whether the book has a key of any of the first `rows` rows.
  [[nodiscard]] Result<bool> Any(std::uint64_t rows) const;

  /// The next command begins at this row; later ones at later rows.
  [[nodiscard]] Status Begins(std::uint64_t row);
  /// There are no more commands; the file has so many rows.
  [[nodiscard]] Status Ends(std::uint64_t rows);

  /// What contradicts this mapping; empty as long as nothing does.
  [[nodiscard]] const std::string& contradiction() const { return contradiction_; }

 private:
  [[nodiscard]] Result<bool> IsBound(std::uint64_t row) const;
  /// No row from next_row_ up to `end`, itself left out, begins a command by this mapping.
  [[nodiscard]] Status Pass(std::uint64_t end);

  const engine::Ledger& ledger_;
  std::string book_;
  std::string source_;
  std::string stream_;
  std::uint64_t next_row_ = 1;
  std::uint64_t first_free_ = 0;  ///< where the first new command begins; 0: none yet
  std::string contradiction_;
};

}  // namespace suanpan::cli
