#pragma once

// Which policies were adopted, and which of them is in force on a day.

#include <map>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::audit {

/// Memory: policies, drafts too.
class Policies {
 public:
  void Take(Address at, const schema::Event& event);

  /// The policy of a type for a scheme on a day: of those that apply by then the one adopted last.
  /// Null where there is none.
  [[nodiscard]] const schema::PolicyProposed* InForce(schema::PolicyType type, NameId scheme,
                                                      Date day) const;
  /// An adopted version of a policy, or null.
  [[nodiscard]] const schema::PolicyProposed* Version(NameId policy, std::uint32_t version) const;
  /// Schemes that ever had a policy of a type.
  [[nodiscard]] std::vector<NameId> SchemesOf(schema::PolicyType type) const;

  /// The item of a list that has a name, or null.
  template <class Row>
  [[nodiscard]] static const Row* ItemOf(std::span<const Row> rows, NameId Row::*name,
                                         NameId wanted) {
    for (const Row& row : rows) {
      if (row.*name == wanted) return &row;
    }
    return nullptr;
  }

 private:
  [[nodiscard]] const schema::PolicyProposed* Keep(const schema::PolicyProposed& draft);

  Arena arena_;  ///< their rows
  std::map<Address, const schema::PolicyProposed*> drafts_;
  std::map<schema::PolicyType, std::map<NameId, std::vector<const schema::PolicyProposed*>>>
      adopted_;
  std::map<std::pair<NameId, std::uint32_t>, const schema::PolicyProposed*> versions_;
};

}  // namespace suanpan::audit
