#include "support/opinion/kinds.h"

#include <set>

#include "support/opinion/field_types.h"

namespace suanpan::opinion {
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
  static const std::map<std::string, Fields> kKinds = [] {
    std::map<std::string, Fields> all;
    for (auto subject : {RegisterKinds(), GovernanceKinds(), DonationKinds(), FundKinds(),
                         ServiceKinds(), PointsKinds(), TimeKinds()}) {
      all.merge(subject);
    }
    return all;
  }();
  return kKinds;
}

bool IsEnginesOwn(const std::string& kind) {
  static const std::set<std::string> kOwn = {"donation.accrued", "points.granted", "points.expired",
                                             "points.adjusted",  "ref.introduced", "log.restored",
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
      {"subject.erased", {"approvals"}},
      {"policy.adopted", {"proposal", "approvals"}},
      {"approval.given", {"of", "decision"}},
      {"money.paid", {"request", "approvals"}},
      {"advance.settled", {"advance"}},
      {"service.recorded", {"order", "session", "slot"}},
      {"service.attested", {"service"}},
      {"order.moved", {"order"}},
      {"custody.passed", {"order"}},
      {"attendance.recorded", {"session"}},
      {"slot.marked", {"slot"}},
      {"assessment.recorded", {"concerns"}},
      {"entry.reversed", {"of"}},
      {"place.marked", {"redemption"}}};
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
  if (kind == "policy.proposed") fields.back().type = PolicyBody(fact.value("policy_type", Json()));
  Json read = ReadFields(fact, fields, "", facts);
  const bool needs_approval = kind == "due.waived" || kind == "points.moved" ||
                              kind == "entry.reversed" || read.contains("irregular");
  if (needs_approval && !read.contains("approval")) Refuse("missing_field", "approval");
  return read;
}

}  // namespace suanpan::opinion
