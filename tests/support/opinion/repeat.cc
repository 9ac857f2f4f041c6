#include "support/opinion/repeat.h"

#include <algorithm>

namespace suanpan::opinion {
namespace {

/// Names inside of each sort of object, in the order of the catalogue.
const std::vector<std::vector<std::string>> kShapes = {
    {"series", "number"},
    {"n", "m"},
    {"class", "purposes", "places", "matters", "until"},
    {"from", "to"},
    {"sale_line", "item", "quantity", "amount_fen", "cost_fen"},
    {"means", "amount_fen"},
    {"at_seq", "digest"},
    {"person", "role", "minutes"},
    {"item", "score", "answer"},
    {"reward", "quantity", "beneficiary"},
    {"scheme", "holder", "items", "attest_steps", "usable_after_days", "late_limit_days",
     "negative_floor"},
    {"service_kind", "basis", "rate", "rounding", "cap", "min_quality"},
    {"activity", "day", "month", "total"},
    {"scheme", "items", "base_points"},
    {"item", "points", "max_per_month"},
    {"scheme", "rule", "n", "restore_grace_days", "on_household_end"},
    {"scheme", "windows", "min_balance", "min_minutes", "keep_points", "per_day_points",
     "per_beneficiary_month", "review"},
    {"month", "from_day", "to_day"},
    {"scheme", "rewards"},
    {"reward", "points", "supply", "item", "offer", "vendor", "fund", "value_fen", "pot"},
    {"scheme", "allowed"},
    {"action", "tiers"},
    {"from_fen", "approvals", "role", "decision"},
    {"roles"},
    {"kind", "role"},
};

/// The first shape that has all names of an object and of another.
const std::vector<std::string>& ShapeOf(Json object, const Json& other) {
  object.update(other);
  for (const std::vector<std::string>& shape : kShapes) {
    const auto has = [&](const auto& item) {
      return std::find(shape.begin(), shape.end(), item.key()) != shape.end();
    };
    bool all = true;
    for (const auto& item : object.items()) all = all && has(item);
    if (all) return shape;
  }
  static const std::vector<std::string> kNone;
  return kNone;
}

std::optional<std::string> Difference(const Json& a, const Json& b, const std::string& path) {
  if (a == b) return {};
  const Json none;
  if (a.is_object() && b.is_object()) {
    for (const std::string& name : ShapeOf(a, b)) {
      const auto inner = Difference(a.value(name, none), b.value(name, none), path + "." + name);
      if (inner) return inner;
    }
  }
  const auto is_rows = [](const Json& value) {
    return value.is_array() && !value.empty() && value[0].is_object();
  };
  if (is_rows(a) && is_rows(b)) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const std::string row = path + "[" + std::to_string(i) + "]";
      if (i >= std::min(a.size(), b.size())) return row;
      const auto inner = Difference(a[i], b[i], row);
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
