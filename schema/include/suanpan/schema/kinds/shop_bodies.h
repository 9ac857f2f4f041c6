#pragma once

// Bodies of the policies of redeeming, and of those that say who may do what (events.md 3.8).

#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/policy_bodies.h"

namespace suanpan::schema {

/// Days of a month on which may be redeemed, in every year.
struct RedemptionWindow {
  std::uint16_t month = 0;
  std::uint16_t from_day = 0;
  std::uint16_t to_day = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Count("month", s.month, Range{1, 12}, Need::kRequired);
    v.Count("from_day", s.from_day, Range{1, 31}, Need::kRequired);
    v.Count("to_day", s.to_day, Range{1, 31}, Need::kRequired);
  }
};

inline constexpr std::size_t kWindowsMax = 12;

struct RedemptionBody {
  NameId scheme;
  std::span<const RedemptionWindow> windows;  ///< none: always
  Points min_balance;
  Minutes min_minutes;
  Points keep_points;
  Points per_day_points;
  std::uint16_t per_beneficiary_month = 0;
  std::uint8_t review = 0;
  std::uint16_t flags = 0;
  enum : std::uint16_t { kKeepStated = 1 };

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.template Rows<RedemptionWindow>("windows", s.windows, kWindowsMax, Need::kOptional);
    v.Amount("min_balance", s.min_balance, Sign::kPositive, Need::kOptional);
    v.Amount("min_minutes", s.min_minutes, Sign::kPositive, Need::kOptional);
    v.AmountIf("keep_points", s.keep_points, Sign::kNotNegative, s.flags, kKeepStated);
    v.Amount("per_day_points", s.per_day_points, Sign::kPositive, Need::kOptional);
    v.Count("per_beneficiary_month", s.per_beneficiary_month, Range{0, 10'000}, Need::kOptional);
    v.Bool("review", s.review, Need::kOptional);
  }
};

enum class Supply : std::uint8_t { kStock = 1, kPlace, kVendor, kPartner };
inline constexpr std::string_view kSupplyWords[] = {"stock", "place", "vendor", "partner"};

struct Reward {
  NameId reward;
  Points points;  ///< of one
  std::uint8_t supply = 0;
  NameId item;
  NameId offer;
  NameId vendor;
  NameId fund;
  Fen value;  ///< of one
  Pot pot;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("reward", s.reward, Grammar::kCode, Need::kRequired);
    v.Amount("points", s.points, Sign::kPositive, Need::kRequired);
    v.Enum("supply", s.supply, kSupplyWords, Need::kRequired);
    v.Name("item", s.item, Grammar::kRef, Need::kOptional);
    v.Name("offer", s.offer, Grammar::kRef, Need::kOptional);
    v.Name("vendor", s.vendor, Grammar::kRef, Need::kOptional);
    v.Name("fund", s.fund, Grammar::kRef, Need::kOptional);
    v.Amount("value_fen", s.value, Sign::kPositive, Need::kOptional);
    v.PotOf("pot", s.pot, Need::kOptional);
  }
};

struct PriceListBody {
  NameId scheme;
  std::span<const Reward> rewards;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.template Rows<Reward>("rewards", s.rewards, kPolicyItemsMax, Need::kRequired);
  }
};

/// From an amount on: how many approvals, of whom, and whether they must cite a decision.
struct ApprovalTier {
  Fen from;
  std::uint16_t approvals = 0;
  NameId role;
  std::uint8_t decision = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Amount("from_fen", s.from, Sign::kNotNegative, Need::kRequired);
    v.Count("approvals", s.approvals, Range{1, 16}, Need::kRequired);
    v.Name("role", s.role, Grammar::kCode, Need::kOptional);
    v.Bool("decision", s.decision, Need::kOptional);
  }
};

inline constexpr std::size_t kTiersMax = 16;

struct ApprovalBody {
  std::uint8_t action = 0;
  std::span<const ApprovalTier> tiers;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("action", s.action, kApprovalActionWords, Need::kRequired);
    v.template Rows<ApprovalTier>("tiers", s.tiers, kTiersMax, Need::kRequired);
  }
};

/// Who may record a kind of fact: the actor must hold the role.
struct ControlRole {
  std::string_view kind;
  NameId role;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Token("kind", s.kind, Need::kRequired);
    v.Name("role", s.role, Grammar::kCode, Need::kRequired);
  }
};

struct ControlBody {
  std::span<const ControlRole> roles;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.template Rows<ControlRole>("roles", s.roles, kPolicyItemsMax, Need::kRequired);
  }
};

}  // namespace suanpan::schema
