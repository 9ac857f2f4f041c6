// Dates, months and times from hostile text: whatever parses must print as text that parses to the
// same value, and dates and months print as exactly what was read.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "suanpan/base/date.h"
#include "suanpan/base/invariant.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  if (const auto date = suanpan::ParseDate(text)) {
    SUANPAN_INVARIANT(suanpan::ToText(*date) == text);
  }
  if (const auto month = suanpan::ParseMonth(text)) {
    SUANPAN_INVARIANT(suanpan::ToText(*month) == text);
  }
  if (const auto time = suanpan::ParseStatedTime(text)) {
    SUANPAN_INVARIANT(suanpan::ParseStatedTime(suanpan::ToText(*time)) == time);
  }
  if (const auto instant = suanpan::ParseInstant(text)) {
    SUANPAN_INVARIANT(suanpan::ParseInstant(suanpan::ToText(*instant)) == instant);
  }
  return 0;
}
