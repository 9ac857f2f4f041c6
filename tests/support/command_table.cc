#include "support/command_table.h"

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <map>

#include "suanpan/base/bytes.h"

namespace suanpan::testing {
namespace {

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

}  // namespace

std::vector<CommandCase> ReadCommandTable() {
  std::ifstream file{SUANPAN_SOURCE_DIR "/tests/data/commands/commands.txt"};
  EXPECT_TRUE(file.good());
  Marks marks;
  std::vector<CommandCase> cases;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("let ")) {
      const std::size_t equals = line.find(" = ");
      marks.Let(line.substr(4, equals - 4), line.substr(equals + 3));
      continue;
    }
    CommandCase& row = cases.emplace_back();
    row.name = line;
    for (std::string* part : {&row.command, &row.verdict}) {
      EXPECT_TRUE(std::getline(file, line) && line.starts_with("  ")) << row.name;
      *part = marks.Expand(std::string_view{line}.substr(2));
    }
  }
  return cases;
}

}  // namespace suanpan::testing
