#include "suanpan/rules/repeat.h"

#include <vector>

namespace suanpan::rules {
namespace {

using schema::Event;

/// Ids of known names; a name the book has never seen becomes one that no stored field has.
class RepeatMap final : public schema::FieldMap {
 public:
  RepeatMap(const schema::NameTable& names, const schema::Command& request, Seq seq,
            const std::vector<std::uint16_t>& fact_lines)
      : names_(names), request_(request), seq_(seq), fact_lines_(fact_lines) {}

  NameId MapName(NameId id) override {
    const NameId known = names_.Find(request_.names[id.value() - 1]);
    return known.value() != 0 ? known : NameId{0xffff'ffffU};
  }
  Address MapAddress(std::string_view, Address address) override {
    if (!schema::IsLocal(address) || address.line() >= fact_lines_.size()) return address;
    return {seq_, fact_lines_[address.line()]};
  }

 private:
  const schema::NameTable& names_;
  const schema::Command& request_;
  Seq seq_;
  const std::vector<std::uint16_t>& fact_lines_;
};

std::string CompareFact(const Event& stored, Event request, RepeatMap& map, Arena& arena) {
  if (stored.kind != request.kind) return "kind";
  if (stored.common.occurred != request.common.occurred) return "occurred_at";
  schema::FieldResolver resolver{map, arena};
  schema::EventCommon::Describe(resolver, request.common);
  std::string difference;
  schema::FieldComparer<schema::EventCommon> compare{stored.common, request.common, difference};
  schema::EventCommon::Describe(compare, stored.common);
  if (!difference.empty()) return difference;
  return stored.kind->compare(stored.payload, stored.kind->resolve(request.payload, map, arena));
}

}  // namespace

std::optional<RepeatDifference> CompareRepeat(const schema::NameTable& names, Seq seq,
                                              const schema::EntryView& stored,
                                              const schema::Command& request, Arena& arena) {
  if (request.envelope_fault) return RepeatDifference{0, request.envelope_fault->field};
  std::vector<const Event*> facts;
  std::vector<std::uint16_t> fact_lines;
  for (std::size_t line = 0; line < stored.events.size(); ++line) {
    if (OriginOf(stored.events[line]) != schema::Origin::kFact) continue;
    facts.push_back(&stored.events[line]);
    fact_lines.push_back(static_cast<std::uint16_t>(line));
  }
  RepeatMap map{names, request, seq, fact_lines};
  const std::size_t common = std::min(facts.size(), request.facts.size());
  for (std::uint32_t i = 0; i < common; ++i) {
    const bool faulty = request.fault && request.fault->fact == i;
    if (faulty && request.facts[i].payload == nullptr) {
      // Its fields were not read; a kind that was told is compared all the same.
      const bool other_kind =
          request.facts[i].kind != nullptr && request.facts[i].kind != facts[i]->kind;
      return RepeatDifference{i, other_kind ? "kind" : request.fault->refusal.field};
    }
    std::string field = CompareFact(*facts[i], request.facts[i], map, arena);
    if (field.empty() && faulty) field = request.fault->refusal.field;
    if (!field.empty() || faulty) return RepeatDifference{i, std::move(field)};
  }
  if (facts.size() != request.facts.size())
    return RepeatDifference{static_cast<std::uint32_t>(common), "facts"};
  return std::nullopt;
}

}  // namespace suanpan::rules
