// docs/refusals.md against the list of refusals: every number with its name, in order, and for each
// what it means and what to do.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "suanpan/schema/refusal.h"

namespace suanpan::schema {
namespace {

/// A row "| 101 | `bad_json` | it means | do |".
struct PageRow {
  std::string head;  ///< its first two cells
  std::string means;
  std::string remedy;
};

std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::size_t begin = line.find('|') + 1;
  for (std::size_t end = 0; (end = line.find('|', begin)) != std::string::npos; begin = end + 1) {
    const std::string cell = line.substr(begin, end - begin);
    const std::size_t first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos
                        ? std::string{}
                        : cell.substr(first, cell.find_last_not_of(' ') + 1 - first));
  }
  return cells;
}

std::vector<PageRow> Page() {
  std::ifstream file{SUANPAN_SOURCE_DIR "/docs/refusals.md"};
  EXPECT_TRUE(file.good());
  std::vector<PageRow> rows;
  bool refusals = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("|")) refusals = false;
    if (refusals && !line.starts_with("|---")) {
      const std::vector<std::string> cells = CellsOf(line);
      EXPECT_EQ(cells.size(), 4U) << line;
      if (cells.size() == 4)
        rows.push_back({fmt::format("{} {}", cells[0], cells[1]), cells[2], cells[3]});
    }
    refusals = refusals || line == "| no | name | it means | do |";
  }
  return rows;
}

TEST(RefusalsPage, HasEveryCodeInOrderAndNoOther) {
  const std::vector<std::string> codes = {
#define X(number, name) fmt::format("{} `{}`", number, #name),
#include "suanpan/schema/refusal_list.inc"
#undef X
  };
  std::vector<std::string> listed;
  for (const PageRow& row : Page()) listed.push_back(row.head);
  EXPECT_EQ(listed, codes);
}

TEST(RefusalsPage, SaysWhatEachMeansAndWhatToDo) {
  for (const PageRow& row : Page()) {
    EXPECT_FALSE(row.means.empty()) << row.head;
    const bool reserved = row.means.starts_with("reserved: ");
    EXPECT_EQ(row.remedy.empty(), reserved) << row.head;
  }
}

/// The short list of the format, "| request | 101 bad_json · 102 unknown_field |", has the same.
TEST(RefusalsPage, AgreesWithTheListOfTheFormat) {
  std::ifstream file{SUANPAN_SOURCE_DIR "/docs/format.md"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const std::string list = text.substr(text.find("## 11. Refusals"));
#define X(number, name) EXPECT_NE(list.find(#number " " #name), std::string::npos) << #name;
#include "suanpan/schema/refusal_list.inc"
#undef X
}

}  // namespace
}  // namespace suanpan::schema
