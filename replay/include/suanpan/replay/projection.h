#pragma once

// A projection is a view of the log built by replay, and by nothing else: it can be dropped and
// rebuilt at any time.

#include "suanpan/rules/book_state.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::replay {

/// One event as a projection sees it. `state` already contains the whole entry.
struct EventContext {
  Address at;
  const schema::Event& event;
  const schema::EntryCommon& entry;
  const rules::BookState& state;
};

/// Fed with every event of one book in order, on one thread.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual void OnEvent(const EventContext& context) = 0;
};

}  // namespace suanpan::replay
