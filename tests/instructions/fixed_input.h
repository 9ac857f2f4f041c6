#pragma once

// The input of what is counted: some weeks of a community, the same bytes in every run, whatever
// threads and disk do.

#include <functional>
#include <memory>
#include <string>

#include "support/community.h"

namespace suanpan::instructions {

/// The month ends in it, so that settlements and the points of a month are a part.
inline constexpr std::uint32_t kDays = 35;
/// Facts that are handed in before one waits for them.
inline constexpr std::uint32_t kFactsTogether = 1000;

/// Commands of one book, with what a ledger over the memory store makes of their JSON.
struct FixedInput {
  bench::TypedCommands commands;
  std::string book;
  std::uint64_t events = 0;  ///< stored events
  engine::SealedHead expected;
};

[[nodiscard]] std::unique_ptr<FixedInput> MakeInput(std::uint32_t facts_per_command);

/// Appends all commands to an empty store in groups of fixed commands, and closes the ledger.
/// `begin` is called when it is open, with the first command in it, `end` when all is written.
void AppendInGroups(const std::shared_ptr<store::EventStore>& store, const FixedInput& input,
                    std::uint32_t facts_per_command, const std::function<void()>& begin,
                    const std::function<void()>& end);

/// The data directory of the input with 1 fact a command.
void MakeData(const std::string& path, const FixedInput& input);

/// Its export; the verifier key that it is signed for.
[[nodiscard]] std::string Export(const std::string& data, const std::string& out,
                                 const FixedInput& input);

}  // namespace suanpan::instructions
