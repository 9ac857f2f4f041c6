#pragma once

// Command JSON to a typed Command (events.md 1.1).

#include <memory>
#include <string_view>
#include <variant>

#include "suanpan/base/arena.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::schema {

/// Parses commands one after the other, reusing its memory. Not for sharing between threads.
class CommandParser {
 public:
  /// `kinds` must outlive the parser.
  explicit CommandParser(const KindTable& kinds);
  ~CommandParser();
  CommandParser(const CommandParser&) = delete;
  CommandParser& operator=(const CommandParser&) = delete;

  /// The command, or the refusal of a text of which book and key cannot be told (not JSON, too
  /// large or deep, bad key). Any other fault is in Command::envelope_fault or Command::fault,
  /// since a bound key is looked up first. The command is valid until the next call.
  [[nodiscard]] std::variant<Command, Refusal> Parse(std::string_view json);

  /// Book and key of the last command, as far as they could be read; for an answer to a refused
  /// envelope.
  [[nodiscard]] std::string_view book() const { return book_; }
  [[nodiscard]] std::string_view key() const { return key_; }

 private:
  struct Impl;
  [[nodiscard]] std::optional<Refusal> ReadKey(std::string_view text, CommandKey& key);

  const KindTable& kinds_;
  std::unique_ptr<Impl> impl_;
  std::string_view book_;
  std::string_view key_;
};

}  // namespace suanpan::schema
