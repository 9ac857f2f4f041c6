#pragma once

// `audit check`: the named tests of docs/auditors.md over the events of one book. Each is a pure
// consumer of events: it recomputes by arithmetic of its own what the log says, and shares nothing
// with the engine's rules. Memory grows with accounts, lots and open matters, never with events;
// and with what is found, all of which is kept.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/audit/report.h"
#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/report/document.h"
#include "suanpan/store/event_store.h"

namespace suanpan::audit {

struct CheckInfo {
  std::string_view name;  ///< "p-cap", permanent
  unsigned number = 0;    ///< of the catalogue of tests, permanent
  std::string_view asks;
};

/// All there are, by number.
[[nodiscard]] std::span<const CheckInfo> NamedChecks();

struct CheckFinding {
  std::string_view check;
  /// kFailed: it contradicts a rule. kNote: it may be right, and somebody should explain it.
  Severity severity = Severity::kFailed;
  Address at;            ///< the event; none where it is about no single one
  std::string expected;  ///< may be empty
  std::string actual;    ///< may be empty
  std::string text;
};

/// The line that every test has, whether or not it found something.
struct CheckCount {
  std::string_view check;
  unsigned number = 0;
  std::string_view looked_at_what;  ///< "grants"
  std::uint64_t looked_at = 0;
  std::uint64_t findings = 0;
};

struct CheckReport {
  std::string book;
  std::uint64_t head_seq = 0;
  Hash32 head_root;
  std::vector<CheckFinding> findings;  ///< by test, then in the order of the log
  std::vector<CheckCount> counts;      ///< by number
};

/// Tests on one log, fed with its entries in order.
class CheckRun {
 public:
  /// Those of the names, or all where there are none. kInvalidArgument: a name of no test.
  [[nodiscard]] static Result<CheckRun> Of(std::span<const std::string> names);
  CheckRun(CheckRun&&) noexcept;
  CheckRun& operator=(CheckRun&&) noexcept;
  ~CheckRun();

  /// The next entry, 8-byte aligned. kCorruption, kFailedPrecondition: it is none of this program's
  /// format, so that nothing after it can be judged.
  [[nodiscard]] Status Take(Seq seq, ByteSpan bytes);
  using TakeEntry = std::function<Status(Seq, ByteSpan)>;
  /// Gives all entries of another book, in order, to a function; false: it is not there.
  using ReadOther = std::function<Result<bool>(std::string_view book, const TakeEntry& take)>;
  /// After the last entry: reads the other books that points were moved to or from, and compares.
  /// `own_folder`: what BookFolder makes of this one's ref.
  [[nodiscard]] Status Compare(std::string_view own_folder, const ReadOther& read);
  /// At the very end, once.
  [[nodiscard]] CheckReport Finish();

 private:
  struct Parts;
  explicit CheckRun(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Runs over a book of a store up to its end, and where points went to other books of the store,
/// or came from them, over what these tell of it. `on_progress` is told entries done, now and then.
[[nodiscard]] Result<CheckReport> RunChecks(const store::EventReader& reader,
                                            const store::BookRow& book, CheckRun run,
                                            const std::function<void(std::uint64_t)>& on_progress);

/// The same over an export of one book, or the folder of one beside those of others, up to its
/// checkpoint, whose signature is for `audit verify` to judge. kNotFound: there is none;
/// kCorruption: the entries are not those of the checkpoint.
[[nodiscard]] Result<CheckReport> RunChecksOnExport(
    const std::filesystem::path& dir, CheckRun run,
    const std::function<void(std::uint64_t)>& on_progress);

[[nodiscard]] std::string RenderChecks(const CheckReport& report, report::Format format);

}  // namespace suanpan::audit
