#pragma once

// The catalogue: every kind with its rule. Adding a kind is one struct (schema/kinds), one rule and
// one line in catalogue.cc; tests add their own kinds the same way. What is written down about a
// kind besides, tests ask for: its table in schema/fbs, its rows in docs/format.md, its line in
// tests/unit/schema/all_kinds.h, its golden files and a scenario.

#include <array>

#include "suanpan/rules/rule.h"

namespace suanpan::rules {

/// Immutable once built; shared by threads.
class Catalogue {
 public:
  Catalogue() = default;
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// All kinds of this version of the engine.
  [[nodiscard]] static const Catalogue& Standard();
  /// Registers the kinds of Standard() into an empty catalogue, to be extended.
  static void AddStandard(Catalogue& catalogue);

  template <class RuleClass>
  void Add() {
    const schema::KindInfo& kind = kinds_.Add(schema::MakeKindInfo<typename RuleClass::Fact>());
    rules_[kind.number] = MakeRule<RuleClass>(kind);
  }

  [[nodiscard]] const schema::KindTable& kinds() const { return kinds_; }
  [[nodiscard]] const Rule& RuleOf(const schema::KindInfo& kind) const {
    return rules_[kind.number];
  }

 private:
  schema::KindTable kinds_;
  std::array<Rule, schema::kKindsMax> rules_{};
};

}  // namespace suanpan::rules
