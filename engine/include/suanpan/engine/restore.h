#pragma once

// Going on after a loss (docs/decisions/0013): entries that were promised are not in the data
// directory, and nobody has a copy that has them. What is lost is found without writing anything;
// what is accepted is written into the log itself (log.restored), and only then the guard goes
// back.
//
//   step           | what a crash after it leaves
//   ---------------|---------------------------------------------------------------------------
//   plan           | the same alarm; the same again
//   leftovers gone | an alarm: what they told is in the plan, and the plan itself is one while the
//                  | log ends where it says
//   log.restored   | an alarm: by the plan, the log tells of the loss already; the guard is to do
//   guard          | nothing to do: the plan goes with the next opening for appending

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/ledger.h"

namespace suanpan::engine {

/// Whether there is a guard file that can be read at all.
enum class GuardFile : std::uint8_t { kThere, kMissing, kDamaged };

/// One book as it is, and as it was promised to be.
struct BookLoss {
  BookNo book;
  std::string ref;  ///< empty: the data directory does not have this book
  Seq kept;         ///< last entry that is there, a log.restored of this loss left out
  GuardedHeads heads;
  Seq promised;  ///< the last entry that is known to have been promised; `kept` or later
  /// Name of the alarm, "log_shorter"; empty: this book has none.
  std::string alarm;
  std::string text;  ///< the alarm in words
  Seq restored_at;   ///< where the log says so already; 0: not yet
  /// Without an alarm: a head that was signed and is not stored.
  std::optional<UnstoredHead> unstored;

  /// What the book is called where people choose one: its ref, or "(number 3)", which is none.
  [[nodiscard]] std::string name() const;
  /// How many entries are lost at least; nothing: not known, as with every alarm that no entry is
  /// known to be missing by.
  [[nodiscard]] std::optional<std::uint64_t> lost() const;
  /// Other entries than those that were promised are no loss, and cannot be accepted as one.
  [[nodiscard]] bool differs() const { return alarm == "log_differs" && restored_at == Seq{}; }
};

struct Losses {
  GuardFile guard_file = GuardFile::kThere;
  std::vector<BookLoss> books;     ///< by number
  [[nodiscard]] bool any() const;  ///< an alarm: of a book, or that there is no guard
};

/// Where the guard is, and whose.
struct GuardPlace {
  std::string path;
  std::string vkey;
};

/// Reads all logs and writes nothing. Refreshes the reader: a writer beside it may go on.
/// kCorruption: guard_foreign, or a log that is damaged before its end or contradicts itself: that
/// is no loss.
[[nodiscard]] Result<Losses> FindLosses(store::EventReader& reader, const GuardPlace& place);

struct AcceptOptions {
  std::string book;      ///< BookLoss::name; empty: all
  std::string reason;    ///< a code
  LedgerOptions ledger;  ///< its guard is not looked at
};

/// Finds, and accepts what was found of the chosen books: one log.restored each, then the guard. Of
/// a book without a single entry nothing can be told, only forgotten. Returns what was found, with
/// `restored_at`; without an alarm nothing is written. A guard that is missing or damaged is made
/// anew also where no book is concerned. A run that was cut short is finished by the next.
/// kFailedPrecondition: a chosen book differs, or another keeps the ledger from being opened.
/// kInvalidArgument: one book, and a guard that must be made anew or is older, which concerns all.
[[nodiscard]] Result<Losses> AcceptLosses(std::unique_ptr<store::EventStore> store,
                                          const GuardPlace& place, AcceptOptions options);

}  // namespace suanpan::engine
