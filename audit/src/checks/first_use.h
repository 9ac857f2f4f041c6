#pragma once

// What an entry says of itself by its order: it introduces the names that it is the first to use,
// in the order in which its command used them and no others, and an address within it names one of
// its own earlier facts, as "#n" in a command does.

#include <string>

#include "suanpan/base/arena.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::audit {

class FirstUse {
 public:
  /// `names_before` is how many names the log had before this entry. Empty where names and
  /// addresses are as they have to be, else what is wrong with them.
  [[nodiscard]] std::string Check(Seq seq, const schema::EntryView& entry,
                                  std::uint32_t names_before);

 private:
  class Walk;
  Arena arena_;
};

}  // namespace suanpan::audit
