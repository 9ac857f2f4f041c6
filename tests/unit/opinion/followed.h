#pragma once

// A book of a ledger, applied entry by entry from the bytes that were stored, and judged after each
// by the laws of books.

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "suanpan/rules/decide.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/event_store.h"
#include "support/book_laws.h"
#include "support/opinion/figures.h"

namespace suanpan::test {

class Followed {
 public:
  /// Applies what came since the last call; the first law that an entry breaks, or why it cannot be
  /// applied.
  [[nodiscard]] std::string CatchUp(const store::EventReader& reader, BookNo number);
  [[nodiscard]] const rules::BookState& state() const { return *state_; }
  [[nodiscard]] std::uint64_t size() const { return views_.size(); }
  [[nodiscard]] const schema::EntryView& last() const { return views_.back(); }

  /// The figures after one more command, which is then forgotten; or a figure "refused".
  [[nodiscard]] opinion::Figures FiguresWith(std::string_view command, InstantUs recorded_at);

 private:
  class Old;

  [[nodiscard]] Status Apply(ByteSpan bytes);
  [[nodiscard]] std::string Judge();

  std::unique_ptr<rules::BookState> state_ = std::make_unique<rules::BookState>();
  std::deque<std::string> bytes_;  // heap strings: 8-byte aligned, as decoding wants them
  std::deque<schema::EntryView> views_;
  std::unique_ptr<Arena> arena_ = std::make_unique<Arena>();
  LotTrail lots_;
  MinutesTrail minutes_;
};

}  // namespace suanpan::test
