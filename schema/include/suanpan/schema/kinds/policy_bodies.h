#pragma once

// What a policy says, by its type (events.md 3.8). Each body is an object of policy.proposed; rates
// and caps are data, so that a rule of a place is never a line of code.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::size_t kPolicyItemsMax = 256;
inline constexpr std::uint16_t kPolicyDaysMax = 3'650;
/// How late a service still counts at most, and where a policy says nothing: as long as what
/// counted within its caps is kept (events.md 3.8, 4.8).
inline constexpr std::uint16_t kLateLimitDays = 400;

enum class HolderKind : std::uint8_t { kHousehold = 1, kMember };
inline constexpr std::string_view kHolderKindWords[] = {"household", "member"};
enum class EarningBasis : std::uint8_t { kMinutes = 1, kSession, kBeneficiary, kQuantity };
inline constexpr std::string_view kEarningBasisWords[] = {"minutes", "session", "beneficiary",
                                                          "quantity"};
enum class EarningRounding : std::uint8_t { kCumulative = 1, kPerService };
inline constexpr std::string_view kEarningRoundingWords[] = {"cumulative", "per_service"};
/// Steps of an attestation; a policy has a set of them, a bit each.
enum class AttestStep : std::uint8_t { kServed = 1, kWorker, kOrganiser };
inline constexpr std::string_view kAttestStepWords[] = {"served", "worker", "organiser"};

/// Most units that count, of one activity, day, month, and ever; 0: no bound.
struct EarningCap {
  Quantity activity;
  Quantity day;
  Quantity month;
  Quantity total;

  [[nodiscard]] bool empty() const {
    const Quantity none;
    return activity == none && day == none && month == none && total == none;
  }
  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Amount("activity", s.activity, Sign::kPositive, Need::kOptional);
    v.Amount("day", s.day, Sign::kPositive, Need::kOptional);
    v.Amount("month", s.month, Sign::kPositive, Need::kOptional);
    v.Amount("total", s.total, Sign::kPositive, Need::kOptional);
  }
};

struct EarningItem {
  NameId service_kind;
  std::uint8_t basis = 0;
  Rate rate;  ///< points = n per m units
  std::uint8_t rounding = 0;
  EarningCap cap;
  std::uint16_t min_quality = 0;  ///< 0: any

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("service_kind", s.service_kind, Grammar::kCode, Need::kRequired);
    v.Enum("basis", s.basis, kEarningBasisWords, Need::kRequired);
    v.Ratio("rate", s.rate, RateLimit::kAny, Need::kRequired);
    v.Enum("rounding", s.rounding, kEarningRoundingWords, Need::kRequired);
    v.Object("cap", s.cap, Need::kOptional);
    v.Count("min_quality", s.min_quality, Range{0, 5}, Need::kOptional);
  }
};

struct EarningBody {
  NameId scheme;
  std::uint8_t holder = 0;
  std::span<const EarningItem> items;
  std::uint8_t attest_steps = 0;  ///< bits of AttestStep
  std::uint16_t usable_after_days = 0;
  std::uint16_t late_limit_days = 0;  ///< 0: kLateLimitDays
  Points negative_floor;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.Enum("holder", s.holder, kHolderKindWords, Need::kRequired);
    v.template Rows<EarningItem>("items", s.items, kPolicyItemsMax, Need::kRequired);
    v.WordSet("attest_steps", s.attest_steps, kAttestStepWords, Need::kRequired);
    v.Count("usable_after_days", s.usable_after_days, Range{0, kPolicyDaysMax}, Need::kOptional);
    v.Count("late_limit_days", s.late_limit_days, Range{0, kLateLimitDays}, Need::kOptional);
    v.Amount("negative_floor", s.negative_floor, Sign::kNotNegative, Need::kOptional);
  }
};

struct AwardItem {
  NameId item;
  Points points;  ///< negative: a deducting item
  std::uint16_t max_per_month = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kCode, Need::kRequired);
    v.Amount("points", s.points, Sign::kSigned, Need::kRequired);
    v.Count("max_per_month", s.max_per_month, Range{0, 1'000}, Need::kOptional);
  }
};

struct AwardItemsBody {
  NameId scheme;
  std::span<const AwardItem> items;
  Points base_points;  ///< what an account begins with; not redeemable

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.template Rows<AwardItem>("items", s.items, kPolicyItemsMax, Need::kRequired);
    v.Amount("base_points", s.base_points, Sign::kPositive, Need::kOptional);
  }
};

enum class ExpiryRule : std::uint8_t { kNone = 1, kMonths, kEndOfYear };
inline constexpr std::string_view kExpiryRuleWords[] = {"none", "months", "end_of_year"};
/// What becomes of the points of a household that ends.
enum class HouseholdEnd : std::uint8_t { kKeep = 1, kDonate, kForfeit };
inline constexpr std::string_view kHouseholdEndWords[] = {"keep", "donate", "forfeit"};

struct ExpiryBody {
  enum : std::uint16_t { kNStated = 1 };
  NameId scheme;
  std::uint8_t rule = 0;
  std::uint16_t n = 0;
  std::uint16_t restore_grace_days = 0;
  std::uint8_t on_household_end = 0;
  std::uint16_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.Enum("rule", s.rule, kExpiryRuleWords, Need::kRequired);
    v.CountIf("n", s.n, Range{0, 100}, s.flags, kNStated);
    v.Count("restore_grace_days", s.restore_grace_days, Range{0, kPolicyDaysMax}, Need::kOptional);
    v.Enum("on_household_end", s.on_household_end, kHouseholdEndWords, Need::kOptional);
  }
};

enum class TransferAllowed : std::uint8_t { kNone = 1, kHousehold, kAscendants, kAny, kDonateOnly };
inline constexpr std::string_view kTransferAllowedWords[] = {"none", "household", "ascendants",
                                                             "any", "donate_only"};

struct TransferBody {
  NameId scheme;
  std::uint8_t allowed = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("scheme", s.scheme, Grammar::kCode, Need::kRequired);
    v.Enum("allowed", s.allowed, kTransferAllowedWords, Need::kRequired);
  }
};

}  // namespace suanpan::schema
