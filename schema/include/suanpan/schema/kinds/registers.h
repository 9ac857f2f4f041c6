#pragma once

// Kinds 1, 2, 15, 27: registers and terms. Stored as FlatBuffers tables; the table's field ids are
// the order here.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::string_view kUnitLevelWords[] = {"community", "county", "city", "province"};

struct BookOpened {
  static constexpr std::uint16_t kKind = 1;
  static constexpr std::string_view kName = "book.opened";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::string_view label;
  std::int16_t utc_offset_minutes = 0;
  NameId unit;
  std::uint8_t level = 0;
  NameId host;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Label("label", s.label, Need::kRequired);
    v.Count("utc_offset_minutes", s.utc_offset_minutes, Range{-900, 900}, Need::kRequired);
    v.Name("unit", s.unit, Grammar::kRef, Need::kRequired);
    v.Enum("level", s.level, kUnitLevelWords, Need::kRequired);
    v.Name("host", s.host, Grammar::kRef, Need::kRequired);
  }
};

enum class PartyType : std::uint8_t {
  kPerson = 1,
  kHousehold,
  kMember,
  kVendor,
  kOrganisation,
  kEnterprise,
  kPartnerUnit,
  kTeam,
  kClub,
  kCommittee,
  kUnit
};
inline constexpr std::string_view kPartyTypeWords[] = {
    "person",       "household", "member", "vendor",    "organisation", "enterprise",
    "partner_unit", "team",      "club",   "committee", "unit"};

struct PartyRegistered {
  static constexpr std::uint16_t kKind = 2;
  static constexpr std::string_view kName = "party.registered";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId party;
  std::uint8_t party_type = 0;
  NameId party_class;
  NameId number;
  std::string_view label;
  DigestField commit;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("party", s.party, Grammar::kRef, Need::kRequired);
    v.Enum("party_type", s.party_type, kPartyTypeWords, Need::kRequired);
    v.Name("class", s.party_class, Grammar::kCode, Need::kOptional);
    v.Name("number", s.number, Grammar::kRef, Need::kOptional);
    v.Label("label", s.label, Need::kOptional);
    v.Digest("commit", s.commit, Need::kOptional);
  }
};

enum class AgreementType : std::uint8_t {
  kDonationShare = 1,
  kDonation,
  kSpaceLoan,
  kServiceContract,
  kSupply
};
inline constexpr std::string_view kAgreementTypeWords[] = {
    "donation_share", "donation", "space_loan", "service_contract", "supply"};

enum class Basis : std::uint8_t { kProfit = 1, kRevenue };
inline constexpr std::string_view kBasisWords[] = {"profit", "revenue"};
enum class LossPolicy : std::uint8_t { kCarryLoss = 1, kNetAll, kResetPeriod };
inline constexpr std::string_view kLossPolicyWords[] = {"carry_loss", "net_all", "reset_period"};
enum class Calendar : std::uint8_t { kMonth = 1, kQuarter, kYear, kEnd };
inline constexpr std::string_view kCalendarWords[] = {"month", "quarter", "year", "end"};
enum class CostMethod : std::uint8_t { kPerLine = 1, kStandardMargin };
inline constexpr std::string_view kCostMethodWords[] = {"per_line", "standard_margin"};
inline constexpr std::uint16_t kTermsDaysMax = 3'650;

struct AgreementSigned {
  static constexpr std::uint16_t kKind = 15;
  static constexpr std::string_view kName = "agreement.signed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kTermsStated = 2 };

  NameId agreement;
  std::uint8_t agreement_type = 0;
  NameId party;
  Date signed_on;
  Date valid_from;
  Date valid_to;
  DigestField consent;
  NameId fund;
  std::uint8_t basis = 0;
  Rate rate;
  std::uint8_t loss_policy = 0;
  std::uint8_t settlement = 0;
  std::uint8_t cost_method = 0;  ///< 0 = not stated, that is per_line
  Rate margin;
  std::span<const NameId> cost_kinds;
  std::uint16_t terms_days = 0;
  NameId matter;
  std::uint16_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("agreement", s.agreement, Grammar::kRef, Need::kRequired);
    v.Enum("agreement_type", s.agreement_type, kAgreementTypeWords, Need::kRequired);
    v.Name("party", s.party, Grammar::kRef, Need::kRequired);
    v.Day("signed_on", s.signed_on, Need::kRequired);
    v.Day("valid_from", s.valid_from, Need::kRequired);
    v.Day("valid_to", s.valid_to, Need::kOptional);
    v.Digest("consent", s.consent, Need::kOptional);
    v.Name("fund", s.fund, Grammar::kRef, Need::kRequired);
    v.Enum("basis", s.basis, kBasisWords, Need::kRequired);
    v.Ratio("rate", s.rate, RateLimit::kAtMostOne, Need::kRequired);
    v.Enum("loss_policy", s.loss_policy, kLossPolicyWords, Need::kRequired);
    v.Enum("settlement", s.settlement, kCalendarWords, Need::kRequired);
    v.Enum("cost_method", s.cost_method, kCostMethodWords, Need::kOptional);
    v.Ratio("margin", s.margin, RateLimit::kAtMostOne, Need::kOptional);
    v.Names("cost_kinds", s.cost_kinds, Grammar::kCode, 64, Need::kOptional);
    v.CountIf("terms_days", s.terms_days, Range{0, kTermsDaysMax}, s.flags, kTermsStated);
    v.Name("matter", s.matter, Grammar::kRef, Need::kOptional);
  }
};

/// What restricted money of a fund may be spent on.
struct Restriction {
  std::uint8_t restriction_class = 0;
  std::span<const NameId> purposes;
  std::span<const NameId> places;
  std::span<const NameId> matters;
  Date until;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("class", s.restriction_class, kPotClassWords, Need::kRequired);
    v.Names("purposes", s.purposes, Grammar::kCode, 64, Need::kRequired);
    v.Names("places", s.places, Grammar::kRef, 64, Need::kOptional);
    v.Names("matters", s.matters, Grammar::kRef, 64, Need::kOptional);
    v.Day("until", s.until, Need::kOptional);
  }
};

inline constexpr std::size_t kBankAccountsMax = 16;

struct FundOpened {
  static constexpr std::uint16_t kKind = 27;
  static constexpr std::string_view kName = "fund.opened";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId fund;
  std::string_view label;
  NameId host;
  std::span<const NameId> bank_accounts;
  Pot default_pot;
  Restriction restriction;
  NameId committee;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("fund", s.fund, Grammar::kRef, Need::kRequired);
    v.Label("label", s.label, Need::kRequired);
    v.Name("host", s.host, Grammar::kRef, Need::kRequired);
    v.Names("bank_accounts", s.bank_accounts, Grammar::kRef, kBankAccountsMax, Need::kRequired);
    v.PotOf("default_pot", s.default_pot, Need::kRequired);
    v.Object("restriction", s.restriction, Need::kRequired);
    v.Name("committee", s.committee, Grammar::kRef, Need::kOptional);
  }
};

}  // namespace suanpan::schema
