// Every command of tests/data/commands/commands.txt against the reader and the real catalogue.

#include "support/command_table.h"

#include <gtest/gtest.h>

#include <map>

#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::schema {
namespace {

std::string VerdictOf(const Refusal& refusal, std::optional<std::uint32_t> fact) {
  std::string text =
      fmt::format("{} {}", NumberOf(refusal.code), fact ? std::to_string(*fact) : std::string{"-"});
  if (!refusal.field.empty()) text += " " + refusal.field;
  return text;
}

/// The verdict, and the command written again when it was accepted.
std::pair<std::string, std::string> Judge(CommandParser& parser, std::string_view json) {
  const auto parsed = parser.Parse(json);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
    return {VerdictOf(*refusal, std::nullopt), ""};
  }
  const Command& command = std::get<Command>(parsed);
  if (command.envelope_fault) return {VerdictOf(*command.envelope_fault, std::nullopt), ""};
  if (command.fault) return {VerdictOf(command.fault->refusal, command.fault->fact), ""};
  NameTable names;
  for (const std::string_view name : command.names) names.Intern(name);
  return {"ok", CommandJson("till-1/7", command.facts, names)};
}

TEST(CommandTable, EveryCommandGetsTheVerdictOfItsRow) {
  const std::vector<testing::CommandCase> cases = testing::ReadCommandTable();
  ASSERT_GT(cases.size(), 300U);
  CommandParser parser{rules::Catalogue::Standard().kinds()};
  for (const testing::CommandCase& row : cases) {
    SCOPED_TRACE(row.name);
    const auto [verdict, again] = Judge(parser, row.command);
    const bool good = row.verdict.starts_with("ok");
    EXPECT_EQ(verdict, good ? "ok" : row.verdict);
    if (verdict != "ok" || !good) continue;
    const std::string_view part =
        std::string_view{row.verdict}.substr(row.verdict.size() > 3 ? 3 : 2);
    EXPECT_NE(again.find(part), std::string::npos) << again;
    if (again.size() > kRequestBytesMax) continue;  // amounts are written as longer strings
    CommandParser other{rules::Catalogue::Standard().kinds()};
    EXPECT_EQ(Judge(other, again), (std::pair<std::string, std::string>{"ok", again}));
  }
}

TEST(CommandTable, NamesOfCasesAreUnique) {
  std::map<std::string, int> seen;
  for (const testing::CommandCase& row : testing::ReadCommandTable())
    EXPECT_EQ(++seen[row.name], 1) << row.name;
}

TEST(CommandTable, AnEntryOfAnEarlierCommandLeavesNothingBehind) {
  CommandParser parser{rules::Catalogue::Standard().kinds()};
  const std::string good =
      R"({"book":"zz","key":"t/1","facts":[{"kind":"cost.recorded","occurred_at":)"
      R"("2026-03-03T10:00:00Z","actor":"p","agreement":"a","cost_kind":"c","amount_fen":1}]})";
  const auto first = Judge(parser, good);
  EXPECT_EQ(first.first, "ok");
  EXPECT_EQ(Judge(parser, "{").first, "101 -");
  EXPECT_EQ(Judge(parser, good), first);
  EXPECT_EQ(parser.book(), "zz");
}

}  // namespace
}  // namespace suanpan::schema
