// Fields of time (events.md 3.7).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {

std::map<std::string, Fields> TimeKinds() {
  return {{"day.closed", {{"date", kDate, true}, {"page", kCount, true}}},
          {"entry.reversed", {{"of", kAddress, true}, {"reason", kCode, true}}}};
}

}  // namespace suanpan::opinion
