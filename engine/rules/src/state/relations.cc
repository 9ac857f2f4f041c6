#include "src/state/sections.h"

namespace suanpan::rules {
namespace {

void AddLinks(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kRelations);
  for (const Relation& relation : state.relations) {
    if (relation.from.value() == 0) continue;
    Field key = out.field();
    key.Byte(static_cast<std::uint8_t>(relation.type)).Of(relation.from).Of(relation.to);
    key.Big(relation.since.value());
    Field value = out.field();
    value.Of(relation.as).Of(relation.until);
    out.Leaf(key, value);
  }
}

void AddCodes(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kCodes);
  for (const auto* pair : state.codes.Sorted()) {
    const CodeVersion& code = pair->second;
    Field key = out.field();
    key.Byte(static_cast<std::uint8_t>(pair->first.list)).Of(pair->first.code);
    Field value = out.field();
    value.Little(code.version).Of(code.valid_from).Of(code.valid_to).Of(code.group);
    value.Byte(code.gapless).Byte(code.protect);
    out.Leaf(key, value);
  }
}

void AddPlaces(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kPlaces);
  for (const Place& place : state.places) {
    if (place.name.value() == 0) continue;
    Field key = out.field();
    key.Of(place.name);
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(place.type)).Of(place.within);
    out.Leaf(key, value);
  }
}

void AddErased(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kErased);
  for (const auto* pair : state.erased.Sorted()) {
    Field key = out.field();
    key.Of(pair->first);
    Field value = out.field();
    value.Of(pair->second);
    out.Leaf(key, value);
  }
}

void AddClosed(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kClosed);
  for (const auto* pair : state.closed.Sorted()) {
    Field key = out.field();
    key.Of(pair->first);
    Field value = out.field();
    value.Of(pair->second.on).Of(pair->second.outcome);
    out.Leaf(key, value);
  }
}

}  // namespace

void AddRelations(const BookState& state, Sections& out) {
  AddLinks(state, out);
  AddCodes(state, out);
  AddPlaces(state, out);
  AddClosed(state, out);
  AddErased(state, out);
}

}  // namespace suanpan::rules
