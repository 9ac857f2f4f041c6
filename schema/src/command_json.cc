#include "suanpan/schema/command_json.h"

#include <algorithm>
#include <charconv>

#include "src/expected.h"
#include "src/json_frames.h"
#include "src/json_numbers.h"
#include "src/json_scan.h"
#include "suanpan/base/invariant.h"
#include "suanpan/schema/needed_approval.h"

namespace suanpan::schema {

using simdjson::dom::element;
using simdjson::dom::element_type;

struct CommandParser::Impl {
  Impl() {
    // The parser refuses what nests deeper before it builds anything. It counts the level it is
    // about to enter.
    SUANPAN_INVARIANT(parser.allocate(kBytesAtFirst, kJsonDepthMax + 1) == simdjson::SUCCESS);
  }

  static constexpr std::size_t kBytesAtFirst = 4'096;

  simdjson::dom::parser parser{kRequestBytesMax};
  simdjson::padded_string padded{kRequestBytesMax};
  Arena arena;
  NameTable names;
  JsonFieldReader::Frames frames;
  std::vector<std::string_view> seen;  ///< names of the envelope's fields
  std::string book;
  std::optional<simdjson::dom::array> facts;

  [[nodiscard]] std::optional<Refusal> ReadField(std::string_view name, const element& value,
                                                 Command& command, CommandParser& outer);
  [[nodiscard]] std::variant<Command, Refusal> Envelope(const KindTable& kinds, const element& root,
                                                        CommandParser& outer);
  void ReadFacts(const KindTable& kinds, const simdjson::dom::array& rows, Command& command);
  [[nodiscard]] std::optional<Refusal> ReadFact(const KindTable& kinds, const element& json,
                                                Event& fact);
};

CommandParser::CommandParser(const KindTable& kinds)
    : kinds_(kinds), impl_(std::make_unique<Impl>()) {}
CommandParser::~CommandParser() = default;

namespace {

Refusal BadKey() {
  return Refuse(RefusalCode::bad_key, "key")
      .With("expected",
            "a UUID in lower case, or STREAM/COUNTER like till-3/1041: a ref, then a "
            "whole number without leading zeros");
}

/// How a JSON text nests.
struct Nesting {
  std::size_t deepest = 0;
  std::size_t left_open = 0;  ///< objects and lists in which the text ends
};

Nesting NestingOf(std::string_view json) {
  Nesting nesting;
  JsonScan scan{json};
  for (std::size_t at = scan.Next(); at != JsonScan::kEnd; at = scan.Next()) {
    const char c = json[at];
    if (c == '{' || c == '[') {
      nesting.deepest = std::max(nesting.deepest, ++nesting.left_open);
    } else if ((c == '}' || c == ']') && nesting.left_open > 0) {
      --nesting.left_open;
    }
  }
  return nesting;
}

Refusal NoObject() {
  return Refuse(RefusalCode::bad_json).With("reason", "a command is a JSON object");
}

Refusal TooDeep() { return Refuse(RefusalCode::too_large).WithCount("depth_max", kJsonDepthMax); }

bool IsFaulty(const std::variant<Command, Refusal>& read) {
  const auto* command = std::get_if<Command>(&read);
  return command == nullptr || command->fault || command->envelope_fault;
}

/// Why a text that the parser gave up is refused.
Refusal JsonRefusal(std::string_view json, simdjson::error_code error) {
  const Nesting nesting = NestingOf(json);
  if (nesting.deepest > kJsonDepthMax) return TooDeep();
  if (json.starts_with("\xef\xbb\xbf")) {
    return Refuse(RefusalCode::bad_json)
        .With("reason", "it begins with a byte order mark; UTF-8 needs none");
  }
  // A command that is broken for reading: its first line ends in an object.
  if (nesting.left_open > 0) {
    return Refuse(RefusalCode::bad_json)
        .With("reason",
              "it ends inside an object or a list; a command is one line, and `jq -c .` makes one "
              "line of several");
  }
  const bool large = error == simdjson::DEPTH_ERROR || error == simdjson::CAPACITY;
  return Refuse(large ? RefusalCode::too_large : RefusalCode::bad_json)
      .With("reason", simdjson::error_message(error));
}

}  // namespace

std::variant<Command, Refusal> CommandParser::Parse(std::string_view json) {
  book_ = {};
  key_ = {};
  impl_->arena.Reset();
  impl_->names.Truncate(0);
  impl_->frames.Reset();
  if (json.size() > kRequestBytesMax) {
    return Refuse(RefusalCode::too_large).WithCount("bytes_max", kRequestBytesMax);
  }
  if (!json.empty()) std::memcpy(impl_->padded.data(), json.data(), json.size());
  element root;
  simdjson::error_code error =
      impl_->parser.parse(impl_->padded.data(), json.size(), false).get(root);
  if (error == simdjson::NUMBER_ERROR && ReplaceWideNumbers({impl_->padded.data(), json.size()})) {
    error = impl_->parser.parse(impl_->padded.data(), json.size(), false).get(root);
  }
  if (error != simdjson::SUCCESS) return JsonRefusal(json, error);
  std::variant<Command, Refusal> read = root.type() == element_type::OBJECT
                                            ? impl_->Envelope(kinds_, root, *this)
                                            : std::variant<Command, Refusal>{NoObject()};
  // The parser does not count a level that is empty; no command has so many, so it has a fault.
  if (IsFaulty(read) && NestingOf(json).deepest > kJsonDepthMax) {
    book_ = {};
    key_ = {};
    return TooDeep();
  }
  return read;
}

std::optional<Refusal> CommandParser::ReadKey(std::string_view text, CommandKey& key) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) {
    const std::optional<Uuid> uuid = ParseUuid(text);
    if (!uuid) return BadKey();
    key.form = KeyForm::kUuid;
    key.uuid = *uuid;
    return std::nullopt;
  }
  const std::string_view stream = text.substr(0, slash);
  const std::string_view digits = text.substr(slash + 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), key.counter);
  const bool plain =
      !digits.empty() && (digits.size() == 1 || digits[0] != '0') && digits[0] != '-';
  if (!IsRef(stream) || !plain || error != std::errc{} || end != digits.data() + digits.size()) {
    return BadKey();
  }
  key.form = KeyForm::kStream;
  key.stream = impl_->names.Intern(stream);
  return std::nullopt;
}

std::optional<Refusal> CommandParser::Impl::ReadField(std::string_view name, const element& value,
                                                      Command& command, CommandParser& outer) {
  const bool is_text = value.type() == element_type::STRING;
  if (name == "book") {
    const auto expected = std::string{ExpectedName(Grammar::kRef)};
    if (!is_text) return Refuse(RefusalCode::bad_field, name).With("expected", expected);
    book = value.get_string().value_unsafe();
    if (!IsRef(book)) return Refuse(RefusalCode::bad_field, name).With("expected", expected);
    command.book = outer.book_ = book;
  } else if (name == "key") {
    if (!is_text) return BadKey();
    const std::string_view key = value.get_string().value_unsafe();
    std::optional<Refusal> bad = outer.ReadKey(key, command.key);
    if (!bad) outer.key_ = key;
    return bad;
  } else if (name == "expected_seq") {
    if (value.type() != element_type::INT64 || value.get_int64().value_unsafe() < 0) {
      return Refuse(RefusalCode::bad_field, name)
          .With("expected", "the last sequence that is known, a whole number from 0");
    }
    command.expected_seq = Seq{static_cast<std::uint64_t>(value.get_int64().value_unsafe())};
  } else if (name == "facts") {
    if (value.type() != element_type::ARRAY) {
      return Refuse(RefusalCode::bad_field, name).With("expected", "a list of 1 to 256");
    }
    facts = value.get_array().value_unsafe();
  } else {
    return Refuse(RefusalCode::unknown_field, name)
        .With("expected", "book, key, expected_seq and facts");
  }
  return std::nullopt;
}

std::variant<Command, Refusal> CommandParser::Impl::Envelope(const KindTable& kinds,
                                                             const element& root,
                                                             CommandParser& outer) {
  Command command;
  facts.reset();
  std::optional<Refusal> fault;
  const auto note = [&fault](Refusal refusal) {
    if (!fault) fault = std::move(refusal);
  };
  seen.clear();
  const simdjson::dom::object object = root.get_object().value_unsafe();
  for (const simdjson::dom::key_value_pair field : object) {
    const bool twice = std::find(seen.begin(), seen.end(), field.key) != seen.end();
    seen.push_back(field.key);
    const bool names_entry = field.key == "book" || field.key == "key";
    std::optional<Refusal> bad = twice ? Refuse(RefusalCode::duplicate_field, field.key)
                                       : ReadField(field.key, field.value, command, outer);
    if (bad && names_entry) return *std::move(bad);
    if (bad) note(*std::move(bad));
  }
  if (command.book.empty()) return Refuse(RefusalCode::missing_field, "book");
  if (command.key.form == KeyForm::kEngine) return Refuse(RefusalCode::missing_field, "key");
  if (!facts) {
    note(Refuse(RefusalCode::missing_field, "facts"));
  } else if (facts->size() == 0) {
    note(Refuse(RefusalCode::bad_field, "facts").With("expected", "a list of 1 to 256"));
  } else if (facts->size() > kFactsMax) {
    note(Refuse(RefusalCode::too_large, "facts").WithCount("facts_max", kFactsMax));
  } else {
    ReadFacts(kinds, *facts, command);
  }
  command.checked = true;
  const std::span<std::string_view> texts = arena.Make<std::string_view>(names.count());
  for (std::uint32_t i = 0; i < texts.size(); ++i) texts[i] = names.TextOf(NameId{i + 1});
  command.names = texts;
  command.envelope_fault = std::move(fault);
  return command;
}

void CommandParser::Impl::ReadFacts(const KindTable& kinds, const simdjson::dom::array& rows,
                                    Command& command) {
  const std::span<Event> made = arena.Make<Event>(rows.size());
  std::uint32_t index = 0;
  for (const element json : rows) {
    std::optional<Refusal> fault = ReadFact(kinds, json, made[index]);
    ++index;
    if (fault && !command.fault) command.fault = FieldFault{index - 1, *std::move(fault)};
  }
  command.facts = made;
}

std::optional<Refusal> CommandParser::Impl::ReadFact(const KindTable& kinds, const element& json,
                                                     Event& fact) {
  if (json.type() != element_type::OBJECT) return Refuse(RefusalCode::bad_field);
  frames.Reset();
  frames.Enter(json.get_object().value_unsafe());
  bool twice = false;
  const JsonFieldReader::Frames::Field* kind = frames.Find("kind", twice);
  if (twice) return Refuse(RefusalCode::duplicate_field, "kind");
  if (kind == nullptr) return Refuse(RefusalCode::missing_field, "kind");
  if (kind->value.type() != element_type::STRING) return Refuse(RefusalCode::bad_field, "kind");
  const std::string_view name = kind->value.get_string().value_unsafe();
  fact.kind = kinds.ByName(name);
  if (fact.kind == nullptr)
    return Refuse(RefusalCode::unknown_kind, "kind").With("kind", std::string{name});
  if (fact.kind->origin != Origin::kFact) {
    return Refuse(RefusalCode::engine_only, "kind").With("kind", std::string{name});
  }
  JsonFieldReader reader{arena, names, frames};
  reader.Time("occurred_at", fact.common.occurred, Need::kRequired);
  EventCommon::Describe(reader, fact.common);
  void* value = fact.kind->make(arena);
  fact.payload = value;
  fact.kind->read_json(reader, value);
  reader.LeaveObject();
  if (!reader.fault() && LacksApproval(*fact.kind, fact.common)) {
    return Refuse(RefusalCode::missing_field, "approval");
  }
  return reader.fault();
}

}  // namespace suanpan::schema
