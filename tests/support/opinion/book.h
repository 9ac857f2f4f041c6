#pragma once

// The second opinion on a ledger: from the JSON of commands alone to answers, entries and every
// figure of the state. Slow and obvious on purpose: figures are added up from lists each time, and
// a command that is refused is forgotten by going back to a copy. It shares no code with the engine
// and includes none of its headers.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/opinion/repeat.h"
#include "support/opinion/state.h"

namespace suanpan::opinion {

class Book {
 public:
  explicit Book(std::string name = {}, Fault fault = Fault::kNone);

  /// The answer to a command for this book, as events.md 1.3 has it but without `leaf`. Without
  /// `field` where no document says which, and `detail` has what documents or scenarios name.
  [[nodiscard]] Json Answer(const Command& command, std::int64_t recorded_us,
                            const std::string& source);

  [[nodiscard]] std::uint64_t head() const { return entries_.size(); }
  /// Every accepted entry, as the bytes of an entry can be told from it.
  [[nodiscard]] const std::vector<Json>& entries() const { return entries_; }
  [[nodiscard]] const State& state() const { return state_; }

  /// What only bytes need of a reversal: the copy that it holds, which is judged by the audit, and
  /// the order of its rows, whose accounts are numbers there.
  void LearnReversals(const Json& answer);

  /// Bytes of an entry, for entry_full; without it no entry is ever full.
  std::function<std::size_t(const Json& entry)> bytes_of;

 private:
  [[nodiscard]] Json Decide(const Command& command, std::int64_t recorded_us,
                            const std::string& source);
  void DecideOne(const Command& command, std::size_t i, Json& entry, Bound& bound);

  std::string name_;
  State state_;
  std::vector<Json> entries_;
  std::map<std::pair<std::string, std::string>, Bound> keys_;  ///< by source and key
  std::int64_t recorded_us_ = 0;
};

/// All books of a ledger.
class Ledger {
 public:
  explicit Ledger(Fault fault = Fault::kNone) : fault_(fault) {}

  /// `recorded_us`: microseconds since 1970 of the ledger's clock.
  [[nodiscard]] Json Answer(std::string_view command_json, std::int64_t recorded_us,
                            const std::string& source = "cli");

  /// Of an answer that somebody else gave to the command answered last (Book).
  void LearnReversals(const Json& answer);

  /// Empty where no command of the book was accepted.
  [[nodiscard]] const Book& book(const std::string& name) const;
  [[nodiscard]] const std::map<std::string, Book>& books() const { return books_; }

  /// As in Book, for books that begin from now on.
  std::function<std::size_t(const Json& entry)> bytes_of;

 private:
  Fault fault_;
  std::map<std::string, Book> books_;
};

}  // namespace suanpan::opinion
