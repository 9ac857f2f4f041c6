#pragma once

// The input of the benches: some months of one community of examples/community-year, seed 1, and
// what the ledger must make of it.

#include <memory>
#include <string>

#include "suanpan/community_year/generate.h"
#include "suanpan/engine/ledger.h"
#include "support/typed_commands.h"

namespace suanpan::bench {

inline constexpr std::string_view kSource = "s-bench";

/// Commands with what a ledger over the memory store made of their JSON.
struct Community {
  TypedCommands commands;
  std::string book;
  std::uint64_t events = 0;  ///< stored events, derived ones and introduced names included
  engine::SealedHead expected;
};

/// Of the shape "100,000 stored events"; a few hundred in a smoke run. Made once per pair of
/// options; kept for the process.
[[nodiscard]] const Community& CommunityOf(std::uint32_t facts_per_command,
                                           community_year::KeyForm key_form);

/// A fixed clock after the last fact: the same commands give the same bytes.
[[nodiscard]] engine::LedgerOptions FixedClock();

/// Hands all commands to a new ledger, waiting after each `together`; seconds that took. Stops the
/// process at a refusal.
double Append(engine::Ledger& ledger, const Community& community, std::size_t together);

/// A data directory with the community in it, appended by 1,000 commands and closed.
void MakeDataDirectory(const std::string& path, const Community& community);

}  // namespace suanpan::bench
