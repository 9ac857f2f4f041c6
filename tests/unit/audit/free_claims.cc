#include "free_claims.h"

#include <algorithm>
#include <sstream>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kEveryFact = "every fact ";
constexpr std::string_view kBegin = "<!-- free claims: begin -->";
constexpr std::string_view kEnd = "<!-- free claims: end -->";

std::string FieldOf(const std::string& claim) { return claim.substr(claim.rfind(' ') + 1); }

}  // namespace

std::set<std::string> FreeClaims() {
  const std::string page = ReadText(std::filesystem::path{SUANPAN_SOURCE_DIR} / "docs/auditors.md");
  const std::size_t begin = page.find(kBegin);
  const std::size_t end = page.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos) return {};
  std::set<std::string> claims;
  std::istringstream lines{page.substr(begin, end - begin)};
  for (std::string line; std::getline(lines, line);) {
    // "| money.paid | `account` `amount_fen` |"
    const std::size_t bar = line.find(" | ");
    if (!line.starts_with("| ") || bar == std::string::npos) continue;
    const std::string kind = line.substr(2, bar - 2);
    for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at)) {
      const std::size_t close = line.find('`', at + 1);
      claims.insert(kind + " " + line.substr(at + 1, close - at - 1));
      at = close + 1;
    }
  }
  return claims;
}

bool IsFreeClaim(const std::set<std::string>& listed, const std::string& turned) {
  return listed.contains(turned) || listed.contains(std::string{kEveryFact} + FieldOf(turned));
}

bool IsTurned(const std::set<std::string>& turned, const std::string& listed) {
  if (!listed.starts_with(kEveryFact)) return turned.contains(listed);
  return std::ranges::any_of(
      turned, [&](const std::string& one) { return FieldOf(one) == FieldOf(listed); });
}

}  // namespace suanpan::audit
