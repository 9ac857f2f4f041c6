#pragma once

// One book in memory, decided, encoded, decoded and applied as a ledger does it, without a store.
// Every accepted entry is decoded from its bytes again and found canonical; a refusal that leaves a
// trace in the state is a failure of the test.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "suanpan/rules/apply.h"
#include "suanpan/rules/decide.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::testing {

/// What a command came to: the entry it became or already was, or why it was refused.
struct Answer {
  Seq seq;
  bool duplicate = false;
  std::optional<schema::Refusal> refusal;

  /// "entry 5", "entry 5 again" or "refused fund_short (305) fact 0 amount_fen".
  [[nodiscard]] std::string ToText() const;
};

class BookHarness {
 public:
  explicit BookHarness(const rules::Catalogue& catalogue = rules::Catalogue::Standard(),
                       const rules::SchemaStamp& schema = {1, {}});

  /// The clock of the next entries.
  InstantUs recorded_at = *ParseInstant("2026-12-31T00:00:00Z");
  /// Whether to compare the whole state before and after every refusal.
  bool compare_refused = true;

  [[nodiscard]] Answer Append(std::string_view json);

  /// Appends the entry of a log.restored; its sequence.
  Seq Restore(Seq from, std::string_view reason);

  [[nodiscard]] const rules::BookState& state() const { return *state_; }
  [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
  /// An entry from its bytes; `seq` from 1 to size().
  [[nodiscard]] const schema::EntryView& entry(Seq seq) const { return views_[seq.value() - 1]; }
  [[nodiscard]] const std::string& bytes(Seq seq) const { return bytes_[seq.value() - 1]; }
  /// The event at an address, or null.
  [[nodiscard]] const schema::Event* Find(Address address) const;
  /// The event's own and computed fields as JSON, with its kind.
  [[nodiscard]] std::string EventJson(Address address) const;

  /// Balance of the account with a path, 0 where there is none.
  [[nodiscard]] std::int64_t Balance(std::string_view path) const;
  /// All balances but zero ones, by path.
  [[nodiscard]] std::map<std::string, std::int64_t> Balances() const;
  /// The agreement of a name; the test fails hard when it does not exist.
  [[nodiscard]] const rules::Agreement& AgreementOf(std::string_view name) const;

  /// Applies all entries from their bytes to an empty state, with the past at hand.
  [[nodiscard]] Status Replay(rules::BookState& state) const;
  /// Applies the entries before one, and then that one as it is told here.
  [[nodiscard]] Status ApplyForged(Seq seq, const schema::EntryView& forged, bool with_past) const;
  /// Empty when the live state equals the replayed one, else where the two first differ.
  [[nodiscard]] std::string CompareWithReplay() const;

 private:
  class History;
  using Key = std::tuple<schema::KeyForm, Uuid, std::string, std::uint64_t>;

  [[nodiscard]] Answer Decide(const schema::Command& command, const Key& key);
  [[nodiscard]] Answer Repeat(const schema::Command& command, Seq seq);
  [[nodiscard]] std::optional<schema::Refusal> Keep(const schema::EntryView& decided);

  const rules::Catalogue& catalogue_;
  schema::CommandParser parser_;
  rules::Decider decider_;
  schema::EntryEncoder encoder_;
  std::unique_ptr<rules::BookState> state_;
  std::deque<std::string> bytes_;  // heap strings: 8-byte aligned, as decoding wants them
  std::deque<schema::EntryView> views_;
  mutable Arena arena_;
  std::map<Key, Seq> keys_;
};

}  // namespace suanpan::testing
