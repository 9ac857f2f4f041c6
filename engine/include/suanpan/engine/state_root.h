#pragma once

// The state root (architecture.md section 10): one hash of everything a book's state holds at a
// position.

#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/rules/state_encoding.h"

namespace suanpan::engine {

/// Root of one section; kept beside a checkpoint so that a difference can be named.
struct SectionRoot {
  rules::StateSectionNo number{};
  std::uint64_t leaves = 0;
  Hash32 root;
  friend bool operator==(const SectionRoot&, const SectionRoot&) = default;
};

struct StateDigest {
  Seq seq;
  Hash32 root;
  std::vector<SectionRoot> sections;
  friend bool operator==(const StateDigest&, const StateDigest&) = default;
};

/// Digest of the state after its last applied entry. Cost grows with the state, not with the log.
[[nodiscard]] StateDigest DigestState(const rules::BookState& state);

/// "agreements", "accounts" ... for messages.
[[nodiscard]] std::string_view ToText(rules::StateSectionNo number);

}  // namespace suanpan::engine
