#pragma once

// The bytes of a book's entries, written from sections 1 to 6 of docs/format.md and its page of
// payloads, and nothing else: a second opinion on the encoder. It decides nothing; what an entry
// says is handed in as JSON.
//
//   {"book":"zz","recorded_us":1790000000000000,"source":"cli","key":"till-1/731","events":[
//     {"kind":"sale.recorded","business_date":"2026-03-03","period":"2026-03",
//      ...the fields of envelope and kind as the command stated them, "#n" replaced by an address,
//      "computed":{...the fields that the engine computed or filled in,
//                  "lines":[{"cost_fen":"5"},...] for those of a line}},
//     {"kind":"donation.accrued","cause_line":0,...,"computed":{...}}]}
//
// The events are the facts and the derived ones in causal order. A derived event has "cause_line",
// the line of its fact, or "cause", an address outside the entry; optionally "rule", {"policy",
// "version"}; and "occurred_at", absent: that of its fact. The log's own events are added here.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/opinion/bytes/fields.h"
#include "support/opinion/bytes/names.h"

namespace suanpan::opinion::bytes {

/// A schema as schema.added names it.
struct SchemaUse {
  std::uint32_t version = 1;
  std::array<std::uint8_t, 32> digest{};
};

class EntryWriter {
 public:
  /// Of a book that begins. Its first entry adds the schema, where there is one.
  explicit EntryWriter(std::optional<SchemaUse> schema = std::nullopt, Slip slip = Slip::kNone);
  /// Of a book that goes on: these names were introduced already.
  explicit EntryWriter(const std::vector<std::string>& names, Slip slip = Slip::kNone);

  /// The entry that follows those encoded before. std::exception where it cannot be read.
  [[nodiscard]] std::string Encode(const Json& entry);

  /// The names so far, by number - 1.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_.texts(); }

 private:
  void NumberByAlphabet(const Json& events);
  [[nodiscard]] std::string Head(const Json& entry);
  [[nodiscard]] std::string Events(const Json& entry);
  [[nodiscard]] std::string LogEvents(const Json& first);

  Slip slip_;
  std::optional<SchemaUse> schema_;
  Names names_;
  std::size_t introduced_ = 0;  ///< names whose ref.introduced is written
  std::size_t events_ = 0;      ///< of the entry under way
};

}  // namespace suanpan::opinion::bytes
