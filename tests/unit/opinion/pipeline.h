#pragma once

// What becomes of a history after its commands were answered: bytes, replay, export, audit, named
// tests. Each
// stage's result is judged by the second opinion, which was told the commands and nothing else. A
// judge names the first contradiction; empty where there is none.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/audit/check.h"
#include "suanpan/audit/report.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/store/event_store.h"
#include "support/opinion/book.h"
#include "support/opinion/bytes/tree.h"
#include "support/opinion/figures.h"

namespace suanpan::test {

/// A book as the second opinion has it to the byte.
struct Expected {
  std::string name;
  std::vector<std::string> entries;
  std::vector<opinion::bytes::Hash> leaves;
  opinion::Figures figures;
  std::uint64_t events = 0;  ///< those of the log itself included
};
/// `schema_digest`: of what the first entry adds.
[[nodiscard]] Expected ExpectedOf(const std::string& name, const opinion::Book& book,
                                  const Hash32& schema_digest);

/// The leaves that were acknowledged, in hexadecimal.
[[nodiscard]] std::string JudgeLeaves(const Expected& expected,
                                      const std::vector<std::string>& acknowledged);
/// The entries that the writer stored.
[[nodiscard]] std::string JudgeBytes(const Expected& expected,
                                     const std::vector<std::string>& stored);
/// The state, root and number of events of a replay up to the last entry of `expected`.
[[nodiscard]] std::string JudgeReplayed(const Expected& expected,
                                        const replay::ReplayedBook& replayed);
/// Such a replay, reading on this thread or ahead on another.
[[nodiscard]] std::string JudgeReplay(const Expected& expected, const store::EventReader& reader,
                                      BookNo number, bool decode_ahead);
/// The files of an export: size and root of the checkpoint, and every bundle of entries, read here
/// as docs/format.md has them.
[[nodiscard]] std::string JudgeExport(const Expected& expected, const std::filesystem::path& dir);
/// The audit's verdict and totals.
[[nodiscard]] std::string JudgeAudit(const Expected& expected, const audit::BookReport& report);

/// The named tests: none of them says that a rule was broken, since the ledger keeps them all; but
/// for what it takes and they are there to find.
[[nodiscard]] std::string JudgeChecks(const Expected& expected,
                                      const Result<audit::CheckReport>& report);

}  // namespace suanpan::test
