#include "suanpan/schema/name_table.h"

#include <functional>

namespace suanpan::schema {
namespace {

std::uint32_t HashOf(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
}

}  // namespace

NameTable::NameTable() : slots_(32) {}

std::size_t NameTable::SlotOf(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].id != 0 &&
         (slots_[slot].hash != hash || NameAt(slots_[slot].id).text != text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

NameId NameTable::Find(std::string_view text) const {
  return NameId{slots_[SlotOf(text, HashOf(text))].id};
}

NameId NameTable::Intern(std::string_view text) {
  const std::uint32_t hash = HashOf(text);
  std::size_t slot = SlotOf(text, hash);
  if (slots_[slot].id != 0) return NameId{slots_[slot].id};
  const std::uint32_t id = count() + 1;
  if (std::size_t{id} * 2 > slots_.size()) {
    Grow();
    slot = SlotOf(text, hash);
  }
  const Place place = PlaceOf(id);
  if (chunks_[place.chunk] == nullptr)
    chunks_[place.chunk] = std::make_unique<Name[]>(kFirstChunk << place.chunk);
  NameAt(id) = {owned_.emplace_back(text), hash};
  slots_[slot] = {id, hash};
  count_.store(id, std::memory_order_relaxed);
  return NameId{id};
}

void NameTable::Truncate(std::uint32_t count) {
  // The last name in was the last of its probe run, so freeing its slot breaks no other run.
  for (std::uint32_t id = this->count(); id > count; --id) {
    slots_[SlotOf(NameAt(id).text, NameAt(id).hash)] = {};
    owned_.pop_back();
    count_.store(id - 1, std::memory_order_relaxed);
  }
}

void NameTable::Grow() {
  slots_.assign(slots_.size() * 2, Slot{});
  for (std::uint32_t id = 1; id <= count(); ++id) {
    const Name& name = NameAt(id);
    slots_[SlotOf(name.text, name.hash)] = {id, name.hash};
  }
}

}  // namespace suanpan::schema
