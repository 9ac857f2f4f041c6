#pragma once

// The input of the benches: commands of communities of examples/community-year, seed 1, and what
// the ledger must make of it.

#include <memory>
#include <span>
#include <string>

#include "suanpan/community_year/generate.h"
#include "suanpan/engine/ledger.h"
#include "support/bench_directory.h"
#include "support/recording_store.h"
#include "support/typed_commands.h"

namespace suanpan::bench {

inline constexpr std::string_view kSource = "s-bench";

/// A book and what it must come to.
struct BookHead {
  std::string ref;
  engine::SealedHead expected;
};

/// Commands with what a ledger over the memory store made of their JSON.
struct Community {
  TypedCommands commands;
  std::vector<BookHead> books;
  std::uint64_t events = 0;  ///< stored events, derived ones and introduced names included
};

/// A year of one community (a sixth of it where it must be quick, two days in a smoke run), or of
/// several as many days fewer, their commands in turns; of that the first `part`th. Made once for
/// equal arguments; kept for the process.
[[nodiscard]] const Community& CommunityOf(std::uint32_t facts_per_command,
                                           community_year::KeyForm key_form,
                                           std::uint32_t books = 1, std::uint32_t part = 1);

/// Stored events of a book, as its blocks say.
[[nodiscard]] std::uint64_t EventsOf(const store::EventReader& reader, BookNo book);

/// A fixed clock after the last fact: the same commands give the same bytes.
[[nodiscard]] engine::LedgerOptions FixedClock();

/// A new ledger over RocksDB in a directory, with a guard that is told of every group, as the
/// program has one. `groups`, which must outlive it, gets what it commits.
[[nodiscard]] std::unique_ptr<engine::Ledger> NewLedger(const BenchDirectory& directory,
                                                        BlockGroups* groups = nullptr);

/// Hands in a command that must be accepted; stops the process otherwise.
engine::Submission Accepted(engine::Ledger& ledger, const schema::Command& command);

/// Hands in commands as `suanpan append` does: when `together` are under way it waits for the first
/// half of them, or for the only one; in the end for all. Stops the process at a refusal.
void HandIn(engine::Ledger& ledger, std::span<const schema::Command> commands,
            std::size_t together);

/// Hands in all commands (HandIn); seconds that took.
double Append(engine::Ledger& ledger, const Community& community, std::size_t together);

/// A data directory with the community in it, appended (Append) and closed.
void MakeDataDirectory(const std::string& path, const Community& community,
                       std::size_t together = 1000);

}  // namespace suanpan::bench
