// The command reader against arbitrary bytes: no crash, and an accepted command, written again from
// its values, is accepted with the same values.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema_support.h"
#include "suanpan/base/invariant.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"

namespace {

using suanpan::schema::Command;
using suanpan::schema::CommandParser;

/// The facts of a command as JSON, or nothing where it is refused.
std::string Accepted(CommandParser& parser, std::string_view json) {
  const auto parsed = parser.Parse(json);
  const Command* command = std::get_if<Command>(&parsed);
  if (command == nullptr || command->envelope_fault || command->fault) return {};
  suanpan::schema::NameTable names;
  for (const std::string_view name : command->names) names.Intern(name);
  return suanpan::schema::CommandJson("t/1", command->facts, names);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static CommandParser parser{suanpan::rules::Catalogue::Standard().kinds()};
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const std::string first = Accepted(parser, text);
  if (first.empty() || first.size() > suanpan::schema::kRequestBytesMax) return 0;
  SUANPAN_INVARIANT(Accepted(parser, first) == first);
  return 0;
}
