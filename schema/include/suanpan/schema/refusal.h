#pragma once

// Business refusals: permanent numbers, one per reason, given in the order in which a rule tests
// them (events.md section 9). A refusal is an answer, not an error: nothing of the command was
// kept, the same key may succeed later.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace suanpan::schema {

enum class RefusalCode : std::uint16_t {
#define X(number, name) name = number,
#include "suanpan/schema/refusal_list.inc"
#undef X
};

[[nodiscard]] std::string_view ToText(RefusalCode code);
[[nodiscard]] std::optional<RefusalCode> ParseRefusalCode(std::string_view name);
[[nodiscard]] constexpr int NumberOf(RefusalCode code) { return static_cast<int>(code); }

/// The bit that sets `code` aside in a fact's `irregular` word, or nothing where the code is
/// absolute.
[[nodiscard]] std::optional<unsigned> IrregularBit(RefusalCode code);
/// The code of a bit; nothing for a bit that has none.
[[nodiscard]] std::optional<RefusalCode> IrregularCode(unsigned bit);

/// One refused command: which test failed, at which fact and field, with the values that decided.
struct Refusal {
  RefusalCode code{};
  std::optional<std::uint32_t> fact;  ///< 0-based; none where the command as a whole is refused
  std::string field;                  ///< path such as `lines[0].amount_fen`; may be empty
  struct Detail {
    std::string name;
    std::string value;
    bool is_count = false;  ///< counts and sequences are JSON numbers, everything else is text
  };
  std::vector<Detail> detail;  ///< in a fixed order

  [[nodiscard]] Refusal With(std::string_view key, std::string value) && {
    detail.push_back({std::string{key}, std::move(value), false});
    return std::move(*this);
  }
  [[nodiscard]] Refusal WithCount(std::string_view key, std::uint64_t value) && {
    detail.push_back({std::string{key}, std::to_string(value), true});
    return std::move(*this);
  }
};

[[nodiscard]] inline Refusal Refuse(RefusalCode code, std::string_view field = {}) {
  return Refusal{code, std::nullopt, std::string{field}, {}};
}

}  // namespace suanpan::schema
