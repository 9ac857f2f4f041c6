#pragma once

// Rule of kind 63: entry.reversed (events.md 4.5). What each kind takes back lies with its own
// rule; here is what all reversals share.

#include "src/kinds/common.h"
#include "suanpan/schema/kinds/corrections.h"

namespace suanpan::rules {

struct EntryReversedRule {
  using Fact = schema::EntryReversed;
  static constexpr bool kDerivedFromState = true;
  static Verdict Decide(DecideContext& context, Event& event, Fact& fact);
  static Verdict Derive(DecideContext& context, const Event& fact, std::vector<Event>& derived);
  static void Post(const BookState& state, const Fact& fact, PostingSink& sink);
  static std::optional<BaseMove> MovesBase(const BookState& state, const Event& event);
};

/// Takes back in the state what reversal `at` names; before its own postings and rule are applied.
[[nodiscard]] Status UndoFact(const Catalogue& catalogue, BookState& state, Address at,
                              const Event& reversal);

// The copy of what is reversed: for each event its address u64, kind u16, words of payload u16,
// business date u16, 1 where it is kept u16, actor u32, zero u32, then the payload. The fact first,
// then what goes with it, then what is kept.

[[nodiscard]] std::string EncodeCopy(std::span<const CopiedEvent> events);
/// What the copy of a reversal holds; nothing where the bytes are none. Views the copy.
[[nodiscard]] std::optional<std::vector<CopiedEvent>> DecodeCopy(const schema::KindTable& kinds,
                                                                 const schema::NameReader& names,
                                                                 const Event& reversal,
                                                                 Arena& arena);

}  // namespace suanpan::rules
