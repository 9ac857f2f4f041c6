#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddRecounts(const BookState& state, Sections& out) {
  const auto put = [](Field& field, const CarryKey& key) -> Field& {
    return field.Of(key.person).Of(key.scheme).Of(key.service_kind);
  };
  out.Begin(StateSectionNo::kRecounts);
  for (const auto* pair : state.recounts.Sorted()) {
    Field key = out.field();
    put(key, pair->first);
    Field value = out.field();
    value.Of(pair->second.counted).Of(pair->second.ahead);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kRecountUsed);
  for (const auto* pair : state.recount_used.Sorted()) {
    Field key = out.field();
    put(key, pair->first.of).Byte(static_cast<std::uint8_t>(pair->first.span));
    key.Big(pair->first.which);
    Field value = out.field();
    value.Of(pair->second.units).Of(pair->second.last);
    out.Leaf(key, value);
  }
  out.Begin(StateSectionNo::kRecountAwards);
  for (const auto* pair : state.recount_awards.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.scheme).Of(pair->first.holder).Of(pair->first.item);
    key.Big(pair->first.month.value());
    Field value = out.field();
    value.Little(pair->second);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddCatchUps(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kCatchUps);
  for (const CatchUp& job : state.catch_ups) {
    const schema::PolicyProposed& policy = state.policies[job.policy].value();
    Field key = out.field();
    key.Of(policy.policy).Big(policy.version);
    Field value = out.field();
    value.Of(job.next).Of(job.last_page).Byte(job.done ? 1 : 0);
    out.Leaf(key, value);
  }
  AddRecounts(state, out);
}

}  // namespace suanpan::rules
