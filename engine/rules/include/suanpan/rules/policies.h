#pragma once

// Policies of a book (events.md 3.2, 3.8, 4.10): proposed, adopted, in force by business date. A
// policy is data; the rules that read it ask for the version in force on the date they decide for.

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "suanpan/base/arena.h"
#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::rules {

/// A policy.proposed kept beyond its event: its canonical payload, and the value that views it.
class PolicyText {
 public:
  /// Copies what `stated` views.
  explicit PolicyText(const schema::PolicyProposed& stated);
  PolicyText(const PolicyText&) = delete;
  PolicyText& operator=(const PolicyText&) = delete;

  [[nodiscard]] const schema::PolicyProposed& value() const { return value_; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  Arena arena_;
  schema::PolicyProposed value_;
};
using PolicyTextPtr = std::shared_ptr<const PolicyText>;

/// A draft: dropped when it is adopted, or with what lapses.
struct Proposal {
  PolicyTextPtr text;
  NameId author;
  Date proposed_on;
};

/// What a policy is about: one policy holds a key. `scheme` is 0 for approval and control, `action`
/// for all but approval.
struct PolicyKey {
  schema::PolicyType type{};
  schema::ApprovalAction action{};
  NameId scheme;
  friend auto operator<=>(const PolicyKey&, const PolicyKey&) = default;
};
struct PolicyKeyHash {
  std::size_t operator()(const PolicyKey& key) const {
    return std::hash<std::uint64_t>{}(std::uint64_t{key.scheme.value()} << 16U |
                                      std::uint64_t{static_cast<std::uint8_t>(key.type)} << 8U |
                                      static_cast<std::uint8_t>(key.action));
  }
};
[[nodiscard]] PolicyKey KeyOf(const schema::PolicyProposed& policy);

/// An adopted version, for ever.
struct PolicyVersion {
  PolicyTextPtr text;
  Address adopted;
  Date adopted_on;
  std::uint32_t previous = 0;  ///< 1 + index of the version adopted before it, of the same key

  [[nodiscard]] const schema::PolicyProposed& value() const { return text->value(); }
};

class BookState;

/// The version in force on a date: of those that apply by then the one adopted last; null: none.
[[nodiscard]] const schema::PolicyProposed* InForce(const BookState& state, const PolicyKey& key,
                                                    Date date);
/// The same for a scheme.
[[nodiscard]] inline const schema::PolicyProposed* InForce(const BookState& state,
                                                           schema::PolicyType type, NameId scheme,
                                                           Date date) {
  return InForce(state, PolicyKey{type, {}, scheme}, date);
}

/// Index in the role of a policy that was only proposed.
inline constexpr std::uint32_t kNeverAdopted = 0xffff'ffffU;

/// The version adopted last of a policy's name; null: none was.
[[nodiscard]] const PolicyVersion* NewestOf(const BookState& state, NameId policy);

/// A version of a policy's name that was adopted; null where there is none.
[[nodiscard]] const schema::PolicyProposed* VersionOf(const BookState& state, NameId policy,
                                                      std::uint32_t version);
/// The one that a derived event names as its rule.
[[nodiscard]] inline const schema::PolicyProposed* VersionOf(const BookState& state,
                                                             const schema::RuleRef& rule) {
  return VersionOf(state, rule.policy, rule.version);
}

/// The last day of points earned on a day, by the policy of expiry in force then; 0: never ends.
[[nodiscard]] Date ExpiryOf(const BookState& state, NameId scheme, Date earned);

/// Puts a version into force, as of its adoption; where it reaches back before `on`, its job
/// begins.
void AddVersion(BookState& state, PolicyTextPtr text, Address at, Date on);

/// The item of a list by the name that it is about; null: not listed.
template <class Item>
[[nodiscard]] const Item* FindItem(std::span<const Item> items, NameId Item::*name, NameId wanted) {
  for (const Item& item : items) {
    if (item.*name == wanted) return &item;
  }
  return nullptr;
}

}  // namespace suanpan::rules
