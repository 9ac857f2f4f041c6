#include "src/kinds/common.h"

namespace suanpan::rules {

Verdict MustBeFree(const BookState& state, NameId name, std::string_view field) {
  if (state.RoleOf(name).role == Role::kNone) return std::nullopt;
  return Refuse(RefusalCode::ref_taken, field).With("ref", std::string{state.names.TextOf(name)});
}

bool IsIntroduced(const BookState& state, NameId name) {
  return name.value() != 0 && name.value() <= state.names.count();
}

Status TakeRole(BookState& state, NameId name, Role role, std::size_t index) {
  if (!IsIntroduced(state, name)) return Contradiction("name {} was not introduced", name.value());
  NameRole& taken = state.EditRole(name);
  if (taken.role != Role::kNone) {
    return Contradiction("{} is registered twice", state.names.TextOf(name));
  }
  taken.role = role;
  taken.index = static_cast<std::uint32_t>(index);
  return {};
}

void LeaveRole(BookState& state, NameId name) {
  NameRole& role = state.EditRole(name);
  role.role = Role::kNone;
  role.index = 0;
}

}  // namespace suanpan::rules
