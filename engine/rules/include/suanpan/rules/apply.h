#pragma once

// The one Apply: validation, recovery, replay, what-if and audit change a BookState through here
// and nowhere else, over the same values whether they were decoded from bytes or come fresh from
// Decide.

#include "suanpan/base/status.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::rules {

/// Applies one event. Fails with kCorruption where the event contradicts the state: postings that
/// do not balance, an accrual that does not follow from the log, a payment without request; or with
/// OverflowError. The state is then not usable, unless its journal is rolled back.
[[nodiscard]] Status ApplyEvent(const Catalogue& catalogue, BookState& state, Address at,
                                const schema::Event& event);

/// Applies the next entry: its new names first, then its events, and that every base entry is
/// followed by its accrual. `seq` must be the head's successor. The error names the line. With the
/// `past` of the book, what a fact found there is looked up again, too.
[[nodiscard]] Status ApplyEntry(const Catalogue& catalogue, BookState& state, Seq seq,
                                const schema::EntryView& entry, OldEvents* past = nullptr);

/// The postings of one event, for projections. `state` needs only the terms that were registered
/// before it.
void PostingsOf(const Catalogue& catalogue, const BookState& state, const schema::Event& event,
                PostingSink& sink);

}  // namespace suanpan::rules
