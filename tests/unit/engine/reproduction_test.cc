// Every accepted command is reproduced exactly from its stored facts, presence of every field
// included; so that a repeat is told from any other body, and the field that differs is named.
//
// Commands: a history of every kind in every state that matters, in which one command after the
// other has random fields added, taken away and changed. What may be added comes from the registry:
// facts of every kind filled at random. What the rules refuse is not looked at; of what they accept
// nothing may differ.

#include <fstream>
#include <iostream>
#include <random>
#include <regex>
#include <set>

#include "all_kinds.h"
#include "ledger_fixture.h"
#include "schema_support.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::engine::test {
namespace {

constexpr std::uint64_t kHistoriesOfCommand = 130;
constexpr int kAttempts = 12;  // at the command that a history changes, until one is accepted

/// What no command here can have: the grants, matters and decisions that these fields name are
/// kinds to come, no points come from another book, only payments are irregular,
/// and before the opening there is nothing.
const std::set<std::string> kNotYet = {
    "agreement.signed matter", "approval.given decision", "book.opened approval",
    "book.opened refs",        "book.opened replaces",    "book.opened supplements",
    "funds.received grant",    "funds.received matter",   "goods.issued matter",
    "money.paid agreement",    "money.paid grant",        "money.paid matter",
    "points.moved from_book",  "points.moved move",       "points.moved to",
    "points.moved to_book",    "session.held matter",     "spending.requested matter"};

bool IsNotYet(const std::string& kind, const std::string& label) {
  if (label == "irregular") return kind != "money.paid";
  return kNotYet.contains(kind + " " + label);
}

using Random = std::mt19937_64;

std::vector<std::string> LinesOf(const char* path) {
  std::vector<std::string> lines;
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

const std::vector<std::string>& EveryKind() {
  static const std::vector<std::string> lines =
      LinesOf(SUANPAN_SOURCE_DIR "/examples/every-kind.jsonl");
  return lines;
}

/// "+7.1" is an address in the seventh entry after those of the example, "21.1" where it has 14.
std::string Absolute(const std::string& text) {
  static const std::regex relative{"\"\\+([0-9]+)\\."};
  std::string absolute;
  auto rest = text.cbegin();
  for (std::sregex_iterator at{text.begin(), text.end(), relative}, end; at != end; ++at) {
    absolute.append(rest, (*at)[0].first);
    absolute += fmt::format("\"{}.", EveryKind().size() + std::stoul((*at)[1]));
    rest = (*at)[0].second;
  }
  return absolute.append(rest, text.cend());
}

/// The example, and what it leaves out.
const std::vector<Json>& History() {
  static const std::vector<Json> history = [] {
    std::vector<Json> commands;
    for (const std::string& line : EveryKind()) commands.push_back(Json::parse(line));
    for (const std::string& line :
         LinesOf(SUANPAN_SOURCE_DIR "/tests/unit/engine/further_commands.jsonl")) {
      commands.push_back(Json::parse(Absolute(line)));
    }
    return commands;
  }();
  return history;
}

/// Facts of a kind as JSON with random values and random presence of what is optional.
template <class T>
Json SomeFact(Random& random) {
  Arena arena;
  schema::NameTable names;
  names.Intern("first.name");
  const schema::SampleEntry sample = schema::MakeSample<T>(
      *rules::Catalogue::Standard().kinds().ByNumber(T::kKind),
      [&random](std::uint64_t below) { return random() % below; }, arena, names);
  return Json::parse(
      schema::EventJson(sample.event, names, schema::JsonFieldWriter::View::kCommand));
}

Json SomeFactOf(const std::string& kind, Random& random) {
  Json fact;
  schema::AllKinds::ForEach([&]<class T>() {
    if (T::kName == kind) fact = SomeFact<T>(random);
  });
  return fact;
}

bool IsAmount(const std::string& label) {
  static const std::set<std::string> kAmounts = {
      "quantity", "counted", "capacity",       "points",         "minutes",     "activity",
      "day",      "total",   "negative_floor", "per_day_points", "min_balance", "min_minutes",
      "score",    "of",      "distance_m"};
  return label.ends_with("_fen") || kAmounts.contains(label);
}
bool IsAddress(const std::string& text) {
  static const std::regex pattern{"[0-9]+\\.[0-9]+"};
  return std::regex_match(text, pattern);
}
bool IsDecimal(const std::string& text) {  // `of` may also be an address or a name
  return text.find_first_not_of("-0123456789") == std::string::npos;
}

/// Values that mean something in the example's book, for random fields that would not.
class Plausible {
 public:
  Plausible(Random& random, std::uint64_t head) : random_(random), head_(head) {}

  void Make(Json& value, const std::string& label) {
    if (value.is_structured()) {
      for (auto& [name, inner] : value.items()) Make(inner, value.is_array() ? label : name);
    } else if (value.is_string()) {
      MakeText(value, label);
    }
  }

 private:
  void MakeText(Json& value, const std::string& label) {
    static const std::regex day{"[0-9]{4}-[0-9]{2}-[0-9]{2}"};
    const std::string text = value;
    if (IsAddress(text) && label == "approval") {
      const std::size_t given = EveryKind().size() + 7;  // where the further commands approve
      value = head_ > given ? fmt::format("{}.{}", given, random_() % 5) : One({"11.0", "11.1"});
    } else if (IsAddress(text)) {
      value = fmt::format("{}.0", 1 + random_() % head_);
    } else if (label == "agreement") {
      value = One({"ag-1", "ag-2", text});
    } else if (std::regex_match(text, day)) {
      value = One({"2025-03-02", "2025-12-31", "2026-06-30"});
    } else if (IsAmount(label)) {
      value = fmt::format("{}", 1 + random_() % 3);
    } else if (label != "kind" && text.find('/') == std::string::npos && random_() % 2 == 0) {
      value = One({"v-1", "o-canteen", "f-zz", "ag-1", "b-1", "elder_care", "p-sup", "h-1"});
    }
  }
  std::string One(std::vector<std::string> texts) { return texts[random_() % texts.size()]; }

  Random& random_;
  std::uint64_t head_;
};

/// Adds, takes away or changes one field of an object, or of a row or object in it.
void ChangeOne(Json& object, const Json& other, Random& random) {
  std::set<std::string> labels;
  for (const Json* each : std::initializer_list<const Json*>{&object, &other}) {
    for (const auto& [name, value] : each->items()) labels.insert(name);
  }
  labels.erase("kind");
  labels.erase("occurred_at");
  const std::string label =
      *std::next(labels.begin(), static_cast<std::ptrdiff_t>(random() % labels.size()));
  const bool here = object.contains(label);
  const bool there = other.contains(label);
  if (here && there && random() % 2 == 0) {
    Json& value = object[label];
    if (value.is_object() && other[label].is_object())
      return ChangeOne(value, other[label], random);
    if (value.is_array() && !value.empty() && value[0].is_object() && !other[label].empty()) {
      return ChangeOne(value[random() % value.size()], other[label][0], random);
    }
  }
  if (here && (!there || random() % 2 == 0)) {
    object.erase(label);
  } else if (there) {
    object[label] = other[label];
  }
}

/// What is equal for two spellings of one command, written down apart from the engine: numbers as
/// texts, "#n" as its address, fields in the order of their names.
nlohmann::json Normal(const Json& value, const std::string& label,
                      const std::map<std::string, std::string>& facts) {
  if (value.is_object()) {
    nlohmann::json sorted = nlohmann::json::object();
    for (const auto& [name, inner] : value.items()) sorted[name] = Normal(inner, name, facts);
    return sorted;
  }
  if (label == "irregular") return value.get<std::set<std::string>>();
  if (value.is_array()) {
    nlohmann::json list = nlohmann::json::array();
    for (const Json& inner : value) list.push_back(Normal(inner, label, facts));
    return list;
  }
  if (value.is_number() && IsAmount(label)) return value.dump();
  if (!value.is_string()) return nlohmann::json::parse(value.dump());
  const std::string text = value;
  return facts.contains(text) ? facts.at(text) : text;
}

/// Counts what was accepted, so that the test can tell that it tried everything.
struct Coverage {
  std::map<std::string, int> accepted;                                       ///< by kind
  std::map<std::string, std::map<std::string, std::pair<int, int>>> fields;  ///< absent, present
  int changes = 0;
  int spellings = 0;

  void Count(const Json& fact) {
    const std::string kind = fact["kind"];
    ++accepted[kind];
    for (auto& [label, seen] : fields[kind]) (fact.contains(label) ? seen.second : seen.first) += 1;
  }
};

class Reproduction : public testing::Test {
 protected:
  /// A history that ends with command `target`, changed at random where that is accepted.
  void Play(std::uint64_t seed, std::size_t target) {
    Random random{seed};
    LedgerHolder holder{MakeMemoryHome()};
    holder.SetClock("2026-02-01T00:00:00Z");
    for (std::size_t i = 0; i < target; ++i) holder.Commit(History()[i].dump());
    bool accepted = false;
    for (int attempt = 0; !accepted && attempt < kAttempts; ++attempt) {
      accepted = Try(holder, Changed(History()[target], target + 1, random));
    }
    EXPECT_TRUE(accepted || Try(holder, History()[target])) << History()[target];
  }
  static Json Changed(Json command, std::uint64_t head, Random& random) {
    command.erase("expected_seq");
    Json& fact = command["facts"][random() % command["facts"].size()];
    Json other = SomeFactOf(fact["kind"], random);
    Plausible{random, head}.Make(other, "");
    const std::uint64_t changes = 1 + random() % 4;
    for (std::uint64_t i = 0; i < changes; ++i) ChangeOne(fact, other, random);
    return command;
  }
  /// Sends the command; where it is accepted, looks at all that must hold then.
  bool Try(LedgerHolder& holder, const Json& command) {
    const Json answer = holder.Send(command.dump());
    if (answer["result"] != "committed") return false;
    for (const Json& fact : command["facts"]) coverage_.Count(fact);
    std::map<std::string, std::string> facts;
    for (const Json& event : answer["events"]) {
      if (event.contains("fact")) facts[fmt::format("#{}", event["fact"].get<int>())] = event["at"];
    }
    const Stored stored = Read(holder, Seq{answer["seq"].get<std::uint64_t>()});
    Json sent = command;
    sent.erase("expected_seq");
    EXPECT_EQ(Normal(stored.command, "", facts), Normal(sent, "", facts)) << "sent " << command;
    EXPECT_EQ(holder.Send(stored.command.dump())["answer"].dump(), answer.dump());
    OtherSpellings(holder, sent);
    for (std::uint32_t i = 0; i < sent["facts"].size(); ++i) {
      Json other = sent;
      WithOneMore(other["facts"][i], stored.facts[i], "",
                  [&](const std::string& field) { ExpectConflict(holder, other, i, field); });
      WithOneLess(other["facts"][i], "",
                  [&](const std::string& field) { ExpectConflict(holder, other, i, field); });
    }
    return true;
  }

  struct Stored {
    Json command;             ///< made from the entry alone
    std::vector<Json> facts;  ///< with what was filled in: defaults and computed fields
  };
  static Stored Read(LedgerHolder& holder, Seq seq) {
    const store::EventReader& reader = holder.ledger().reader();
    const BookNo book = holder.ledger().NumberOf("zz").value();
    const schema::KindTable& kinds = holder.catalogue().kinds();
    schema::NameTable names;
    EXPECT_OK(ReadNames(reader, book, seq, kinds, names));
    const EntryBytes entry = ReadEntry(reader, book, seq).value();
    Arena arena;
    const schema::EntryView view = schema::DecodeEntry(entry.bytes(), kinds, arena).value();
    Stored stored;
    std::string command;
    schema::JsonText json{command};
    schema::WriteCommandJson(json, names, "zz", view);
    stored.command = Json::parse(command);
    for (const schema::Event& event : view.events) {
      if (OriginOf(event) != schema::Origin::kFact) continue;
      stored.facts.push_back(
          Json::parse(schema::EventJson(event, names, schema::JsonFieldWriter::View::kEvent)));
    }
    return stored;
  }

  /// Numbers as texts and texts as numbers, a fraction of a second: the same command.
  void OtherSpellings(LedgerHolder& holder, const Json& sent) {
    Json other = sent;
    for (Json& fact : other["facts"]) {
      Respell(fact, "");
      std::string at = fact["occurred_at"];
      fact["occurred_at"] = at.insert(19, ".75");
    }
    ++coverage_.spellings;
    EXPECT_EQ(holder.Send(other.dump())["result"], "duplicate") << other;
  }
  static void Respell(Json& value, const std::string& label) {
    if (value.is_structured()) {
      for (auto& [name, inner] : value.items()) Respell(inner, value.is_array() ? label : name);
    } else if (IsAmount(label) && (!value.is_string() || IsDecimal(value))) {
      value = value.is_string() ? Json::parse(value.get<std::string>()) : Json(value.dump());
    }
  }

  /// Calls `try_it` with the object made longer by each field that the stored one shows besides:
  /// a default spelled out, or what only the engine says.
  template <class Try>
  static void WithOneMore(Json& object, const Json& stored, const std::string& path,
                          const Try& try_it) {
    for (const auto& [label, value] : stored.items()) {
      const std::string field = path.empty() ? label : path + "." + label;
      if (value.is_array() && value.empty()) continue;  // the same as none
      if (!object.contains(label)) {
        object[label] = value;
        try_it(field);
        object.erase(label);
      } else if (object[label].is_array() && value.is_array()) {
        for (std::size_t i = 0; i < std::min(object[label].size(), value.size()); ++i) {
          if (!value[i].is_object()) continue;
          WithOneMore(object[label][i], value[i], fmt::format("{}[{}]", field, i), try_it);
        }
      } else if (object[label].is_object()) {
        WithOneMore(object[label], value, field, try_it);
      }
    }
  }
  /// The same with each field left out.
  template <class Try>
  static void WithOneLess(Json& object, const std::string& path, const Try& try_it) {
    const Json whole = object;
    for (const auto& [label, value] : whole.items()) {
      const std::string field = path.empty() ? label : path + "." + label;
      object.erase(label);
      try_it(field);
      object = whole;
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        if (!value[i].is_object()) continue;
        WithOneLess(object[label][i], fmt::format("{}[{}]", field, i), try_it);
      }
      if (value.is_object()) WithOneLess(object[label], field, try_it);
    }
  }
  /// Whether a field is another or stands in it.
  static bool Holds(const std::string& whole, const std::string& part) {
    return part == whole || part.starts_with(whole + ".") || part.starts_with(whole + "[");
  }
  void ExpectConflict(LedgerHolder& holder, const Json& command, std::uint32_t fact,
                      const std::string& field) {
    ++coverage_.changes;
    const Json answer = holder.Send(command.dump());
    const std::string named = answer.value("field", "");
    EXPECT_EQ(answer["code"], "key_conflict") << field << ": " << command;
    EXPECT_EQ(answer["fact"], fact) << field << ": " << command;
    // A part may be told by the name of the whole, a whole that is not there by its first part.
    EXPECT_TRUE(!named.empty() && (Holds(named, field) || Holds(field, named)))
        << field << " is called " << named << ": " << command;
  }

  Coverage coverage_;
};

TEST_F(Reproduction, OfEveryAcceptedCommandIsExact) {
  Random random{1};
  schema::AllKinds::ForEach([&]<class T>() {
    if constexpr (T::kOrigin == schema::Origin::kFact) {
      for (int i = 0; i < 300; ++i) {
        const Json fact = SomeFact<T>(random);
        for (const auto& [label, value] : fact.items()) coverage_.fields[fact["kind"]][label];
      }
    }
  });
  for (std::uint64_t seed = 1; seed <= kHistoriesOfCommand * History().size() && !HasFailure();
       ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Play(seed, seed % History().size());
  }
  std::string never;
  for (const auto& [kind, fields] : coverage_.fields) {
    EXPECT_GT(coverage_.accepted[kind], 50) << kind;
    for (const auto& [label, seen] : fields) {
      if (label == "replaces" && seen.second == 0) continue;  // only after a reversal
      if ((seen.second == 0) != IsNotYet(kind, label)) never += kind + " " + label + "\n";
    }
  }
  std::cout << fmt::format("{} other spellings, {} changes\n", coverage_.spellings,
                           coverage_.changes);
  EXPECT_EQ(never, "") << "no accepted command had these, or one had them after all";
}

}  // namespace
}  // namespace suanpan::engine::test
