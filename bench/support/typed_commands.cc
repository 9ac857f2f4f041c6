#include "support/typed_commands.h"

#include "suanpan/base/invariant.h"

namespace suanpan::bench {

void TypedCommands::Add(const schema::Command& command) {
  SUANPAN_INVARIANT(!command.fault);
  schema::Command copy = command;
  copy.checked = false;  // the ledger validates what it is handed, and is timed with that
  copy.book = arena_.Copy(command.book);
  const std::span<std::string_view> names = arena_.Make<std::string_view>(command.names.size());
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = arena_.Copy(command.names[i]);
  copy.names = names;
  const std::span<schema::Event> facts = arena_.Make<schema::Event>(command.facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) facts[i] = Copy(command.facts[i]);
  copy.facts = facts;
  commands_.push_back(std::move(copy));
}

schema::Event TypedCommands::Copy(const schema::Event& fact) {
  schema::Event copy = fact;
  copy.common.doc_number = arena_.Copy(fact.common.doc_number);
  copy.common.evidence = arena_.Copy(fact.common.evidence);
  copy.common.refs = arena_.Copy(fact.common.refs);
  payload_.clear();
  fact.kind->encode(fact.payload, tables_, payload_);
  copy.payload = fact.kind->decode(AsBytes(arena_.Copy(std::string_view{payload_})), arena_);
  SUANPAN_INVARIANT(copy.payload != nullptr, "{} does not read its own encoding", fact.kind->name);
  return copy;
}

}  // namespace suanpan::bench
