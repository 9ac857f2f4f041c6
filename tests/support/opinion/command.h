#pragma once

// The text of a command (events.md 1.1, docs/facts.md): limits, JSON, envelope.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/opinion/refusal.h"

namespace suanpan::opinion {

struct Command {
  Json json;
  std::vector<std::string> twice;  ///< paths of fields that stand twice
  std::string book;                ///< empty where it cannot be told
  std::string key;                 ///< empty where it cannot be told
};

/// too_large, bad_json, and nothing else.
[[nodiscard]] Command ReadText(std::string_view text);

/// What is wrong in the envelope.
void CheckEnvelope(const Command& command);

/// Refuses a field that stands twice in a fact.
void CheckTwice(const Command& command, std::size_t fact);

}  // namespace suanpan::opinion
