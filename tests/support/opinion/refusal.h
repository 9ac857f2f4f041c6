#pragma once

// A refusal, thrown where a test of events.md fails.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace suanpan::opinion {

using Json = nlohmann::json;

struct Refusal {
  std::string code;
  /// As docs/facts.md writes it, `lines[0].amount_fen`; none where no document says which.
  std::optional<std::string> field;
  Json detail = Json::object();  ///< what the documents or the scenarios name, not all there is
  std::optional<int> fact;       ///< of the command; none where the fault lies outside the facts
};

[[noreturn]] void Refuse(const std::string& code, const std::optional<std::string>& field = {},
                         const Json& detail = Json::object());

/// The permanent number of a refusal's name (docs/format.md, section 11).
[[nodiscard]] int NumberOf(const std::string& code);

}  // namespace suanpan::opinion
