#pragma once

// The JSON view of stored events and entries (events.md 1.5), and the command that an entry answers
// (events.md 1.1).

#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::schema {

/// Numbers the facts of one entry: give it the events in order.
class FactCounter {
 public:
  /// The position of an event among the facts of its command; nothing for an event of the engine.
  [[nodiscard]] std::optional<std::uint32_t> Next(const Event& event) {
    if (OriginOf(event) != Origin::kFact) return std::nullopt;
    return facts_++;
  }

 private:
  std::uint32_t facts_ = 0;
};

/// One event: `at kind kind_no version fact? cause? rule? actor occurred_at business_date period
/// ...`, its fields, its computed fields.
void WriteEventJson(JsonText& json, const NameReader& names, Address at, const Event& event,
                    std::optional<std::uint32_t> fact);

/// One entry: `book seq recorded_at source key leaf events`.
void WriteEntryJson(JsonText& json, const NameReader& names, std::string_view book, Seq seq,
                    const Hash32& leaf, const EntryView& entry);

/// The key as it was stated: a UUID or "stream/counter"; empty for an entry of the engine.
[[nodiscard]] std::string KeyText(const NameReader& names, const CommandKey& key);

/// The answer to a committed command (events.md 1.3): of a fact its computed fields only, without
/// `ref.introduced`.
void WriteCommittedJson(JsonText& json, const NameReader& names, std::string_view book, Seq seq,
                        const Hash32& leaf, const EntryView& entry);

/// The command of an entry, exactly as its caller could have stated it, from its stored facts.
void WriteCommandJson(JsonText& json, const NameReader& names, std::string_view book,
                      const EntryView& entry);

}  // namespace suanpan::schema
