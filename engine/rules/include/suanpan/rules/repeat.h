#pragma once

// A repeated command key (architecture.md section 8): the request is compared with the stored
// entry's own facts.

#include <optional>

#include "suanpan/rules/book_state.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::rules {

/// Where a request differs from the entry that its key is bound to.
struct RepeatDifference {
  std::uint32_t fact = 0;
  /// "facts" where one of the two has more of them; empty: the fact as a whole.
  std::string field;
};

/// Nothing when the request is the same. `names` are the book's. `arena` is scratch.
[[nodiscard]] std::optional<RepeatDifference> CompareRepeat(const schema::NameTable& names, Seq seq,
                                                            const schema::EntryView& stored,
                                                            const schema::Command& request,
                                                            Arena& arena);

}  // namespace suanpan::rules
