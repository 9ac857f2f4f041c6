#include "suanpan/schema/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "src/expected.h"
#include "src/json_frames.h"
#include "suanpan/schema/entry_format.h"

namespace suanpan::schema {

using simdjson::dom::element_type;

void JsonFieldReader::Frames::Enter(const simdjson::dom::object& object, std::string_view label,
                                    std::size_t index) {
  if (depth == frames.size()) frames.emplace_back();
  const std::size_t begin = fields.size();
  for (const simdjson::dom::key_value_pair field : object)
    fields.push_back({field.key, field.value, TagOf(field.key), false});
  frames[depth++] = {begin, label, index, begin, HasDistinctTags(begin)};
}

bool JsonFieldReader::Frames::HasDistinctTags(std::size_t begin) const {
  if (fields.size() - begin > kComparedMax) return false;
  for (std::size_t i = begin; i < fields.size(); ++i) {
    for (std::size_t j = begin; j < i; ++j)
      if (fields[i].tag == fields[j].tag) return false;
  }
  return true;
}

std::string JsonFieldReader::Frames::PathOf(std::string_view label) const {
  std::string path;
  for (std::size_t i = 0; i < depth; ++i) {
    if (frames[i].label.empty()) continue;
    path += frames[i].label;
    path += frames[i].index == Frame::kNoIndex ? "." : fmt::format("[{}].", frames[i].index);
  }
  path += label;
  return path;
}

void JsonFieldReader::Frames::Leave() {
  fields.resize(top().begin);
  --depth;
}

JsonFieldReader::Frames::Field* JsonFieldReader::Frames::Find(std::string_view key, bool& twice) {
  const std::uint32_t tag = TagOf(key);
  Frame& frame = top();
  if (frame.distinct) {
    // Most writers keep to the order of the catalogue.
    for (std::size_t left = fields.size() - frame.begin, i = frame.next; left > 0; --left, ++i) {
      if (i == fields.size()) i = frame.begin;
      if (fields[i].tag != tag || fields[i].key != key) continue;
      fields[i].used = true;
      frame.next = i + 1;
      return &fields[i];
    }
    return nullptr;
  }
  Field* found = nullptr;
  for (std::size_t i = frame.begin; i < fields.size(); ++i) {
    if (fields[i].tag != tag || fields[i].key != key) continue;
    twice = twice || found != nullptr;
    fields[i].used = true;
    if (found == nullptr) found = &fields[i];
  }
  return found;
}

void JsonFieldReader::Fail(RefusalCode code, std::string_view label, std::string_view expected) {
  if (fault_) return;
  fault_ = Refuse(code, frames_.PathOf(label));
  if (!expected.empty()) fault_ = std::move(*fault_).With("expected", std::string{expected});
}

namespace {

/// Decimal digits with an optional minus; no plus, no leading zero.
bool ParseDecimal(std::string_view text, std::int64_t& value) {
  const std::string_view digits = !text.empty() && text[0] == '-' ? text.substr(1) : text;
  if (digits.empty() || (digits.size() > 1 && digits[0] == '0') || text == "-0") return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool ReadInteger(const simdjson::dom::element& element, bool text_allowed, std::int64_t& value) {
  if (element.type() == element_type::INT64) {
    value = element.get_int64().value_unsafe();
    return true;
  }
  if (!text_allowed || element.type() != element_type::STRING) return false;
  return ParseDecimal(element.get_string().value_unsafe(), value);
}

}  // namespace

bool JsonFieldReader::ReadAmount(std::string_view label, std::int64_t& value, Sign sign,
                                 Need need) {
  if (computed_) return false;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return false;
  }
  if (!ReadInteger(field->value, true, value)) {
    Fail(RefusalCode::bad_field, label, kExpectedAmount);
    return false;
  }
  if (const auto code = CheckSign(value, sign)) Fail(*code, label);
  return true;
}

bool JsonFieldReader::ReadCount(std::string_view label, std::int64_t& value, Range range,
                                Need need) {
  if (computed_) return false;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return false;
  }
  if (!ReadInteger(field->value, false, value) || value < range.min || value > range.max) {
    Fail(RefusalCode::bad_field, label,
         fmt::format("a whole number from {} to {}", range.min, range.max));
    return false;
  }
  return true;
}

bool JsonFieldReader::ReadText(std::string_view label, std::string_view& text, Need need) {
  if (computed_) return false;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return false;
  }
  if (field->value.type() != element_type::STRING) {
    Fail(RefusalCode::bad_field, label, kExpectedText);
    return false;
  }
  text = field->value.get_string().value_unsafe();
  return true;
}

bool JsonFieldReader::ReadTexts(std::string_view label, std::span<const std::string_view>& texts,
                                std::size_t max, Need need) {
  std::size_t count = 0;
  if (!EnterArray(label, count, max, need)) return false;
  const std::span<std::string_view> made = arena_.Make<std::string_view>(count);
  std::size_t i = 0;
  bool good = true;
  for (; i < count; ++i, ++frames_.lists.back().next) {
    const simdjson::dom::element element = *frames_.lists.back().next;
    if (element.type() != element_type::STRING) {
      Fail(RefusalCode::bad_field, fmt::format("{}[{}]", label, i), kExpectedText);
      good = false;
      break;
    }
    made[i] = element.get_string().value_unsafe();
  }
  LeaveArray();
  texts = made;
  return good;
}

bool JsonFieldReader::EnterArray(std::string_view label, std::size_t& count, std::size_t max,
                                 Need need) {
  if (computed_) return false;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return false;
  }
  const auto refuse = [&] {
    Fail(RefusalCode::bad_field, label,
         fmt::format("a list of {} to {}", need == Need::kRequired ? 1 : 0, max));
    return false;
  };
  if (field->value.type() != element_type::ARRAY) return refuse();
  const simdjson::dom::array array = field->value.get_array().value_unsafe();
  count = array.size();
  if (count > max || (count == 0 && need == Need::kRequired)) return refuse();
  frames_.lists.push_back({label, array.begin()});
  return true;
}

bool JsonFieldReader::EnterElement(std::size_t index) {
  Frames::List& list = frames_.lists.back();
  const simdjson::dom::element element = *list.next;
  ++list.next;
  if (element.type() != element_type::OBJECT) {
    Fail(RefusalCode::bad_field, fmt::format("{}[{}]", list.label, index), kExpectedObject);
    return false;
  }
  frames_.Enter(element.get_object().value_unsafe(), list.label, index);
  return true;
}

void JsonFieldReader::LeaveArray() { frames_.lists.pop_back(); }

bool JsonFieldReader::EnterObject(std::string_view label, Need need) {
  if (computed_) return false;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return false;
  }
  if (field->value.type() != element_type::OBJECT) {
    Fail(RefusalCode::bad_field, label, kExpectedObject);
    return false;
  }
  frames_.Enter(field->value.get_object().value_unsafe(), label);
  return true;
}

void JsonFieldReader::LeaveObject() {
  for (std::size_t i = frames_.top().begin; i < frames_.fields.size() && !fault_; ++i) {
    if (!frames_.fields[i].used) Fail(RefusalCode::unknown_field, frames_.fields[i].key);
  }
  frames_.Leave();
}

void JsonFieldReader::Name(std::string_view label, NameId& id, Grammar grammar, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  if (!Obeys(text, grammar)) return Fail(RefusalCode::bad_field, label, ExpectedName(grammar));
  id = names_.Intern(text);
}

void JsonFieldReader::Enum(std::string_view label, std::uint8_t& value, Words words, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == text) value = static_cast<std::uint8_t>(i + 1);
  }
  if (value == 0) {
    Fail(RefusalCode::bad_field, label, fmt::format("one of {}", fmt::join(words, ", ")));
  }
}

void JsonFieldReader::WordSet(std::string_view label, std::uint8_t& bits, Words words, Need need) {
  std::span<const std::string_view> texts;
  if (!ReadTexts(label, texts, words.size(), need)) return;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto word = std::ranges::find(words, texts[i]);
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(word - words.begin()));
    if (word == words.end() || (bits & bit) != 0) {
      return Fail(RefusalCode::bad_field, fmt::format("{}[{}]", label, i),
                  fmt::format("one of {}, each once", fmt::join(words, ", ")));
    }
    bits |= bit;
  }
}

void JsonFieldReader::Bool(std::string_view label, std::uint8_t& value, Need need) {
  if (computed_) return;
  bool twice = false;
  const Frames::Field* field = frames_.Find(label, twice);
  if (twice) Fail(RefusalCode::duplicate_field, label);
  if (field == nullptr) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
    return;
  }
  if (field->value.type() != element_type::BOOL) {
    return Fail(RefusalCode::bad_field, label, kExpectedBool);
  }
  value = field->value.get_bool().value_unsafe() ? kTrue : kFalse;
}

void JsonFieldReader::Day(std::string_view label, Date& date, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  const std::optional<Date> parsed = ParseDate(text);
  if (!parsed || parsed->value() == 0) return Fail(RefusalCode::bad_field, label, kExpectedDate);
  date = *parsed;
}

void JsonFieldReader::Period(std::string_view label, Month& month, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  const std::optional<Month> parsed = ParseMonth(text);
  if (!parsed || !PeriodIsGood(*parsed)) return Fail(RefusalCode::bad_field, label, kExpectedMonth);
  month = *parsed;
}

void JsonFieldReader::Time(std::string_view label, StatedTime& time, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  const std::optional<StatedTime> parsed = ParseStatedTime(text);
  if (!parsed) return Fail(RefusalCode::bad_field, label, kExpectedTime);
  time = *parsed;
}

namespace {

RefusalCode AddressRefusal(std::string_view text) {
  return text.starts_with('#') ? RefusalCode::bad_local_ref : RefusalCode::bad_field;
}

}  // namespace

void JsonFieldReader::Event(std::string_view label, Address& address, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  const std::optional<Address> parsed = ParseAddress(text, true);
  if (!parsed) return Fail(AddressRefusal(text), label, kExpectedAddress);
  address = *parsed;
}

void JsonFieldReader::Events(std::string_view label, std::span<const Address>& list,
                             std::size_t max) {
  std::span<const std::string_view> texts;
  if (!ReadTexts(label, texts, max, Need::kOptional)) return;
  const std::span<Address> made = arena_.Make<Address>(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::optional<Address> parsed = ParseAddress(texts[i], true);
    if (!parsed) {
      return Fail(AddressRefusal(texts[i]), fmt::format("{}[{}]", label, i), kExpectedAddress);
    }
    made[i] = *parsed;
  }
  list = made;
}

void JsonFieldReader::Token(std::string_view label, std::string_view& token, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  if (!IsToken(text)) return Fail(RefusalCode::bad_field, label, kExpectedToken);
  token = arena_.Copy(text);
}

void JsonFieldReader::Label(std::string_view label, std::string_view& value, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  if (!IsLabel(text)) return Fail(RefusalCode::bad_field, label, kExpectedLabel);
  value = arena_.Copy(text);
}

void JsonFieldReader::Digest(std::string_view label, DigestField& digest, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  digest = ParseHash(text);
  if (!digest) Fail(RefusalCode::bad_field, label, kExpectedDigest);
}

void JsonFieldReader::Digests(std::string_view label, std::span<const Hash32>& list,
                              std::size_t max) {
  std::span<const std::string_view> texts;
  if (!ReadTexts(label, texts, max, Need::kOptional)) return;
  const std::span<Hash32> made = arena_.Make<Hash32>(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::optional<Hash32> parsed = ParseHash(texts[i]);
    if (!parsed) {
      return Fail(RefusalCode::bad_field, fmt::format("{}[{}]", label, i), kExpectedDigest);
    }
    made[i] = *parsed;
  }
  list = made;
}

void JsonFieldReader::Ratio(std::string_view label, Rate& rate, RateLimit limit, Need need) {
  if (!EnterObject(label, need)) return;
  Count("n", rate.n, Range{0, std::int64_t{kRateTermMax} * 1000}, Need::kRequired);
  Count("m", rate.m, Range{1, kRateTermMax}, Need::kRequired);
  LeaveObject();
  if (!fault_ && !RateIsGood(rate, limit)) {
    Fail(RefusalCode::bad_field, label,
         limit == RateLimit::kAtMostOne ? "n at most m" : "n at most 1000 times m");
  }
}

void JsonFieldReader::PotOf(std::string_view label, Pot& pot, Need need) {
  std::string_view text;
  if (!ReadText(label, text, need)) return;
  const std::optional<Pot> parsed = ParsePot(text);
  if (!parsed) return Fail(RefusalCode::bad_field, label, kExpectedPot);
  pot = *parsed;
}

}  // namespace suanpan::schema
