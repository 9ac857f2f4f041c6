#pragma once

// The auditor's policy file (C2SP tlog-policy): which logs and witnesses are trusted, and how many
// witnesses must have signed.
//
//   log <vkey> [url]
//   witness <name> <vkey> [url]
//   group <name> all|any|<k> <member>...    members defined above, each used once
//   quorum <name>|none                      exactly one
//
// Blank lines and lines that begin with `#` are skipped; words are separated by spaces or tabs.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/status.h"
#include "suanpan/proof/key.h"

namespace suanpan::audit {

struct Policy {
  struct Witness {
    std::string name;
    proof::VerifierKey key;  ///< of type cosignature/v1
  };
  struct Group {
    std::string name;
    std::uint32_t threshold = 0;
    std::vector<std::string> members;  ///< witnesses and earlier groups
  };
  std::vector<proof::VerifierKey> logs;
  std::vector<Witness> witnesses;
  std::vector<Group> groups;
  std::string quorum;  ///< name of a witness or group; empty: none is asked for

  [[nodiscard]] std::vector<proof::VerifierKey> WitnessKeys() const;
  /// Whether these witnesses (by name) make the quorum; true where none is asked for.
  [[nodiscard]] bool IsSatisfiedBy(const std::set<std::string>& signers) const;
};

/// kInvalidArgument with the line for anything that is not exactly such a file: an unknown word, a
/// name defined twice or not yet, a member used twice, a public key given twice, a threshold
/// outside its group, no quorum line or two.
[[nodiscard]] Result<Policy> ParsePolicy(std::string_view text);

}  // namespace suanpan::audit
