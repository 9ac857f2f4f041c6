#include "src/kinds/registers/registers.h"

namespace suanpan::rules {
namespace {

/// The version that the next definition of a code must have.
std::uint64_t NextVersion(const BookState& state, const CodeKey& key) {
  const CodeVersion* last = state.codes.Find(key);
  return last == nullptr ? 1 : std::uint64_t{last->version} + 1;
}

}  // namespace

Verdict CodeDefinedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  if (fact.valid_to.value() != 0 && fact.valid_to < fact.valid_from)
    return Refuse(RefusalCode::bad_field, "valid_to");
  const std::uint64_t next = NextVersion(context.state, KeyOf(fact));
  if (fact.version == next) return std::nullopt;
  return Refuse(RefusalCode::version_not_next, "version").With("next", std::to_string(next));
}

Status CodeDefinedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const CodeKey key = KeyOf(fact);
  if (!IsIntroduced(state, fact.code)) return Contradiction("a code that was not introduced");
  if (fact.version != NextVersion(state, key)) {
    return Contradiction("version {} of {} does not follow the one before", fact.version,
                         state.names.TextOf(fact.code));
  }
  state.codes.Set(
      key, {fact.version, fact.valid_from, fact.valid_to, fact.group, fact.gapless, fact.protect});
  return {};
}

}  // namespace suanpan::rules
