// subject.erased, and what it does to later facts (events.md 3.1, section 5).

#include "support/opinion/erasing.h"

#include <algorithm>

#include "support/opinion/approvals.h"

namespace suanpan::opinion {
namespace {

/// Kinds that settle what was open, each with the field that may name somebody; empty: any.
const std::map<std::string, std::string> kSettling = {
    {"register.closed", ""},   {"relation.ended", ""},   {"approval.given", "subject"},
    {"settlement.closed", ""}, {"due.waived", ""},       {"funds.received", "from"},
    {"money.paid", "payee"},   {"advance.settled", ""},  {"order.moved", ""},
    {"service.attested", ""},  {"points.moved", "from"}, {"place.marked", ""},
    {"custody.passed", ""},    {"entry.reversed", ""}};

/// Fields that hold codes, tokens, words or times, whatever their kind.
const std::set<std::string> kNotRefs = {"kind",    "reason",   "outcome", "scheme", "service_kind",
                                        "purpose", "as",       "class",   "means",  "cost_kind",
                                        "number",  "bank_ref", "parcel",  "move",   "summary",
                                        "label",   "reward",   "template"};

/// Fields, with their paths, that have an erased name.
void Collect(const State& state, const Json& value, const std::string& path,
             std::vector<std::string>& fields) {
  if (value.is_string() && state.erased.contains(value)) fields.push_back(path);
  if (value.is_object()) {
    for (const auto& [name, inner] : value.items()) {
      if (kNotRefs.contains(name)) continue;
      Collect(state, inner, path.empty() ? name : path + "." + name, fields);
    }
  }
  if (!value.is_array()) return;
  for (std::size_t i = 0; i < value.size(); ++i) {
    Collect(state, value[i], path + "[" + std::to_string(i) + "]", fields);
  }
}

Wanted WantedFor(const std::string& subject) {
  Wanted wanted{"erase", {}, subject};
  wanted.least = 2;
  return wanted;
}

/// Whom a listed approval is about; where nobody here, the first.
std::string SubjectOf(const Deciding& d, const std::string& address) {
  const Json& subjects = d.fact.at("subjects");
  for (const Approval& one : d.state.approvals) {
    const bool here = std::find(subjects.begin(), subjects.end(), one.subject) != subjects.end();
    if (one.at == address && !one.used && !one.withdrawn && here) return one.subject;
  }
  return subjects[0];
}

}  // namespace

void CheckErased(const Deciding& d) {
  const std::string kind = d.fact.at("kind");
  if (d.state.erased.empty() || kind == "subject.erased") return;
  if (d.state.erased.contains(d.Text("actor"))) {
    Refuse("subject_erased", "actor", {{"ref", d.Text("actor")}});
  }
  if (d.fact.contains("replaces")) return;
  std::vector<std::string> fields;
  Collect(d.state, d.fact, "", fields);
  const auto settling = kSettling.find(kind);
  if (settling != kSettling.end()) {
    std::erase_if(fields, [&](const std::string& field) {
      return settling->second.empty() || settling->second == field;
    });
  }
  if (fields.size() == 1) Refuse("subject_erased", fields[0]);
  if (!fields.empty()) Refuse("subject_erased");  // which is first the catalogue's order tells
}

void EraseSubjects(Deciding& d) {
  const Json& subjects = d.fact.at("subjects");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const std::string field = "subjects[" + std::to_string(i) + "]";
    const auto here = subjects.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(subjects.begin(), here, subjects[i]) != here) Refuse("bad_field", field);
    const std::string role = d.state.RoleOf(subjects[i]);
    if (!role.empty() && role != "party") Refuse("unknown_ref", field, {{"ref", subjects[i]}});
  }
  if (!d.fact.contains("approvals") || d.fact.at("approvals").empty()) {
    Refuse("missing_field", "approvals");
  }
  const std::vector<Approval*> listed = ApprovalsListedFor(
      d, [&](const std::string& address) { return WantedFor(SubjectOf(d, address)); });
  for (const std::string subject : subjects) {
    std::vector<Approval*> own;
    for (Approval* one : listed) {
      if (one->subject == subject) own.push_back(one);
    }
    CheckEnough(d, own, WantedFor(subject));
  }
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (d.state.erased.contains(subjects[i])) {
      Refuse("subject_erased", "subjects[" + std::to_string(i) + "]", {{"ref", subjects[i]}});
    }
  }
  UseAll(listed);
  for (const std::string subject : subjects) d.state.erased[subject] = d.at;
}

}  // namespace suanpan::opinion
