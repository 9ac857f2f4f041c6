#pragma once

// A log taken apart into values, changed in one place, and put together again as somebody would who
// has the key and forges with care: names are introduced where they are first used, addresses still
// name the events that they named.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "other_values.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::audit {

class ForgedLog {
 public:
  struct Entry {
    schema::EntryCommon common;
    std::vector<schema::Event> events;
    std::uint64_t was = 0;  ///< its sequence before anything was moved; 0: it is new
  };

  explicit ForgedLog(const std::vector<std::string>& entries);

  [[nodiscard]] std::vector<Entry>& entries() { return entries_; }
  [[nodiscard]] SeenValues& seen() { return seen_; }

  /// Turns the field with a number, counted over everything that an event holds; the name of the
  /// field, "money.paid amount_fen", or nothing where the event has fewer values.
  [[nodiscard]] std::optional<std::string> Turn(Entry& entry, std::size_t line, std::size_t number);
  /// How many values the fields of an event could be turned to.
  [[nodiscard]] std::size_t CountTurns(Entry& entry, std::size_t line);
  /// Turn, for what an entry says of its command.
  [[nodiscard]] std::optional<std::string> TurnHead(Entry& entry, std::size_t number);
  /// A payload of a kind, as it is in the arena of this log.
  template <class T>
  [[nodiscard]] T* New() {
    return arena_.One<T>();
  }

  /// The bytes as they are now, ids and addresses untouched.
  [[nodiscard]] std::vector<std::string> Encoded() const;
  /// Introduces names anew and lets addresses follow the entries that were moved, then encodes.
  [[nodiscard]] std::vector<std::string> Renumbered();

 private:
  class Renaming;

  void Renumber(Entry& entry, Renaming& names);
  void Learn();

  Arena arena_;
  std::vector<std::vector<std::uint64_t>> bytes_;
  std::vector<Entry> entries_;
  schema::NameTable names_;  ///< as the log was, and a stranger behind
  SeenValues seen_;
};

}  // namespace suanpan::audit
