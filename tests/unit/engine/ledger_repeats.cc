// One command of every kind: sent again it is a repeat, after a reopening too; with anything in it
// changed it is a conflict that names what was changed.

#include <fstream>

#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

constexpr std::string_view kEveryKindClock = "2026-02-01T00:00:00Z";

std::vector<Json> EveryKind() {
  std::ifstream file{SUANPAN_SOURCE_DIR "/examples/every-kind.jsonl"};
  std::vector<Json> commands;
  for (std::string line; std::getline(file, line);) commands.push_back(Json::parse(line));
  return commands;
}

/// A value of the same JSON type that says something else.
Json Changed(const Json& value) {
  if (value.is_boolean()) return !value.get<bool>();
  if (value.is_number()) return value.get<std::int64_t>() + 1;
  return value.get<std::string>() + "1";
}

/// Calls `try_it` with every way to change one value of `part` in place, and with a doubled last
/// row of every list. `path` is the field's, as a refusal names it.
template <class Try>
void ForEachChange(Json& part, const std::string& path, const Try& try_it) {
  if (part.is_object()) {
    for (auto& [name, value] : part.items()) {
      ForEachChange(value, path.empty() ? name : path + "." + name, try_it);
    }
  } else if (part.is_array()) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      ForEachChange(part[i], fmt::format("{}[{}]", path, i), try_it);
    }
    const Json before = part;
    part.push_back(part.back());
    try_it(path);
    part = before;
  } else {
    const Json before = part;
    part = Changed(before);
    try_it(path);
    part = before;
  }
}

/// Whether a conflict names the field at `path`, or the object or list that it stands in.
bool Names(const Json& answer, std::uint32_t fact, const std::string& path) {
  if (answer["code"] != "key_conflict" || answer["fact"] != fact) return false;
  const std::string field = answer.value("field", "");
  return !field.empty() && (path.starts_with(field) || field.starts_with(path));
}

TEST_P(LedgerTest, ACommandOfEveryKindIsARepeatAndAnyChangeOfItAConflict) {
  const auto holder = Empty();
  holder->SetClock(kEveryKindClock);
  std::vector<Json> commands = EveryKind();
  ASSERT_GT(commands.size(), 10U);
  std::vector<Json> answers;
  for (const Json& command : commands) {
    answers.push_back(holder->Send(command.dump()));
    ASSERT_EQ(answers.back()["result"], "committed") << command << answers.back();
  }
  int changes = 0;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const Json again = holder->Send(commands[i].dump());
      EXPECT_EQ(again["result"], "duplicate") << again;
      EXPECT_EQ(again["answer"], answers[i]);
      for (std::uint32_t fact = 0; fact < commands[i]["facts"].size(); ++fact) {
        ForEachChange(commands[i]["facts"][fact], "", [&](const std::string& path) {
          ++changes;
          const Json answer = holder->Send(commands[i].dump());
          EXPECT_TRUE(Names(answer, fact, path)) << path << ": " << answer;
        });
      }
    }
    holder->Reopen();
  }
  EXPECT_GT(changes, 200);
  EXPECT_EQ(holder->Entries("zz").size(), commands.size());
}

}  // namespace
}  // namespace suanpan::engine::test
