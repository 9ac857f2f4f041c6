#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/fact_text.h"
#include "support/scenario.h"
#include "support/state_figures.h"

namespace suanpan::testing {
namespace {

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// A cell as a person writes it: amounts without quotes, nothing as "-".
std::string CellOf(const nlohmann::json& event, const std::string& field) {
  const auto found = event.find(field);
  if (found == event.end()) return "-";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// The kind of a fact of a command; empty where there is none, or no such command.
std::string KindOf(const std::string& command, const std::optional<std::uint32_t>& fact) {
  const nlohmann::json json = nlohmann::json::parse(command, nullptr, false);
  if (!fact || !json.is_object() || !json.contains("facts")) return {};
  const nlohmann::json& facts = json["facts"];
  if (!facts.is_array() || *fact >= facts.size() || !facts[*fact].is_object()) return {};
  const auto kind = facts[*fact].find("kind");
  return kind != facts[*fact].end() && kind->is_string() ? kind->get<std::string>() : "";
}

class Player {
 public:
  Player(std::string path, const rules::Catalogue& catalogue, const rules::SchemaStamp& schema)
      : path_(std::move(path)), book_(catalogue, schema) {}

  ScenarioReport Play() {
    const Result<std::vector<ScenarioBlock>> blocks = ReadScenario(path_);
    if (!blocks.ok()) {
      report_.complaints.emplace_back(blocks.error().message());
      return std::move(report_);
    }
    for (const ScenarioBlock& block : *blocks) Block(block);
    const std::string difference = book_.CompareWithReplay();
    if (!difference.empty()) Complain(0, "live and replayed state differ: {}", difference);
    for (std::uint64_t seq = 1; seq <= book_.size(); ++seq) {
      report_.entries.push_back(book_.bytes(Seq{seq}));
    }
    return std::move(report_);
  }

 private:
  template <class... Args>
  void Complain(int line, fmt::format_string<Args...> format, Args&&... args) {
    report_.complaints.push_back(
        fmt::format("{}:{}: {}", path_, line, fmt::format(format, std::forward<Args>(args)...)));
  }
  void Equal(int line, std::string_view what, std::string_view expected, std::string_view actual) {
    ++report_.expectations;
    if (expected != actual) Complain(line, "{} is {}, expected {}", what, actual, expected);
  }

  void Block(const ScenarioBlock& block) {
    std::vector<std::string> words = Words(block.head);
    words.resize(std::max<std::size_t>(words.size(), 5));
    if (words[0] == "clock") {
      const std::optional<InstantUs> instant = ParseInstant(words[1]);
      if (!instant) return Complain(block.line, "no instant: {}", words[1]);
      book_.recorded_at = *instant;
    } else if (words[0] == "entry" || words[0] == "refuse" || words[0] == "repeat") {
      Command(block, words);
    } else if (words[0] == "again") {
      Again(block, words[1]);
    } else if (words[0] == "balances") {
      Balances(block, words);
    } else if (words[0] == "events") {
      Table(block, [this](int line, const std::string& name) { return EventRow(line, name); });
    } else if (words[0] == "agreements") {
      Table(block, [this](int line, const std::string& name) { return AgreementRow(line, name); });
    } else if (words[0] == "bills" && words[1] == "of") {
      Bills(block, words[2]);
    } else if (words[0] == "absent") {
      Absent(block, words[1]);
    } else if (words[0] == "figures") {
      Figures(block, words);
    } else if (words[0] == "fund") {
      Fund(block, words[1], words[2]);
    } else {
      Complain(block.line, "no such word: {}", words[0]);
    }
  }

  /// The JSON of a command: the rows' facts, or one row "json {...}".
  [[nodiscard]] std::optional<std::string> CommandOf(const ScenarioBlock& block) {
    std::string facts;
    for (const ScenarioBlock::Row& row : block.rows) {
      if (row.text.rfind("json ", 0) == 0) return row.text.substr(5);
      const Result<std::string> fact = FactJson(row.text);
      if (!fact.ok()) {
        Complain(row.line, "{}", fact.error().message());
        return std::nullopt;
      }
      facts += (facts.empty() ? "" : ",") + *fact;
    }
    facts_ = facts;
    return CommandJson(NextKey(), facts);
  }

  /// "again N": the last facts as N more commands, all accepted.
  void Again(const ScenarioBlock& block, const std::string& times) {
    for (int i = 0; i < NumberIn(times); ++i) {
      const Answer answer = Append(CommandJson(NextKey(), facts_));
      if (answer.refusal) return Complain(block.line, "time {}: {}", i + 1, answer.ToText());
    }
  }
  Answer Append(const std::string& json) {
    Answer answer = book_.Append(json);
    if (book_.size() > report_.commands.size()) report_.commands.push_back(json);
    return answer;
  }
  std::string NextKey() { return fmt::format("scenario/{}", ++commands_); }

  void Command(const ScenarioBlock& block, const std::vector<std::string>& words) {
    const std::optional<std::string> json = CommandOf(block);
    if (!json) return;
    ++report_.expectations;
    const Answer answer = Append(*json);
    if (words[0] == "refuse") return Refused(block, *json, answer);
    const bool again = words[0] == "repeat";
    const bool fits = !answer.refusal && answer.duplicate == again &&
                      (words[1].empty() || words[1] == std::to_string(answer.seq.value()));
    if (!fits) Complain(block.line, "expected {} {}, got: {}", words[0], words[1], answer.ToText());
  }

  /// "refuse CODE [FIELD] [fact=N] [detail=value ...]"
  void Refused(const ScenarioBlock& block, const std::string& json, const Answer& answer) {
    const std::vector<std::string> words = Words(block.head);
    if (words.size() < 2) return Complain(block.line, "refuse CODE [field] [detail=value]");
    const std::optional<schema::RefusalCode> code = schema::ParseRefusalCode(words[1]);
    if (!code) return Complain(block.line, "no such refusal: {}", words[1]);
    bool fits = answer.refusal && answer.refusal->code == *code;
    for (std::size_t i = 2; fits && i < words.size(); ++i) {
      const std::size_t equals = words[i].find('=');
      if (equals == std::string::npos) {
        fits = answer.refusal->field == words[i];
      } else if (words[i].rfind("fact=", 0) == 0) {
        fits = answer.refusal->fact &&
               std::to_string(*answer.refusal->fact) == words[i].substr(equals + 1);
      } else {
        const std::string name = words[i].substr(0, equals);
        const std::string value = words[i].substr(equals + 1);
        fits = std::any_of(answer.refusal->detail.begin(), answer.refusal->detail.end(),
                           [&](const schema::Refusal::Detail& detail) {
                             return detail.name == name && detail.value == value;
                           });
      }
    }
    if (fits) {
      report_.provoked.insert({KindOf(json, answer.refusal->fact), *code});
    } else {
      Complain(block.line, "expected {}, got: {}", block.head, answer.ToText());
    }
  }

  /// "balances [under PREFIX ...]": with prefixes, every other account below them must be zero.
  void Balances(const ScenarioBlock& block, const std::vector<std::string>& words) {
    std::map<std::string, std::int64_t> left = book_.Balances();
    for (const ScenarioBlock::Row& row : block.rows) {
      std::vector<std::string> cells = Words(row.text);
      if (cells.size() != 2) return Complain(row.line, "PATH AMOUNT");
      Equal(row.line, cells[0], cells[1], std::to_string(left[cells[0]]));
      left.erase(cells[0]);
    }
    for (std::size_t i = 2; words[1] == "under" && i < words.size(); ++i) {
      for (const auto& [path, amount] : left) {
        if (!words[i].empty() && path.rfind(words[i], 0) == 0) {
          Complain(block.line, "{} is {}, expected nothing there", path, amount);
        }
      }
    }
  }

  /// "figures [of WORD ...]": rows NAME = VALUE, "none" where there is no such figure. Of the
  /// families that the head names every figure must be there.
  void Figures(const ScenarioBlock& block, const std::vector<std::string>& words) {
    opinion::Figures left = test::FiguresOf(book_.state());
    for (const ScenarioBlock::Row& row : block.rows) {
      const std::vector<std::string> cells = Words(row.text);
      const auto equals = std::find(cells.begin(), cells.end(), "=");
      if (equals == cells.end()) return Complain(row.line, "NAME = VALUE");
      const std::string name = fmt::format("{}", fmt::join(cells.begin(), equals, " "));
      const auto found = left.find(name);
      Equal(row.line, name, fmt::format("{}", fmt::join(equals + 1, cells.end(), " ")),
            found == left.end() ? "none" : found->second);
      left.erase(name);
    }
    for (std::size_t i = 2; words[1] == "of" && i < words.size(); ++i) {
      for (const auto& [name, value] : left) {
        if (!words[i].empty() && name.starts_with(words[i] + " ")) {
          Complain(block.line, "{} is {}, expected nothing there", name, value);
        }
      }
    }
  }

  /// "absent ADDRESS": the entry has no such line, or only a new name there.
  void Absent(const ScenarioBlock& block, const std::string& at) {
    const std::optional<Address> address = schema::ParseAddress(at, false);
    const schema::Event* event = address ? book_.Find(*address) : nullptr;
    const bool absent = event == nullptr || event->kind->origin == schema::Origin::kLog;
    Equal(block.line, at, "absent", absent ? "absent" : event->kind->name);
  }

  /// First row: column names; first column: what `row_of` looks up.
  template <class RowOf>
  void Table(const ScenarioBlock& block, RowOf row_of) {
    if (block.rows.empty()) return Complain(block.line, "a table needs a row of column names");
    const std::vector<std::string> columns = Words(block.rows[0].text);
    for (std::size_t i = 1; i < block.rows.size(); ++i) {
      const std::vector<std::string> cells = Words(block.rows[i].text);
      const int line = block.rows[i].line;
      if (cells.size() != columns.size()) {
        Complain(line, "{} cells under {} columns", cells.size(), columns.size());
        continue;
      }
      const std::optional<nlohmann::json> row = row_of(line, cells[0]);
      for (std::size_t c = 1; row && c < cells.size(); ++c) {
        Equal(line, cells[0] + ' ' + columns[c], cells[c], CellOf(*row, columns[c]));
      }
    }
  }

  std::optional<nlohmann::json> EventRow(int line, const std::string& at) {
    const std::optional<Address> address = schema::ParseAddress(at, false);
    const std::string json = address ? book_.EventJson(*address) : std::string{};
    if (!json.empty()) return nlohmann::json::parse(json);
    Complain(line, "no event {}", at);
    return std::nullopt;
  }

  std::optional<nlohmann::json> AgreementRow(int line, const std::string& name) {
    const rules::BookState& state = book_.state();
    const auto index = state.IndexOf(state.names.Find(name), rules::Role::kAgreement);
    if (!index) {
      Complain(line, "no agreement {}", name);
      return std::nullopt;
    }
    const rules::Agreement& a = state.agreements[*index];
    const std::optional<rules::DonationFigures> figures = FiguresOf(state, a);
    return nlohmann::json{{"B", a.base.value()},
                          {"T", a.due_total.value()},
                          {"r", figures ? figures->residue : 0},
                          {"H", a.high.value()},
                          {"settled", a.settled_total.value()},
                          {"advance", a.advance.value()},
                          {"unpriced_lines", a.unpriced_lines}};
  }

  /// All bills of an agreement, in order.
  void Bills(const ScenarioBlock& block, const std::string& agreement) {
    const rules::BookState& state = book_.state();
    std::vector<std::string> bills;
    for (std::uint32_t link = book_.AgreementOf(agreement).first_bill; link != 0;
         link = state.bills[link - 1].next) {
      const rules::Bill& bill = state.bills[link - 1];
      bills.push_back(fmt::format("{} {} {} {}", ToText(bill.through), ToText(bill.due_on),
                                  bill.due.value(), bill.open.value()));
    }
    const std::size_t rows = block.rows.empty() ? 0 : block.rows.size() - 1;
    Equal(block.line, "number of bills", std::to_string(rows), std::to_string(bills.size()));
    for (std::size_t i = 0; i < std::min(rows, bills.size()); ++i) {
      std::string expected;
      for (const std::string& cell : Words(block.rows[i + 1].text)) {
        expected += (expected.empty() ? "" : " ") + cell;
      }
      Equal(block.rows[i + 1].line, "bill", expected, bills[i]);
    }
  }

  void Fund(const ScenarioBlock& block, const std::string& name, const std::string& balance) {
    const rules::BookState& state = book_.state();
    const auto index = state.IndexOf(state.names.Find(name), rules::Role::kFund);
    if (!index) return Complain(block.line, "no fund {}", name);
    Equal(block.line, "balance of " + name, balance,
          std::to_string(static_cast<std::int64_t>(state.FundBalance(*index))));
  }

  std::string path_;
  BookHarness book_;
  ScenarioReport report_;
  int commands_ = 0;
  std::string facts_;  // of the last command that was not raw JSON
};

}  // namespace

ScenarioReport RunScenario(const std::string& path, const rules::Catalogue& catalogue,
                           const rules::SchemaStamp& schema) {
  return Player{path, catalogue, schema}.Play();
}

}  // namespace suanpan::testing
