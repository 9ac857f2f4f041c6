#include "support/opinion/fields.h"

#include <algorithm>
#include <regex>

#include "support/opinion/calendar.h"
#include "support/opinion/names.h"
#include "support/opinion/wide.h"

namespace suanpan::opinion {
namespace {

const std::string& TextOf(const Json& value, const std::string& path) {
  if (!value.is_string()) Refuse("bad_field", path);
  return value.get_ref<const std::string&>();
}

std::int64_t AmountOf(const Json& value, const std::string& path) {
  if (value.is_number_unsigned()) {
    return value.get<std::uint64_t>() <= INT64_MAX ? value.get<std::int64_t>()
                                                   : (Refuse("bad_field", path), 0);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  static const std::regex kDecimal{"0|-?[1-9][0-9]{0,18}"};
  const std::string& text = TextOf(value, path);
  if (!std::regex_match(text, kDecimal)) Refuse("bad_field", path);
  const bool negative = text[0] == '-';
  Wide amount = 0;
  for (const char digit : text.substr(negative ? 1 : 0)) amount = amount * 10 + (digit - '0');
  if (negative) amount = -amount;
  if (!Fits(amount)) Refuse("bad_field", path);
  return static_cast<std::int64_t>(amount);
}

}  // namespace

Type Matching(bool (*is)(const std::string&)) {
  return [is](const Json& value, const std::string& path, const Facts&) -> Json {
    if (!is(TextOf(value, path))) Refuse("bad_field", path);
    return value;
  };
}

Type Word(std::vector<std::string> words) {
  return [words](const Json& value, const std::string& path, const Facts&) -> Json {
    const std::string& text = TextOf(value, path);
    if (std::find(words.begin(), words.end(), text) == words.end()) Refuse("bad_field", path);
    return value;
  };
}

Type WordSet(std::vector<std::string> words) {
  return [words](const Json& value, const std::string& path, const Facts& facts) -> Json {
    const Json stated = List(1, words.size(), Matching([](const std::string&) { return true; }))(
        value, path, facts);
    for (std::size_t i = 0; i < stated.size(); ++i) {
      const bool known = std::find(words.begin(), words.end(), stated[i]) != words.end();
      const auto here = stated.begin() + static_cast<std::ptrdiff_t>(i);
      if (!known || std::find(stated.begin(), here, stated[i]) != here) {
        Refuse("bad_field", path + "[" + std::to_string(i) + "]");
      }
    }
    Json set = Json::array();
    for (const std::string& word : words) {
      if (std::find(stated.begin(), stated.end(), word) != stated.end()) set.push_back(word);
    }
    return set;
  };
}

Type Truth() {
  return [](const Json& value, const std::string& path, const Facts&) -> Json {
    if (!value.is_boolean()) Refuse("bad_field", path);
    return value;
  };
}

Type Number(std::int64_t min, std::int64_t max) {
  return [=](const Json& value, const std::string& path, const Facts&) -> Json {
    if (!value.is_number_integer()) Refuse("bad_field", path);
    const std::int64_t number = AmountOf(value, path);
    if (number < min || number > max) Refuse("bad_field", path);
    return number;
  };
}

Type Amount(Sign sign) {
  return [sign](const Json& value, const std::string& path, const Facts&) -> Json {
    const std::int64_t amount = AmountOf(value, path);
    if (sign == Sign::kNotZero && amount == 0) Refuse("bad_field", path);
    if (sign == Sign::kPositive && amount <= 0) Refuse("amount_not_positive", path);
    if (sign == Sign::kNotNegative && amount < 0) Refuse("amount_not_positive", path);
    return amount;
  };
}

Type Rate() {
  return [](const Json& value, const std::string& path, const Facts& facts) -> Json {
    const Json rate = Object(
        {{"n", Number(0, 1'000'000), true}, {"m", Number(1, 1'000'000), true}})(value, path, facts);
    if (rate.at("n") > rate.at("m")) Refuse("bad_field", path);
    return rate;
  };
}

Type PointsRate() {
  return [](const Json& value, const std::string& path, const Facts& facts) -> Json {
    const Json rate = Object({{"n", Number(0, 1'000'000'000), true},
                              {"m", Number(1, 1'000'000), true}})(value, path, facts);
    if (rate.at("n").get<std::int64_t>() > rate.at("m").get<std::int64_t>() * 1'000) {
      Refuse("bad_field", path);
    }
    return rate;
  };
}

Type Pot() {
  static const std::regex kPot{
      "(restricted|unrestricted)/(vendor_share|charity_sale|donation|in_kind|government|"
      "welfare_lottery|foundation|membership|service|interest|other)"};
  return Matching([](const std::string& text) { return std::regex_match(text, kPot); });
}

Type Timestamp() {
  return [](const Json& value, const std::string& path, const Facts&) -> Json {
    const std::optional<Time> time = TimeOf(TextOf(value, path));
    if (!time) Refuse("bad_field", path);
    return {{"s", time->seconds}, {"offset", time->offset_minutes}};
  };
}

Type Address() {
  return [](const Json& value, const std::string& path, const Facts& facts) -> Json {
    static const std::regex kLocal{"#(0|[1-9][0-9]{0,2})"};
    static const std::regex kAddress{"[1-9][0-9]{0,14}\\.(0|[1-9][0-9]{0,4})"};
    const std::string& text = TextOf(value, path);
    if (std::regex_match(text, kLocal)) {
      const auto n = static_cast<std::size_t>(std::stoi(text.substr(1)));
      return n < facts.size() ? Json(facts[n]) : value;  // told after the time
    }
    if (!std::regex_match(text, kAddress)) Refuse("bad_field", path);
    return value;
  };
}

Type List(std::size_t min, std::size_t max, Type of) {
  return [=](const Json& value, const std::string& path, const Facts& facts) -> Json {
    if (!value.is_array() || value.size() < min || value.size() > max) Refuse("bad_field", path);
    Json list = Json::array();
    for (std::size_t i = 0; i < value.size(); ++i) {
      list.push_back(of(value[i], path + "[" + std::to_string(i) + "]", facts));
    }
    return list;
  };
}

Type Object(Fields fields) {
  return [fields](const Json& value, const std::string& path, const Facts& facts) -> Json {
    if (!value.is_object()) Refuse("bad_field", path);
    return ReadFields(value, fields, path + ".", facts);
  };
}

Json ReadFields(const Json& object, const Fields& fields, const std::string& prefix,
                const Facts& facts) {
  for (const auto& item : object.items()) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&](const Field& field) { return field.name == item.key(); });
    if (!known) Refuse("unknown_field", prefix + item.key());
  }
  Json read = Json::object();
  for (const Field& field : fields) {
    if (object.contains(field.name)) {
      Json value = field.type(object.at(field.name), prefix + field.name, facts);
      const bool is_nothing = value.is_array() && value.empty();  // an empty list is none
      if (!is_nothing) read[field.name] = std::move(value);
    } else if (field.required) {
      Refuse("missing_field", prefix + field.name);
    }
  }
  return read;
}

}  // namespace suanpan::opinion
