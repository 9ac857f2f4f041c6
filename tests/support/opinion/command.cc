#include "support/opinion/command.h"

#include <regex>
#include <set>

#include "support/opinion/names.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kBytesMax = 64 * 1024;
constexpr int kDepthMax = 8;
constexpr std::size_t kFactsMax = 256;

/// Brackets outside strings, whatever else the text is.
int DepthOf(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      deepest = std::max(deepest, ++depth);
    } else if (!in_string && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return deepest;
}

/// Where the reader is in the text, to notice a field that stands twice.
class Places {
 public:
  explicit Places(std::vector<std::string>& twice) : twice_(twice) {}

  void Meet(Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::key) {
      Place& place = places_.back();
      place.name = parsed.get<std::string>();
      if (!place.met.insert(place.name).second) twice_.push_back(Path());
    } else if (event == Event::object_end || event == Event::array_end) {
      places_.pop_back();
    } else {
      if (!places_.empty() && places_.back().is_list) ++places_.back().index;
      if (event == Event::object_start || event == Event::array_start) {
        places_.push_back({event == Event::array_start});
      }
    }
  }

 private:
  struct Place {
    bool is_list = false;
    std::string name;
    std::set<std::string> met;
    int index = -1;
  };
  [[nodiscard]] std::string Path() const {
    std::string path;
    for (const Place& place : places_) {
      if (place.is_list) {
        path += "[" + std::to_string(place.index) + "]";
      } else {
        path += (path.empty() ? "" : ".") + place.name;
      }
    }
    return path;
  }

  std::vector<std::string>& twice_;
  std::vector<Place> places_;
};

bool IsKey(const std::string& key) {
  static const std::regex kUuid{"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"};
  if (std::regex_match(key, kUuid)) return true;
  static const std::regex kCounter{"(.*)/(0|[1-9][0-9]{0,19})"};
  std::smatch parts;
  if (!std::regex_match(key, parts, kCounter) || !IsRef(parts[1])) return false;
  const std::string counter = parts[2];
  return counter.size() < 20 || counter <= "18446744073709551615";
}

bool StandsTwice(const Command& command, const std::string& field) {
  return std::find(command.twice.begin(), command.twice.end(), field) != command.twice.end();
}

std::string GoodText(const Command& command, const char* field,
                     bool (*is_good)(const std::string&)) {
  if (!command.json.contains(field) || StandsTwice(command, field)) return {};
  const Json& value = command.json.at(field);
  return value.is_string() && is_good(value) ? value.get<std::string>() : std::string{};
}

}  // namespace

Command ReadText(std::string_view text) {
  if (text.size() > kBytesMax || DepthOf(text) > kDepthMax) Refuse("too_large");
  if (text.starts_with("\xEF\xBB\xBF")) Refuse("bad_json");
  Command command;
  Places places{command.twice};
  const auto meet = [&](int, Json::parse_event_t event, Json& parsed) {
    places.Meet(event, parsed);
    return true;
  };
  command.json = Json::parse(text, meet, false);
  if (!command.json.is_object()) Refuse("bad_json");
  command.book = GoodText(command, "book", IsRef);
  command.key = GoodText(command, "key", IsKey);
  return command;
}

void CheckEnvelope(const Command& command) {
  for (const auto& [name, value] : command.json.items()) {
    const bool known = name == "book" || name == "key" || name == "expected_seq" || name == "facts";
    if (!known) Refuse("unknown_field", name);
  }
  for (const char* field : {"book", "key", "expected_seq", "facts"}) {
    if (StandsTwice(command, field)) Refuse("duplicate_field", field);
  }
  for (const char* field : {"book", "key", "facts"}) {
    if (!command.json.contains(field)) Refuse("missing_field", field);
  }
  if (command.book.empty()) Refuse("bad_field", "book");
  if (command.key.empty()) Refuse("bad_key", "key");
  const Json expected = command.json.value("expected_seq", Json(0));
  if (!expected.is_number_unsigned() && !(expected.is_number_integer() && expected >= 0)) {
    Refuse("bad_field", "expected_seq");
  }
  const Json& facts = command.json.at("facts");
  if (!facts.is_array() || facts.empty()) Refuse("bad_field", "facts");
  if (facts.size() > kFactsMax) Refuse("too_large", "facts");
}

void CheckTwice(const Command& command, std::size_t fact) {
  const std::string prefix = "facts[" + std::to_string(fact) + "].";
  for (const std::string& path : command.twice) {
    if (path.starts_with(prefix)) Refuse("duplicate_field", path.substr(prefix.size()));
  }
}

}  // namespace suanpan::opinion
