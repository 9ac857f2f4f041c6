// Every command of tests/data/commands/commands.txt against the reader and the real catalogue.

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <map>

#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::schema {
namespace {

struct Case {
  std::string name;
  std::string command;
  std::string verdict;
};

std::string FromHexText(std::string_view hex) {
  std::string bytes(hex.size() / 2, '\0');
  EXPECT_TRUE(FromHex(hex, {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()}));
  return bytes;
}

std::size_t NumberOf(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  EXPECT_TRUE(error == std::errc{} && end == digits.data() + digits.size()) << digits;
  return number;
}

/// Expands the marks of the table.
class Marks {
 public:
  void Let(std::string_view name, std::string_view text) { texts_[std::string{name}] = text; }

  std::string Expand(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (text.substr(at, 2) != "<<") {
        out.push_back(text[at++]);
        continue;
      }
      const std::size_t end = EndOf(text, at);
      out += Mark(text.substr(at + 2, end - at - 4));
      at = end;
    }
    return out;
  }

 private:
  /// Behind the ">>" that closes the mark at `at`; marks nest.
  static std::size_t EndOf(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    while (at < text.size()) {
      const std::string_view two = text.substr(at, 2);
      if (two == "<<") ++depth;
      if (two == ">>") --depth;
      at += two == "<<" || two == ">>" ? 2U : 1U;
      if (depth == 0) return at;
    }
    ADD_FAILURE() << "an open mark: " << text;
    return at;
  }
  std::string Mark(std::string_view mark) const {
    if (mark.starts_with("hex:")) return FromHexText(mark.substr(4));
    if (!mark.starts_with("repeat:")) {
      const auto found = texts_.find(mark);
      EXPECT_NE(found, texts_.end()) << "no mark " << mark;
      return found == texts_.end() ? "" : Expand(found->second);
    }
    const std::size_t colon = mark.find(':', 7);
    const std::string once = Expand(mark.substr(colon + 1));
    std::string out;
    for (std::size_t i = NumberOf(mark.substr(7, colon - 7)); i > 0; --i) out += once;
    return out;
  }

  std::map<std::string, std::string, std::less<>> texts_;
};

std::vector<Case> ReadTable() {
  std::ifstream file{SUANPAN_SOURCE_DIR "/tests/data/commands/commands.txt"};
  EXPECT_TRUE(file.good());
  Marks marks;
  std::vector<Case> cases;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("let ")) {
      const std::size_t equals = line.find(" = ");
      marks.Let(line.substr(4, equals - 4), line.substr(equals + 3));
      continue;
    }
    Case& row = cases.emplace_back();
    row.name = line;
    for (std::string* part : {&row.command, &row.verdict}) {
      EXPECT_TRUE(std::getline(file, line) && line.starts_with("  ")) << row.name;
      *part = marks.Expand(std::string_view{line}.substr(2));
    }
  }
  return cases;
}

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
  const std::vector<Case> cases = ReadTable();
  ASSERT_GT(cases.size(), 300U);
  CommandParser parser{rules::Catalogue::Standard().kinds()};
  for (const Case& row : cases) {
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
  for (const Case& row : ReadTable()) EXPECT_EQ(++seen[row.name], 1) << row.name;
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
