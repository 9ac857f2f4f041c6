#pragma once

// Deciding a command: pure in (state, named old events, command, recorded_at). All of it or
// nothing.

#include <string_view>
#include <variant>
#include <vector>

#include "suanpan/rules/apply.h"

namespace suanpan::rules {

/// Schema version that new entries are written with, and the digest of its FlatBuffers schema.
struct SchemaStamp {
  std::uint32_t version = 0;
  Hash32 digest;
};

/// Decides commands one after the other, reusing its memory. Not for sharing between threads.
class Decider {
 public:
  Decider(const Catalogue& catalogue, SchemaStamp stamp) : catalogue_(catalogue), stamp_(stamp) {}

  /// Opens the state's journal and applies the command's facts to it. On acceptance the journal
  /// stays open, with the entry's values valid until the next call; the caller commits it, or rolls
  /// it back when the entry turns out too large. On refusal the state is as before. `recorded_at`
  /// must not lie before the head's.
  [[nodiscard]] std::variant<schema::EntryView, schema::Refusal> Decide(
      BookState& state, OldEvents& old_events, const schema::Command& command,
      std::string_view source, InstantUs recorded_at);

  /// The values of the entry that says that entries after the head, `from` the last of them, are
  /// lost (log.restored), for a book that is open. As with an accepted command the journal stays
  /// open. `from` is the head where it is not known that any are; `reason` is a code.
  [[nodiscard]] schema::EntryView Restored(BookState& state, Seq from, std::string_view reason,
                                           InstantUs recorded_at);

 private:
  class Resolver;
  class Events;

  /// `next`: the fact after it, or null.
  [[nodiscard]] Verdict DecideFact(BookState& state, Events& events, Resolver& resolver,
                                   const schema::Event& stated, const schema::Event* next,
                                   InstantUs recorded_at);
  [[nodiscard]] Verdict TestAddresses(Events& events, const schema::EventCommon& common) const;
  [[nodiscard]] Verdict Accept(BookState& state, Events& events, const schema::Event& fact);
  [[nodiscard]] Verdict SetTimes(const BookState& state, schema::Event& fact,
                                 InstantUs recorded_at) const;
  /// The recording time at the book's offset: an entry without a fact has no other.
  static void SetTimesOfLog(const BookState& state, schema::Event& event, InstantUs recorded_at);
  void AppendLogEvents(BookState& state, std::uint32_t names_before);

  const Catalogue& catalogue_;
  SchemaStamp stamp_;
  Arena arena_;
  std::vector<schema::Event> events_;
  std::vector<std::uint16_t> fact_lines_;  ///< line of each fact so far
  std::vector<schema::Event> derived_;     ///< by the last fact
  std::vector<NameId> ids_;                ///< of the command's names, 0 while not looked up
};

}  // namespace suanpan::rules
