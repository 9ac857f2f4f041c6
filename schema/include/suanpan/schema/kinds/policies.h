#pragma once

// Kinds 12, 13: policies, from draft to force. Stored as tables; a policy's body lies in the field
// of its type.

#include "suanpan/schema/kinds/shop_bodies.h"

namespace suanpan::schema {

/// disclosure, ratio, calendar and check are words of the catalogue that no rule reads yet.
enum class PolicyType : std::uint8_t {
  kEarning = 1,
  kAwardItems,
  kExpiry,
  kRedemption,
  kPriceList,
  kTransfer,
  kApproval,
  kControl,
  kDisclosure,
  kRatio,
  kCalendar,
  kCheck
};
inline constexpr std::string_view kPolicyTypeWords[] = {
    "earning",  "award_items", "expiry",     "redemption", "price_list", "transfer",
    "approval", "control",     "disclosure", "ratio",      "calendar",   "check"};
inline constexpr std::uint32_t kPolicyVersionMax = 1'000'000;

struct PolicyProposed {
  static constexpr std::uint16_t kKind = 12;
  static constexpr std::string_view kName = "policy.proposed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId policy;
  std::uint8_t policy_type = 0;
  std::uint32_t version = 0;
  Date applies_from;
  EarningBody earning;
  AwardItemsBody award_items;
  ExpiryBody expiry;
  RedemptionBody redemption;
  PriceListBody price_list;
  TransferBody transfer;
  ApprovalBody approval;
  ControlBody control;

  [[nodiscard]] PolicyType type() const { return static_cast<PolicyType>(policy_type); }

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("policy", s.policy, Grammar::kRef, Need::kRequired);
    v.Enum("policy_type", s.policy_type, kPolicyTypeWords, Need::kRequired);
    v.Count("version", s.version, Range{1, kPolicyVersionMax}, Need::kRequired);
    v.Day("applies_from", s.applies_from, Need::kRequired);
    OneOf(v, "body", kPolicyTypeWords, s.policy_type, s.earning, s.award_items, s.expiry,
          s.redemption, s.price_list, s.transfer, s.approval, s.control);
  }
};

/// What a dry run of a retroactive policy came to: its digest, and the head it was made at.
struct DryRun {
  std::int64_t at_seq = 0;
  DigestField digest;
  static constexpr std::int64_t kSeqMax = (std::int64_t{1} << 48) - 2;

  [[nodiscard]] bool empty() const { return at_seq == 0 && !digest; }
  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Count("at_seq", s.at_seq, Range{1, kSeqMax}, Need::kRequired);
    v.Digest("digest", s.digest, Need::kRequired);
  }
};

struct PolicyAdopted {
  static constexpr std::uint16_t kKind = 13;
  static constexpr std::string_view kName = "policy.adopted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  Address proposal;
  std::span<const Address> approvals;
  DryRun dry_run;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("proposal", s.proposal, Need::kRequired);
    v.Events("approvals", s.approvals, kPolicyApprovalsMax);
    v.Object("dry_run", s.dry_run, Need::kOptional);
  }
  static constexpr std::size_t kPolicyApprovalsMax = 16;
};

}  // namespace suanpan::schema
