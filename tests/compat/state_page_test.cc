// Section 9 of docs/format.md against the code, as an auditor's programmer would use it: the page's
// own tables decode every leaf of a state, and its formulas come to the state root.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "suanpan/engine/state_root.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/rules/state_encoding.h"
#include "suanpan/schema/kinds/policies.h"
#include "suanpan/schema/table_writer.h"
#include "support/book_harness.h"

namespace suanpan {
namespace {

/// "`party_type` u8" or "01".
struct PageField {
  std::string label;
  std::string type;
};
struct PageRow {
  unsigned number = 0;
  std::string name;
  std::vector<PageField> key;
  std::vector<PageField> value;
};

std::vector<std::string> Split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (std::size_t end = 0; (end = text.find(separator, at)) != std::string::npos;) {
    parts.push_back(text.substr(at, end - at));
    at = end + separator.size();
  }
  parts.push_back(text.substr(at));
  return parts;
}

std::vector<PageField> FieldsOf(const std::string& cell) {
  std::vector<PageField> fields;
  if (cell.empty()) return fields;
  for (const std::string& part : Split(cell, ", ")) {
    const std::size_t space = part.rfind(' ');
    const bool labelled = space != std::string::npos;
    fields.push_back({labelled ? part.substr(1, space - 2) : std::string{},
                      labelled ? part.substr(space + 1) : part});
  }
  return fields;
}

/// The rows of the table of section 9 that has this head; cells without the blanks around them.
std::vector<std::vector<std::string>> TableWithHead(const std::string& head) {
  std::ifstream file{SUANPAN_SOURCE_DIR "/docs/format.md"};
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == head) {
      inside = true;
    } else if (inside && !line.starts_with("|")) {
      break;
    } else if (inside && !line.starts_with("|---")) {
      std::vector<std::string> cells = Split(line.substr(1), "|");
      for (std::string& cell : cells) {
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
      }
      rows.push_back(std::move(cells));
    }
  }
  return rows;
}

std::vector<PageRow> SectionRows() {
  std::vector<PageRow> rows;
  for (const auto& cells : TableWithHead("| section | name | key | value |")) {
    rows.push_back({static_cast<unsigned>(std::stoul(cells[0])), cells[1], FieldsOf(cells[2]),
                    FieldsOf(cells[3])});
  }
  return rows;
}

/// Takes values out of a key or value by the types that the page names.
class Bytes {
 public:
  Bytes(std::string_view bytes, bool big) : bytes_(bytes), big_(big) {}

  /// "label=value" of every field, or nothing where the bytes are not exactly these fields.
  std::optional<std::string> Read(const std::vector<PageField>& fields) {
    std::string text;
    for (const PageField& field : fields) {
      const std::string value = Value(field.type);
      if (!fits_) return std::nullopt;
      if (!field.label.empty()) text += fmt::format(" {}={}", field.label, value);
    }
    return bytes_.empty() ? std::optional{text} : std::nullopt;
  }

 private:
  std::uint64_t Number(std::size_t size) {
    fits_ = fits_ && bytes_.size() >= size;
    if (!fits_) return 0;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t at = big_ ? i : size - 1 - i;
      number = number << 8U | static_cast<std::uint8_t>(bytes_[at]);
    }
    bytes_.remove_prefix(size);
    return number;
  }
  std::string Name() {
    const std::size_t size = Number(1);
    fits_ = fits_ && bytes_.size() >= size;
    if (!fits_) return {};
    const std::string name{bytes_.substr(0, size)};
    bytes_.remove_prefix(size);
    return name;
  }
  std::string Names() {
    std::string text;
    for (std::uint64_t left = Number(4); left > 0 && fits_; --left) text += "," + Name();
    return text.substr(std::min<std::size_t>(1, text.size()));
  }
  static std::string Day(std::uint64_t day) {
    return day == 0 ? "none" : ToText(Date{static_cast<std::uint16_t>(day)});
  }
  static std::string MonthText(std::uint64_t month) {
    return month == 0 ? "none" : ToText(Month{static_cast<std::uint16_t>(month)});
  }
  /// A list whose length the type has: "month[12]".
  std::string Months(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "," + MonthText(Number(2));
    return text.substr(1);
  }
  std::string Sized() {
    const std::size_t size = Number(4);
    fits_ = fits_ && bytes_.size() >= size;
    if (!fits_) return {};
    bytes_.remove_prefix(size);
    return fmt::format("{} bytes", size);
  }
  std::string Value(const std::string& type) {
    static const std::map<std::string, std::size_t> kSizes{{"u8", 1},  {"u16", 2}, {"u32", 4},
                                                           {"u64", 8}, {"i64", 8}, {"i16", 2}};
    if (const auto size = kSizes.find(type); size != kSizes.end()) {
      const std::uint64_t number = Number(size->second);
      return type == "i16"   ? std::to_string(static_cast<std::int16_t>(number))
             : type == "i64" ? std::to_string(static_cast<std::int64_t>(number))
                             : std::to_string(number);
    }
    if (type == "name") return Name();
    if (type == "[name]") return Names();
    if (type == "bytes") return Sized();
    if (type == "day") return Day(Number(2));
    if (type == "month") return MonthText(Number(2));
    if (type == "month[12]") return Months(12);
    if (type == "address") return schema::ToText(Address::FromPacked(Number(8)));
    if (type == "pot" || type == "rate") {
      const std::size_t size = type == "pot" ? 1 : 4;
      const std::uint64_t first = Number(size);
      return fmt::format("{}/{}", first, Number(size));
    }
    fits_ = fits_ && Number(1) == std::stoul(type, nullptr, 16);
    return {};
  }

  std::string_view bytes_;
  bool big_;
  bool fits_ = true;
};

/// A leaf in the page's words; exactly one row of its section must fit it.
std::string Decoded(const std::vector<PageRow>& rows, const rules::StateSection& section,
                    const std::pair<std::string, std::string>& leaf) {
  std::string text;
  int fitting = 0;
  for (const PageRow& row : rows) {
    if (row.number != static_cast<unsigned>(section.number)) continue;
    EXPECT_EQ(row.name, engine::ToText(section.number));
    const std::optional<std::string> key = Bytes{leaf.first, true}.Read(row.key);
    const std::optional<std::string> value = Bytes{leaf.second, false}.Read(row.value);
    if (!key || !value) continue;
    ++fitting;
    text = fmt::format("{}{} ->{}", row.name, *key, *value);
  }
  EXPECT_EQ(fitting, 1) << "section " << static_cast<unsigned>(section.number);
  return text;
}

constexpr const char* kFolder = SUANPAN_SOURCE_DIR "/tests/compat/";

/// A book with every section in it and, where it can be, a number of its own in every field.
void Play(testing::BookHarness& book) {
  std::ifstream file{std::string{kFolder} + "state_page.jsonl"};
  ASSERT_TRUE(file.good());
  for (std::string line; std::getline(file, line);) {
    const testing::Answer answer = book.Append(line);
    EXPECT_FALSE(answer.refusal) << answer.ToText() << ": " << line;
  }
}

std::vector<std::string> DecodedState(const rules::BookState& state) {
  const std::vector<PageRow> rows = SectionRows();
  std::vector<std::string> lines;
  for (const rules::StateSection& section : rules::EncodeState(state)) {
    for (const auto& leaf : section.leaves) lines.push_back(Decoded(rows, section, leaf));
  }
  return lines;
}

TEST(StatePage, ItsTablesDecodeEveryLeafOfAState) {
  testing::BookHarness book;
  Play(book);
  std::string text;
  for (const std::string& line : DecodedState(book.state())) text += line + "\n";
  std::ifstream file{std::string{kFolder} + "state_page.txt"};
  EXPECT_EQ(text, (std::string{std::istreambuf_iterator<char>{file}, {}}));
}

TEST(StatePage, ItListsTheSectionsThatThereAre) {
  testing::BookHarness book;
  Play(book);
  std::set<std::string> there;
  for (const rules::StateSection& section : rules::EncodeState(book.state())) {
    there.emplace(engine::ToText(section.number));
  }
  std::set<std::string> listed;
  for (const PageRow& row : SectionRows()) listed.insert(row.name);
  // These there are only between two pages of a job, which this book has no facts enough for.
  there.insert({"recounts", "recounted units", "recounted awards"});
  EXPECT_EQ(listed, there);
}

TEST(StatePage, APolicyHasThePayloadOfItsProposal) {
  testing::BookHarness book;
  Play(book);
  schema::TableWriter writer;
  std::size_t policies = 0;
  for (const rules::StateSection& section : rules::EncodeState(book.state())) {
    if (section.number != rules::StateSectionNo::kPolicies) continue;
    for (const auto& [key, value] : section.leaves) {
      std::uint64_t packed = 0;  // of the adoption, which begins the value
      for (std::size_t i = 8; i-- > 0;) packed = packed << 8U | static_cast<std::uint8_t>(value[i]);
      const schema::Event* adopted = book.Find(Address::FromPacked(packed));
      ASSERT_NE(adopted, nullptr);
      const schema::Event* proposed = book.Find(adopted->As<schema::PolicyAdopted>().proposal);
      ASSERT_NE(proposed, nullptr);
      std::string payload;
      proposed->kind->encode(proposed->payload, writer, payload);
      EXPECT_TRUE(value.ends_with(payload));
      ++policies;
    }
  }
  EXPECT_EQ(policies, 5U);
}

TEST(StatePage, ShorterNamesComeBeforeLongerOnes) {
  testing::BookHarness book;
  Play(book);
  std::vector<std::string> names;
  for (const std::string& line : DecodedState(book.state())) {
    if (line.starts_with("names ")) names.push_back(Split(Split(line, "=")[1], " ")[0]);
  }
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted, {}, [](const auto& name) { return std::pair{name.size(), name}; });
  EXPECT_EQ(names, sorted);
  EXPECT_LT(std::ranges::find(names, "v-9"), std::ranges::find(names, "v-10"));
  EXPECT_EQ(names.size(), book.state().names.count());
}

TEST(StatePage, ItNamesEveryClassOfAccountWithItsPath) {
  schema::NameTable names;
  const rules::AccountKey none{{}, {1, 5}, names.Intern("o"), names.Intern("d")};
  std::map<unsigned, std::string> listed;
  for (const auto& cells : TableWithHead("| class | account | owner | detail |")) {
    std::string path = cells[1].substr(1, cells[1].size() - 2);
    const auto put = [&path](const std::string& name, std::string_view value) {
      if (const std::size_t at = path.find(name); at != std::string::npos && name != "{}")
        path.replace(at, name.size(), value);
    };
    put("{pot}", "restricted/government");
    put("{" + cells[2] + "}", "o");
    put("{" + Split(cells[3], " ").back() + "}", "d");
    listed[static_cast<unsigned>(std::stoul(cells[0]))] = path;
  }
  for (unsigned number = 0; number < 256; ++number) {
    rules::AccountKey key = none;
    key.account_class = static_cast<rules::AccountClass>(number);
    const std::string path = PathOf(key, names);
    if (path.find("unknown") != std::string::npos) {
      EXPECT_FALSE(listed.contains(number)) << number;
    } else {
      EXPECT_EQ(listed[number], path);
    }
  }
}

std::string Sha(const std::string& bytes) {
  return std::string{AsText(proof::Sha256(AsBytes(bytes)).bytes)};
}
std::string Little(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<char>(number >> (8 * i)));
  return bytes;
}
/// RFC 6962's shape: the left part is the largest power of two below the size.
std::string TreeOf(std::span<const std::string> leaves) {
  if (leaves.size() == 1) return leaves.front();
  std::size_t left = 1;
  while (left * 2 < leaves.size()) left *= 2;
  return Sha("\x11" + TreeOf(leaves.first(left)) + TreeOf(leaves.subspan(left)));
}

TEST(StatePage, ItsFormulasComeToTheStateRoot) {
  testing::BookHarness book;
  Play(book);
  std::string text = "\x12" + Little(1, 1) + Little(book.size(), 8);
  for (const rules::StateSection& section : rules::EncodeState(book.state())) {
    const std::string number = Little(static_cast<std::uint16_t>(section.number), 2);
    std::vector<std::string> leaves;
    for (const auto& [key, value] : section.leaves) {
      leaves.push_back(Sha("\x10" + number + key + value));
    }
    text += number + Little(leaves.size(), 8) + TreeOf(leaves);
  }
  EXPECT_EQ(Sha(text), AsText(engine::DigestState(book.state()).root.bytes));
}

}  // namespace
}  // namespace suanpan
