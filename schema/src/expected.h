#pragma once

// What a caller should have sent, told in the detail of a refusal (field_rules.h has the rules).

#include <string_view>

#include "suanpan/schema/names.h"

namespace suanpan::schema {

inline constexpr std::string_view kExpectedText = "text";
inline constexpr std::string_view kExpectedBool = "true or false";
inline constexpr std::string_view kExpectedObject = "an object";
inline constexpr std::string_view kExpectedAmount =
    "a whole number of 64 bits, or its decimal digits";
inline constexpr std::string_view kExpectedDate =
    "a date like 2026-03-31, from 1970-01-02 to 2149-06-06";
inline constexpr std::string_view kExpectedMonth = "a month like 2026-03, from 1970-02 to 2149-05";
inline constexpr std::string_view kExpectedTime =
    "a time from 1970 to 2106 with its offset in quarter hours, like 2026-03-03T10:00:00+08:00";
inline constexpr std::string_view kExpectedAddress =
    "an address like 24.0, or #0 for a fact before this";
inline constexpr std::string_view kExpectedToken = "1 to 32 of A-Z a-z 0-9 . _ -";
inline constexpr std::string_view kExpectedLabel =
    "1 to 80 bytes of UTF-8 in the composed form (NFC), no control characters";
inline constexpr std::string_view kExpectedDigest = "64 hexadecimal digits in lower case";
inline constexpr std::string_view kExpectedPot = "class/source, like restricted/vendor_share";

[[nodiscard]] inline std::string_view ExpectedName(Grammar grammar) {
  switch (grammar) {
    case Grammar::kRef:
      return "a ref: 1 to 64 of a-z 0-9 . _ : / -";
    case Grammar::kCode:
      return "a code: 1 to 32 of a-z 0-9 _";
  }
  return {};
}

}  // namespace suanpan::schema
