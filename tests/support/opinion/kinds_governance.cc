// Fields of rules and governance (events.md 3.2, 3.8).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Type kAction =
    Word({"adopt", "spend", "transfer", "award", "waive", "release", "reverse", "erase", "close",
          "post", "redeem", "restrict", "move", "opening", "irregular", "publish"});

const Fields kAgreementSigned = {
    {"agreement", kRef, true},
    {"agreement_type",
     Word({"donation_share", "donation", "space_loan", "service_contract", "supply"}), true},
    {"party", kRef, true},
    {"signed_on", kDate, true},
    {"valid_from", kDate, true},
    {"valid_to", kDate},
    {"consent", kDigest},
    {"fund", kRef, true},
    {"basis", Word({"profit", "revenue"}), true},
    {"rate", Rate(), true},
    {"loss_policy", Word({"carry_loss", "net_all", "reset_period"}), true},
    {"settlement", Word({"month", "quarter", "year", "end"}), true},
    {"cost_method", Word({"per_line", "standard_margin"})},
    {"margin", Rate()},
    {"cost_kinds", List(0, 64, kCode)},
    {"terms_days", Number(0, 3650)},
    {"matter", kRef}};

const Fields kApprovalGiven = {
    {"of", kAddress},          {"subject", kRef},
    {"action", kAction, true}, {"verdict", Word({"approved", "rejected", "withdrawn"}), true},
    {"amount_fen", kPositive}, {"decision", kAddress}};

const Fields kPolicyProposed = {{"policy", kRef, true},
                                {"policy_type",
                                 Word({"earning", "award_items", "expiry", "redemption",
                                       "price_list", "transfer", "approval", "control"}),
                                 true},
                                {"version", kCountFromOne, true},
                                {"applies_from", kDate, true},
                                {"body", Object({}), true}};  // ReadFact knows its fields

const Fields kPolicyAdopted = {{"proposal", kAddress, true},
                               {"approvals", List(0, 16, kAddress)},
                               {"dry_run", Object({{"at_seq", Number(1, 999'999'999'999'999), true},
                                                   {"digest", kDigest, true}})}};

const Fields kSubjectErased = {{"subjects", List(1, 32, kRef), true},
                               {"reason", kCode, true},
                               {"approvals", List(0, 256, kAddress)}};

const Fields kRuleApplied = {{"rule", kRef, true},
                             {"from_seq", Number(1, 281'474'976'710'654), true}};

const Field kScheme = {"scheme", kCode, true};

const Fields kEarning = {
    kScheme,
    {"holder", Word({"household", "member"}), true},
    {"items",
     List(1, 256,
          Object({{"service_kind", kCode, true},
                  {"basis", Word({"minutes", "session", "beneficiary", "quantity"}), true},
                  {"rate", PointsRate(), true},
                  {"rounding", Word({"cumulative", "per_service"}), true},
                  {"cap", Object({{"activity", kPositive},
                                  {"day", kPositive},
                                  {"month", kPositive},
                                  {"total", kPositive}})},
                  {"min_quality", Number(1, 5)}})),
     true},
    {"attest_steps", WordSet({"served", "worker", "organiser"}), true},
    {"usable_after_days", Number(0, 3650)},
    {"late_limit_days", Number(1, 400)},
    {"negative_floor", kNotNegative}};

const Fields kAwardItems = {kScheme,
                            {"items",
                             List(1, 256,
                                  Object({{"item", kCode, true},
                                          {"points", Amount(Sign::kNotZero), true},
                                          {"max_per_month", kCountFromOne}})),
                             true},
                            {"base_points", kPositive}};

const Fields kExpiry = {kScheme,
                        {"rule", Word({"none", "months", "end_of_year"}), true},
                        {"n", Number(0, 100)},
                        {"restore_grace_days", Number(0, 3650)},
                        {"on_household_end", Word({"keep", "donate", "forfeit"})}};

const Fields kRedemption = {kScheme,
                            {"windows", List(0, 12,
                                             Object({{"month", Number(1, 12), true},
                                                     {"from_day", Number(1, 31), true},
                                                     {"to_day", Number(1, 31), true}}))},
                            {"min_balance", kNotNegative},
                            {"min_minutes", kNotNegative},
                            {"keep_points", kNotNegative},
                            {"per_day_points", kPositive},
                            {"per_beneficiary_month", kCountFromOne},
                            {"review", kTruth}};

const Fields kPriceList = {
    kScheme,
    {"rewards",
     List(1, 256,
          Object({{"reward", kCode, true},
                  {"points", kPositive, true},
                  {"supply", Word({"stock", "place", "vendor", "partner"}), true},
                  {"item", kRef},
                  {"offer", kRef},
                  {"vendor", kRef},
                  {"fund", kRef},
                  {"value_fen", kPositive},
                  {"pot", Pot()}})),
     true}};

const Fields kTransfer = {
    kScheme, {"allowed", Word({"none", "household", "ascendants", "any", "donate_only"}), true}};

const Fields kApproval = {{"action", kAction, true},
                          {"tiers",
                           List(1, 16,
                                Object({{"from_fen", kNotNegative, true},
                                        {"approvals", Number(1, 16), true},
                                        {"role", kCode},
                                        {"decision", kTruth}})),
                           true}};

const Fields kControl = {
    {"roles", List(1, 256, Object({{"kind", kToken, true}, {"role", kCode, true}})), true}};

}  // namespace

Type PolicyBody(const Json& policy_type) {
  const std::map<std::string, Fields> bodies = {
      {"earning", kEarning},       {"award_items", kAwardItems}, {"expiry", kExpiry},
      {"redemption", kRedemption}, {"price_list", kPriceList},   {"transfer", kTransfer},
      {"approval", kApproval},     {"control", kControl}};
  const std::string type = policy_type.is_string() ? policy_type.get<std::string>() : "";
  return Object(bodies.contains(type) ? bodies.at(type) : Fields{});
}

std::map<std::string, Fields> GovernanceKinds() {
  return {{"subject.erased", kSubjectErased},     {"policy.proposed", kPolicyProposed},
          {"policy.adopted", kPolicyAdopted},     {"rule.applied", kRuleApplied},
          {"agreement.signed", kAgreementSigned}, {"approval.given", kApprovalGiven}};
}

}  // namespace suanpan::opinion
