// docs/facts.md and the pages that go on with it against the registry and the rules: every field of
// every kind with its type and need, and the pages' own commands, accepted in order.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "all_kinds.h"
#include "suanpan/schema/kind_info.h"
#include "support/book_harness.h"

namespace suanpan::schema {
namespace {

/// Rows such as "| `lines[].item` | ref | required |".
using PageRows = std::vector<std::string>;

/// Lists the fields that a struct describes, in the words of the page.
class FieldLister {
 public:
  FieldLister(PageRows& rows, std::string path, bool computed)
      : rows_(rows), path_(std::move(path)), computed_(computed) {}

  void Computed() { computed_ = true; }
  void Name(std::string_view label, const NameId&, Grammar grammar, Need need) {
    Add(label, Of(grammar), need);
  }
  void NameStated(std::string_view label, const NameId& id, Grammar grammar, auto&, unsigned) {
    Name(label, id, grammar, Need::kOptional);
  }
  void Amount(std::string_view label, const auto&, Sign sign, Need need) {
    const std::map<Sign, std::string> words{{Sign::kPositive, "amount above 0"},
                                            {Sign::kNotNegative, "amount from 0"},
                                            {Sign::kSigned, "amount, not 0"},
                                            {Sign::kAny, "amount"}};
    Add(label, words.at(sign), need);
  }
  void AmountStated(std::string_view label, const auto& amount, Sign sign, auto&, unsigned) {
    Amount(label, amount, sign, Need::kOptional);
  }
  void AmountIf(std::string_view label, const auto& amount, Sign sign, auto&, unsigned) {
    Amount(label, amount, sign, Need::kOptional);
  }
  void Count(std::string_view label, const auto&, Range range, Need need) {
    Add(label, fmt::format("number {} to {}", range.min, range.max), need);
  }
  void CountStated(std::string_view label, const auto& value, Range range, auto&, unsigned) {
    Count(label, value, range, Need::kOptional);
  }
  void CountIf(std::string_view label, const auto& value, Range range, auto&, unsigned) {
    Count(label, value, range, Need::kOptional);
  }
  void Account(std::string_view label, const auto&, const auto&, const auto&, const auto&) {
    Add(label, "account", Need::kOptional);
    Add("unit", "word", Need::kOptional);
  }
  void Bytes(std::string_view label, const auto&, std::size_t) {
    Add(label, "bytes in hexadecimal", Need::kOptional);
  }
  void Flag(std::string_view label, auto&, unsigned) { Add(label, "true", Need::kOptional); }
  void Enum(std::string_view label, const std::uint8_t&, Words words, Need need) {
    std::string text;
    for (const std::string_view word : words) text += fmt::format(" `{}`", word);
    Add(label, "word:" + text, need);
  }
  void WordSet(std::string_view label, const std::uint8_t&, Words words, Need need) {
    Add(label, fmt::format("list of words: {}", fmt::join(words, " ")), need);
  }
  void Bool(std::string_view label, const std::uint8_t&, Need need) { Add(label, "truth", need); }
  void Time(std::string_view label, const StatedTime&, Need need) { Add(label, "time", need); }
  void Day(std::string_view label, const Date&, Need need) { Add(label, "date", need); }
  void Period(std::string_view label, const Month&, Need need) { Add(label, "month", need); }
  void Periods(std::string_view label, const auto&, std::size_t max) {
    AddList(label, "month", max, Need::kOptional);
  }
  void Event(std::string_view label, const Address&, Need need) { Add(label, "address", need); }
  void Events(std::string_view label, const auto&, std::size_t max) {
    AddList(label, "address", max, Need::kOptional);
  }
  void EventsStated(std::string_view label, const auto& list, std::size_t max, auto&, unsigned) {
    Events(label, list, max);
  }
  void Token(std::string_view label, const auto&, Need need) { Add(label, "token", need); }
  void Label(std::string_view label, const auto&, Need need) { Add(label, "label", need); }
  void Digest(std::string_view label, const auto&, Need need) { Add(label, "digest", need); }
  void Digests(std::string_view label, const auto&, std::size_t max) {
    AddList(label, "digest", max, Need::kOptional);
  }
  void Ratio(std::string_view label, const Rate&, RateLimit limit, Need need) {
    Add(label, limit == RateLimit::kAtMostOne ? "rate" : "rate up to 1000", need);
  }
  void PotOf(std::string_view label, const Pot&, Need need) { Add(label, "pot", need); }
  void PotStated(std::string_view label, const Pot& pot, auto&, unsigned) {
    PotOf(label, pot, Need::kOptional);
  }
  void Names(std::string_view label, const auto&, Grammar grammar, std::size_t max, Need need) {
    AddList(label, Of(grammar), max, need);
  }
  void SourceDoc(const NameId& series, std::string_view number) {
    Add("source_doc", "object", Need::kOptional);
    Name("source_doc.series", series, Grammar::kRef, Need::kRequired);
    Token("source_doc.number", number, Need::kRequired);
  }
  void Irregular(const std::uint64_t&) { Add("irregular", "list of words", Need::kOptional); }
  /// Each choice of one object, told apart by its word.
  template <class Sub>
  void Choice(std::string_view label, std::string_view name, const Sub& sub) {
    Object(fmt::format("{}:{}", label, name), sub, Need::kOptional);
  }
  template <class Row>
  void Rows(std::string_view label, const auto&, std::size_t max, Need need) {
    AddList(label, "object", max, need);
    Inner<Row>(fmt::format("{}{}[].", path_, label));
  }
  template <class Sub>
  void Object(std::string_view label, const Sub&, Need need) {
    Add(label, "object", need);
    Inner<Sub>(fmt::format("{}{}.", path_, label));
  }

 private:
  static std::string Of(Grammar grammar) { return grammar == Grammar::kRef ? "ref" : "code"; }
  template <class Sub>
  void Inner(std::string path) {
    Sub value{};
    FieldLister inner{rows_, std::move(path), computed_};
    Sub::Describe(inner, value);
  }
  void AddList(std::string_view label, const std::string& of, std::size_t max, Need need) {
    const std::string limits = computed_                 ? std::string{}
                               : need == Need::kRequired ? fmt::format("1 to {} ", max)
                                                         : fmt::format("up to {} ", max);
    Add(label, fmt::format("list of {}{}", limits, of), need);
  }
  void Add(std::string_view label, const std::string& type, Need need) {
    rows_.push_back(fmt::format("| `{}{}` | {} | {} |", path_, label, type,
                                computed_                 ? "computed"
                                : need == Need::kRequired ? "required"
                                                          : "optional"));
  }

  PageRows& rows_;
  std::string path_;
  bool computed_;
};

template <class T>
PageRows FieldsOf() {
  PageRows rows;
  if (MakeKindInfo<T>().approval_required) rows.push_back("| `approval` | address | required |");
  T value{};
  FieldLister lister{rows, {}, false};
  T::Describe(lister, value);
  return rows;
}

/// A part of a page: what stands below a heading.
struct Section {
  std::string heading;   ///< of a kind its name, else the heading's text
  PageRows rows;         ///< "| `field` | type | need |", the meaning left out
  PageRows others;       ///< rows of other tables
  std::string commands;  ///< the json blocks that are commands, one a line
};

std::string HeadingOf(const std::string& line) {
  const std::size_t tick = line.find('`');
  if (tick == std::string::npos) return line.substr(line.find(' ') + 1);
  return line.substr(tick + 1, line.find('`', tick + 1) - tick - 1);
}

/// The row up to its third bar.
std::string FirstCells(const std::string& line) {
  std::size_t end = 0;
  for (int bars = 0; bars < 3; ++bars) end = line.find('|', end + 1);
  return line.substr(0, end + 1);
}

constexpr std::string_view kFieldsHead = "| field | JSON | need | meaning |";

/// Adds the sections of a page.
void Read(const std::string& path, std::vector<Section>& sections) {
  std::ifstream file{path};
  EXPECT_TRUE(file.good()) << path;
  bool code = false;
  bool fields = false;
  std::string block;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      if (code && block.starts_with("{\"book\"")) sections.back().commands += block + "\n";
      code = line == "```json";
      block.clear();
    } else if (code) {
      block += line;
    } else if (line.starts_with("#")) {
      sections.push_back({HeadingOf(line), {}, {}, {}});
    } else if (line == kFieldsHead || !line.starts_with("|")) {
      fields = line == kFieldsHead;
    } else if (!line.starts_with("|---")) {
      if (fields) {
        sections.back().rows.push_back(FirstCells(line));
      } else {
        sections.back().others.push_back(line);
      }
    }
  }
}

/// All pages, one after the other.
std::vector<Section> Page() {
  std::vector<Section> sections;
  for (const char* name : {"facts.md", "facts-community.md", "facts-orders.md"}) {
    Read(std::string{SUANPAN_SOURCE_DIR "/docs/"} + name, sections);
  }
  return sections;
}

/// The one section of that heading.
Section SectionOf(std::string_view heading) {
  const std::vector<Section> page = Page();
  EXPECT_EQ(std::ranges::count(page, heading, &Section::heading), 1) << heading;
  const auto found = std::ranges::find(page, heading, &Section::heading);
  return found == page.end() ? Section{} : *found;
}

std::vector<std::string> LinesOf(std::istream& text) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

/// The commands of the page, as they stand.
std::vector<std::string> Commands() {
  std::stringstream all;
  for (const Section& section : Page()) all << section.commands;
  return LinesOf(all);
}

TEST(FactsPage, ListsEveryFieldOfEveryKindAndNoOther) {
  std::set<std::string> kinds;
  AllKinds::ForEach([&]<class T>() {
    if constexpr (T::kOrigin != Origin::kLog) {
      kinds.emplace(T::kName);
      EXPECT_EQ(SectionOf(T::kName).rows, FieldsOf<T>()) << T::kName;
    }
  });
  for (const Section& section : Page()) {
    const bool is_kind = section.heading.find('.') != std::string::npos;
    EXPECT_TRUE(!is_kind || kinds.contains(section.heading)) << section.heading;
  }
}

TEST(FactsPage, ListsWhatEveryFactHas) {
  PageRows rows{"| `kind` | name of a kind | required |", "| `occurred_at` | time | required |"};
  EventCommon common;
  FieldLister lister{rows, {}, false};
  EventCommon::Describe(lister, common);
  EXPECT_EQ(SectionOf("Every fact").rows, rows);
}

TEST(FactsPage, HasACommandForEveryKindThatIsSent) {
  AllKinds::ForEach([&]<class T>() {
    if constexpr (T::kOrigin == Origin::kFact) {
      const std::string kind = fmt::format(R"("kind":"{}")", T::kName);
      EXPECT_NE(SectionOf(T::kName).commands.find(kind), std::string::npos) << T::kName;
    }
  });
}

TEST(FactsPage, ItsCommandsAreThoseOfTheExampleAndAreAcceptedInOrder) {
  std::ifstream file{SUANPAN_SOURCE_DIR "/examples/every-kind.jsonl"};
  const std::vector<std::string> lines = LinesOf(file);
  const std::vector<std::string> commands = Commands();
  ASSERT_EQ(commands.size(), lines.size());
  testing::BookHarness book;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(nlohmann::json::parse(commands[i]), nlohmann::json::parse(lines[i]));
    EXPECT_EQ(book.Append(commands[i]).ToText(), fmt::format("entry {}", i + 1));
    EXPECT_EQ(book.Append(lines[i]).ToText(), fmt::format("entry {} again", i + 1));
  }
}

TEST(FactsPage, TellsTheBalancesThatItsCommandsComeTo) {
  testing::BookHarness book;
  for (const std::string& command : Commands()) EXPECT_FALSE(book.Append(command).refusal);
  PageRows balances{"| account | balance |"};
  for (const auto& [path, balance] : book.Balances()) {
    balances.push_back(fmt::format("| {} | {} |", path, balance));
  }
  EXPECT_EQ(SectionOf("What the commands come to").others, balances);
}

}  // namespace
}  // namespace suanpan::schema
