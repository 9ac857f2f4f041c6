// docs/format.md and docs/format-payloads.md against the compiled schema: every offset, id and name
// on the pages.

#include <flatbuffers/reflection.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "suanpan/schema/schema_files.h"

namespace suanpan::schema {
namespace {

const reflection::Schema& Schema() {
  return *reflection::GetSchema(SchemaFiles().front().compiled.data());
}

/// "`EntryHead`, 32 bytes:" or "`BookOpened`:" opens a list of fields; empty for any other line.
std::string ObjectNamedBy(const std::string& line) {
  const std::size_t end = line.size() > 2 ? line.find('`', 1) : std::string::npos;
  if (line.empty() || line[0] != '`' || line.back() != ':' || end == std::string::npos) return {};
  return line.substr(1, end - 1);
}

/// How the page opens and lists an object.
std::set<std::string> RowsOf(const reflection::Object& object) {
  std::set<std::string> rows;
  for (const reflection::Field* field : *object.fields()) {
    const unsigned number = object.is_struct() ? field->offset() : field->id();
    rows.insert(fmt::format("| {} | `{}` |", number, field->name()->str()));
  }
  return rows;
}

using Listed = std::map<std::string, std::set<std::string>>;

/// Adds the rows of a page to those of the objects that it lists.
void Read(const std::string& path, Listed& listed) {
  std::ifstream page{path};
  ASSERT_TRUE(page.good()) << path;
  std::string line;
  std::string open;
  while (std::getline(page, line)) {
    if (const std::string name = ObjectNamedBy(line); !name.empty()) {
      open = name;
    } else if (!line.empty() && line[0] != '|') {
      open.clear();
    }
    const std::size_t second = line.find('|', 1);
    const std::size_t third = second == std::string::npos ? second : line.find('|', second + 1);
    if (!open.empty() && third != std::string::npos && line.find('`') < third) {
      listed[open].insert(line.substr(0, third + 1));
    }
  }
}

TEST(FormatPage, ListsEveryFieldOfTheSchemaWhereItIs) {
  Listed listed;
  for (const char* name : {"format.md", "format-payloads.md"}) {
    Read(std::string{SUANPAN_SOURCE_DIR "/docs/"} + name, listed);
  }
  const std::set<std::string> in_words = {"RuleRef", "Rate", "Pot"};
  for (const reflection::Object* object : *Schema().objects()) {
    const std::string name = object->name()->str().substr(sizeof "suanpan.fbs." - 1);
    if (in_words.count(name) == 1) continue;
    EXPECT_EQ(listed[name], RowsOf(*object)) << name;
  }
}

}  // namespace
}  // namespace suanpan::schema
