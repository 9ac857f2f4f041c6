#include "suanpan/schema/name_table.h"

#include <functional>

namespace suanpan::schema {

NameTable::NameTable() : slots_(32, 0) {}

std::size_t NameTable::SlotOf(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != 0 && views_[slots_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

NameId NameTable::Find(std::string_view text) const { return NameId{slots_[SlotOf(text)]}; }

NameId NameTable::Intern(std::string_view text) {
  std::size_t slot = SlotOf(text);
  if (slots_[slot] != 0) return NameId{slots_[slot]};
  if ((views_.size() + 1) * 2 > slots_.size()) {
    Grow();
    slot = SlotOf(text);
  }
  views_.emplace_back(owned_.emplace_back(text));
  slots_[slot] = count();
  return NameId{count()};
}

void NameTable::Truncate(std::uint32_t count) {
  // The last name in was the last of its probe run, so freeing its slot breaks no other run.
  while (views_.size() > count) {
    slots_[SlotOf(views_.back())] = 0;
    views_.pop_back();
    owned_.pop_back();
  }
}

void NameTable::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t id = 1; id <= views_.size(); ++id) slots_[SlotOf(views_[id - 1])] = id;
}

}  // namespace suanpan::schema
