#pragma once

// Kind 17: approvals. Stored as a table.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class ApprovalAction : std::uint8_t {
  kAdopt = 1,
  kSpend,
  kTransfer,
  kAward,
  kWaive,
  kRelease,
  kReverse,
  kErase,
  kClose,
  kPost,
  kRedeem,
  kRestrict,
  kMove,
  kOpening,
  kIrregular,
  kPublish
};
inline constexpr std::string_view kApprovalActionWords[] = {
    "adopt", "spend", "transfer", "award",    "waive", "release", "reverse",   "erase",
    "close", "post",  "redeem",   "restrict", "move",  "opening", "irregular", "publish"};
enum class Verdict : std::uint8_t { kApproved = 1, kRejected, kWithdrawn };
inline constexpr std::string_view kVerdictWords[] = {"approved", "rejected", "withdrawn"};

struct ApprovalGiven {
  static constexpr std::uint16_t kKind = 17;
  static constexpr std::string_view kName = "approval.given";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  Address of;
  NameId subject;
  std::uint8_t action = 0;
  std::uint8_t verdict = 0;
  Fen amount;  ///< upper bound; 0: none
  Address decision;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("of", s.of, Need::kOptional);
    v.Name("subject", s.subject, Grammar::kRef, Need::kOptional);
    v.Enum("action", s.action, kApprovalActionWords, Need::kRequired);
    v.Enum("verdict", s.verdict, kVerdictWords, Need::kRequired);
    v.Amount("amount_fen", s.amount, Sign::kPositive, Need::kOptional);
    v.Event("decision", s.decision, Need::kOptional);
  }
};

}  // namespace suanpan::schema
