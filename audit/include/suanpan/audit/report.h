#pragma once

// What an audit found: verdict, findings, steps, totals (docs/format.md, cli `audit verify`).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"

namespace suanpan::audit {

enum class Verdict : std::uint8_t { kVerified, kFailed, kUndecided };

/// What a finding does to the verdict: evidence that something is wrong, or something that kept a
/// step from being decided (missing data, no key). A later engine's kinds are the second sort. A
/// note does nothing to it.
enum class Severity : std::uint8_t { kFailed, kUndecided, kNote };

enum class StepResult : std::uint8_t { kOk, kFailed, kUndecided, kNotAsked };

struct Finding {
  std::string check;  ///< "V6/duplicate_key": the step, and what was tested
  Severity severity = Severity::kFailed;
  std::uint64_t seq = 0;  ///< the entry, 0 where it is none
  std::string expected;   ///< may be empty
  std::string actual;     ///< may be empty
  std::string text;
};

/// Findings kept per book and step; the rest is counted.
inline constexpr std::size_t kFindingsMax = 200;

struct Step {
  std::string_view step;  ///< "V1" ... "V9"
  StepResult result = StepResult::kOk;
  std::optional<std::int64_t> micros;  ///< by the clock that was handed in
};

struct FundTotal {
  std::string fund;
  Fen balance;
};

struct AgreementTotal {
  std::string agreement;
  Fen base;
  Fen due;
  std::uint32_t residue = 0;
};

/// Points of a scheme: granted - redeemed - expired - deducted - forfeited - donated + moved + owed
/// = outstanding. What a correction takes back is in no figure.
struct SchemeTotal {
  std::string scheme;
  Points granted;
  Points redeemed;
  Points expired;
  Points deducted;
  Points forfeited;
  Points donated;
  Points moved;        ///< in from other books, less out to them
  Points owed;         ///< by holders: taken from them, or cancelled, after it was spent
  Points outstanding;  ///< what all holders have
};

struct BookReport {
  Verdict verdict = Verdict::kUndecided;
  std::string folder;  ///< below the export, empty for the export itself
  // Of the checkpoint; where it could not be read, has_head() is false and these are nothing.
  std::string origin;
  std::uint64_t size = 0;
  Hash32 root;
  std::string checkpoint;  ///< its text, the bytes that are signed
  std::uint64_t events = 0;
  std::uint64_t commands = 0;
  std::vector<FundTotal> funds;            ///< by name
  std::vector<AgreementTotal> agreements;  ///< by name
  std::vector<SchemeTotal> schemes;        ///< by name
  std::vector<std::string> schemas;        ///< digests of the schemas used, hexadecimal
  std::vector<Finding> findings;
  std::uint64_t findings_more = 0;  ///< found beyond kFindingsMax
  std::vector<Step> steps;

  [[nodiscard]] bool has_head() const { return !origin.empty(); }
};

struct VerifyReport {
  Verdict verdict = Verdict::kUndecided;
  std::vector<BookReport> books;  ///< by folder
  std::vector<Finding> findings;  ///< about the export as a whole
};

[[nodiscard]] std::string_view ToText(Verdict verdict);
[[nodiscard]] std::string_view ToText(Severity severity);
[[nodiscard]] std::string_view ToText(StepResult result);

/// Exit code of the command line: 0 verified, 1 failed, 3 undecided.
[[nodiscard]] int ExitCode(Verdict verdict);

}  // namespace suanpan::audit
