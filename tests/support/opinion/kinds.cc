#include "support/opinion/kinds.h"

#include <set>

#include "support/opinion/calendar.h"
#include "support/opinion/names.h"

namespace suanpan::opinion {
namespace {

const Type kRef = Matching(IsRef);
const Type kCode = Matching(IsCode);
const Type kToken = Matching(IsToken);
const Type kLabel = Matching(IsLabel);
const Type kDigest = Matching(IsDigest);
const Type kDate = Matching(IsDate);
const Type kMonth = Matching(IsMonth);
const Type kAddress = Address();
const Type kPositive = Amount(Sign::kPositive);
const Type kNotNegative = Amount(Sign::kNotNegative);
const Type kUse =
    Word({"expense", "payable", "advance", "grant", "transfer", "release", "return_to_donor"});

const Field kPaid = {
    "paid",
    List(0, 16,
         Object({{"means", Word({"cash", "wechat", "alipay", "card", "fund_reimbursed", "other"}),
                  true},
                 {"amount_fen", kPositive, true}}))};

const Fields kBookOpened = {{"label", kLabel, true},
                            {"utc_offset_minutes", Number(-900, 900), true},
                            {"unit", kRef, true},
                            {"level", Word({"community", "county", "city", "province"}), true},
                            {"host", kRef, true}};

const Fields kPartyRegistered = {
    {"party", kRef, true},
    {"party_type",
     Word({"person", "household", "member", "vendor", "organisation", "enterprise", "partner_unit",
           "team", "club", "committee", "unit"}),
     true},
    {"class", kCode},
    {"number", kRef},
    {"label", kLabel},
    {"commit", kDigest}};

const Fields kFundOpened = {{"fund", kRef, true},
                            {"label", kLabel, true},
                            {"host", kRef, true},
                            {"bank_accounts", List(1, 16, kRef), true},
                            {"default_pot", Pot(), true},
                            {"restriction",
                             Object({{"class", Word({"restricted", "unrestricted"}), true},
                                     {"purposes", List(1, 64, kCode), true},
                                     {"places", List(0, 64, kRef)},
                                     {"matters", List(0, 64, kRef)},
                                     {"until", kDate}}),
                             true},
                            {"committee", kRef}};

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

const Fields kSaleRecorded = {{"vendor", kRef, true},
                              {"agreement", kRef},
                              {"lines",
                               List(1, 200,
                                    Object({{"item", kRef, true},
                                            {"quantity", kPositive, true},
                                            {"amount_fen", kNotNegative, true},
                                            {"cost_fen", kNotNegative}})),
                               true},
                              kPaid,
                              {"slot", kAddress}};

const Fields kRefundRecorded = {{"vendor", kRef, true},
                                {"sale", kAddress},
                                {"agreement", kRef},
                                {"lines",
                                 List(1, 200,
                                      Object({{"sale_line", Number(0, 199)},
                                              {"item", kRef},
                                              {"quantity", kPositive, true},
                                              {"amount_fen", kNotNegative, true},
                                              {"cost_fen", kNotNegative}})),
                                 true},
                                kPaid};

const Fields kCostRecorded = {{"agreement", kRef, true},
                              {"sale", kAddress},
                              {"sale_line", Number(0, 199)},
                              {"cost_kind", kCode, true},
                              {"amount_fen", Amount(Sign::kNotZero), true},
                              {"true_up", Object({{"from", kMonth, true}, {"to", kMonth, true}})}};

const Fields kSettlementClosed = {
    {"agreement", kRef, true}, {"through", kDate, true}, {"terms_days", Number(0, 3650)}};

const Fields kDueWaived = {
    {"agreement", kRef, true}, {"amount_fen", kPositive, true}, {"reason", kCode, true}};

const Fields kFundsReceived = {{"fund", kRef, true},    {"pot", Pot(), true},
                               {"from", kRef, true},    {"amount_fen", kPositive, true},
                               {"account", kRef, true}, {"bank_ref", kToken},
                               {"agreement", kRef},     {"grant", kRef},
                               {"purpose", kCode},      {"bills", List(0, 120, kMonth)},
                               {"matter", kRef},        {"receipt_no", kToken}};

const Fields kSpendingRequested = {{"use", kUse, true},
                                   {"fund", kRef, true},
                                   {"pot", Pot()},
                                   {"payee", kRef, true},
                                   {"amount_fen", kPositive, true},
                                   {"purpose", kCode, true},
                                   {"matter", kRef},
                                   {"place", kRef},
                                   {"basis", kAddress}};

const Fields kApprovalGiven = {
    {"of", kAddress},
    {"subject", kRef},
    {"action",
     Word({"adopt", "spend", "transfer", "award", "waive", "release", "reverse", "erase", "close",
           "post", "redeem", "restrict", "move", "opening", "irregular", "publish"}),
     true},
    {"verdict", Word({"approved", "rejected", "withdrawn"}), true},
    {"amount_fen", kPositive},
    {"decision", kAddress}};

const Fields kMoneyPaid = {{"request", kAddress, true},
                           {"use", kUse, true},
                           {"fund", kRef, true},
                           {"pot", Pot()},
                           {"payee", kRef, true},
                           {"amount_fen", kPositive, true},
                           {"purpose", kCode, true},
                           {"account", kRef, true},
                           {"bank_ref", kToken},
                           {"grant", kRef},
                           {"agreement", kRef},
                           {"matter", kRef},
                           {"approvals", List(0, 16, kAddress)}};

}  // namespace

const Fields& EnvelopeFields() {
  static const Fields kFields = {
      {"occurred_at", Timestamp(), true},
      {"actor", kRef, true},
      {"source_doc", Object({{"series", kRef, true}, {"number", kToken, true}})},
      {"evidence", List(0, 16, kDigest)},
      {"refs", List(0, 32, kAddress)},
      {"summary", kCode},
      {"note_commit", kDigest},
      {"replaces", kAddress},
      {"supplements", kAddress},
      {"approval", kAddress},
      {"irregular", List(0, 6,
                         Word({"purpose_outside_restriction", "exceeds_contract", "exceeds_award",
                               "exceeds_applied", "limit_exceeded", "approval_missing"}))}};
  return kFields;
}

const std::map<std::string, Fields>& Kinds() {
  static const std::map<std::string, Fields> kKinds = {{"book.opened", kBookOpened},
                                                       {"party.registered", kPartyRegistered},
                                                       {"fund.opened", kFundOpened},
                                                       {"agreement.signed", kAgreementSigned},
                                                       {"sale.recorded", kSaleRecorded},
                                                       {"refund.recorded", kRefundRecorded},
                                                       {"cost.recorded", kCostRecorded},
                                                       {"settlement.closed", kSettlementClosed},
                                                       {"due.waived", kDueWaived},
                                                       {"funds.received", kFundsReceived},
                                                       {"spending.requested", kSpendingRequested},
                                                       {"approval.given", kApprovalGiven},
                                                       {"money.paid", kMoneyPaid}};
  return kKinds;
}

bool IsEnginesOwn(const std::string& kind) {
  static const std::set<std::string> kOwn = {"donation.accrued", "ref.introduced", "log.restored",
                                             "schema.added"};
  return kOwn.contains(kind);
}

std::vector<std::string> AddressFields(const std::string& kind) {
  std::vector<std::string> fields = {"refs", "replaces", "supplements", "approval"};
  const std::map<std::string, std::vector<std::string>> own = {
      {"sale.recorded", {"slot"}},
      {"refund.recorded", {"sale"}},
      {"cost.recorded", {"sale"}},
      {"spending.requested", {"basis"}},
      {"approval.given", {"of", "decision"}},
      {"money.paid", {"request", "approvals"}}};
  if (own.contains(kind)) fields.insert(fields.end(), own.at(kind).begin(), own.at(kind).end());
  return fields;
}

Json ReadFact(const Json& fact, const Facts& facts) {
  if (!fact.is_object()) Refuse("bad_field");
  if (!fact.contains("kind")) Refuse("missing_field", "kind");
  if (!fact.at("kind").is_string()) Refuse("bad_field", "kind");
  const std::string kind = fact.at("kind");
  if (IsEnginesOwn(kind)) Refuse("engine_only", "kind", {{"kind", kind}});
  if (!Kinds().contains(kind)) Refuse("unknown_kind", "kind", {{"kind", kind}});
  Fields fields = {{"kind", kCode}};
  fields[0].type = [](const Json& value, const std::string&, const Facts&) { return value; };
  fields.insert(fields.end(), EnvelopeFields().begin(), EnvelopeFields().end());
  fields.insert(fields.end(), Kinds().at(kind).begin(), Kinds().at(kind).end());
  Json read = ReadFields(fact, fields, "", facts);
  const bool needs_approval = kind == "due.waived" || read.contains("irregular");
  if (needs_approval && !read.contains("approval")) Refuse("missing_field", "approval");
  return read;
}

}  // namespace suanpan::opinion
