#include "support/opinion/repeat.h"

#include <algorithm>

namespace suanpan::opinion {
namespace {

/// Names inside of objects, in the order of the catalogue.
const std::vector<std::string> kInner = {"series",     "number",    "n",       "m",        "class",
                                         "purposes",   "places",    "matters", "until",    "from",
                                         "to",         "sale_line", "item",    "quantity", "means",
                                         "amount_fen", "cost_fen"};

std::optional<std::string> Difference(const Json& a, const Json& b, const std::string& path) {
  if (a == b) return {};
  if (a.is_object() && b.is_object()) {
    for (const std::string& name : kInner) {
      const Json none;
      const auto inner = Difference(a.value(name, none), b.value(name, none), path + "." + name);
      if (inner) return inner;
    }
  }
  if (a.is_array() && b.is_array()) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      const auto inner = Difference(a[i], b[i], path + "[" + std::to_string(i) + "]");
      if (inner) return inner;
    }
  }
  return path;
}

std::optional<std::string> FactDifference(const Json& a, const Json& b) {
  if (a.at("kind") != b.at("kind")) return "kind";
  Fields fields = EnvelopeFields();
  const Fields& own = Kinds().at(a.at("kind"));
  fields.insert(fields.end(), own.begin(), own.end());
  for (const Field& field : fields) {
    const Json none;
    const auto inner = Difference(a.value(field.name, none), b.value(field.name, none), field.name);
    if (inner) return inner;
  }
  return {};
}

[[noreturn]] void Conflict(const Bound& bound, std::optional<int> fact,
                           const std::optional<std::string>& field) {
  Json detail = {{"seq", bound.seq}};
  if (fact) detail["fact"] = *fact;
  if (field) detail["field"] = *field;
  throw Refusal{"key_conflict", field, detail, fact};
}

}  // namespace

void CheckSame(const Command& command, const Bound& bound) {
  try {
    CheckEnvelope(command);
  } catch (const Refusal& wrong) {
    Conflict(bound, {}, wrong.field);
  }
  const Json& facts = command.json.at("facts");
  for (std::size_t i = 0; i < facts.size() || i < bound.facts.size(); ++i) {
    const int number = static_cast<int>(i);
    if (i >= facts.size() || i >= bound.facts.size()) Conflict(bound, number, {});
    std::optional<std::string> different;
    try {
      CheckTwice(command, i);
      const Facts before(bound.addresses.begin(),
                         bound.addresses.begin() + static_cast<std::ptrdiff_t>(i));
      different = FactDifference(bound.facts[i], ReadFact(facts[i], before));
    } catch (const Refusal& wrong) {
      Conflict(bound, number, wrong.field);
    }
    if (different) Conflict(bound, number, different);
  }
}

}  // namespace suanpan::opinion
