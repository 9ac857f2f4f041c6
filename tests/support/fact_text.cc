#include "support/fact_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace suanpan::testing {
namespace {

/// Recursive descent over one line; the first error stays.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] std::string_view Word(std::string_view stops) {
    SkipSpace();
    const std::size_t end = std::min(rest_.find_first_of(stops), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }
  /// "name=value" until the text or the object ends.
  void Fields(std::string& out) {
    for (bool first = out.back() == '{'; More() && !At('}'); first = false) {
      const std::string_view name = Word(" =\t{}[]");
      if (name.empty() || !Take('=')) return Fail("a field is written name=value");
      if (!first) out += ',';
      out += fmt::format("\"{}\":", name);
      Value(out, name == "rate" || name == "margin");
    }
  }
  [[nodiscard]] bool More() {
    SkipSpace();
    return error.empty() && !rest_.empty();
  }
  void Fail(std::string_view message) {
    if (error.empty()) error = fmt::format("{} at '{}'", message, rest_.substr(0, 30));
  }
  std::string error;

 private:
  void SkipSpace() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  [[nodiscard]] bool At(char c) {
    SkipSpace();
    return !rest_.empty() && rest_[0] == c;
  }
  bool Take(char c) {
    if (!At(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Value(std::string& out, bool rate) {
    if (Take('{')) {
      out += '{';
      Fields(out);
      if (!Take('}')) Fail("an object is not closed");
      out += '}';
    } else if (Take('[')) {
      out += '[';
      while (More() && !At(']')) {
        if (out.back() != '[') out += ',';
        Element(out, rate);
      }
      if (!Take(']')) Fail("a list is not closed");
      out += ']';
    } else if (Take('"')) {
      out += fmt::format("\"{}\"", Word("\""));
      if (!Take('"')) Fail("a text is not closed");
    } else {
      Plain(out, Word(" \t{}[]"), rate);
    }
  }
  /// A value of a list, or COUNT*VALUE.
  void Element(std::string& out, bool rate) {
    const std::size_t digits = rest_.find_first_not_of("0123456789");
    const bool repeated = digits != 0 && digits != std::string_view::npos && rest_[digits] == '*';
    const int count = repeated ? NumberIn(rest_.substr(0, digits)) : 1;
    if (repeated) rest_.remove_prefix(digits + 1);
    std::string one;
    Value(one, rate);
    for (int i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + one;
  }
  void Plain(std::string& out, std::string_view word, bool rate) {
    const std::size_t slash = word.find('/');
    const bool number =
        !word.empty() && word != "-" &&
        word.find_first_not_of("0123456789", word[0] == '-' ? 1 : 0) == std::string_view::npos;
    if (word.empty()) {
      Fail("a value is missing");
    } else if (rate && slash != std::string_view::npos) {
      out += fmt::format(R"({{"n":{},"m":{}}})", word.substr(0, slash), word.substr(slash + 1));
    } else if (number || word == "true" || word == "false" || word == "null") {
      out += word;
    } else {
      out += fmt::format("\"{}\"", word);
    }
  }

  std::string_view rest_;
};

}  // namespace

Result<std::string> FactJson(std::string_view text) {
  Reader reader{text};
  std::string when{reader.Word(" \t")};
  const std::string actor{reader.Word(" \t")};
  const std::string kind{reader.Word(" \t")};
  if (kind.empty()) {
    return MakeError(StatusCode::kInvalidArgument, "a fact is: time actor kind fields");
  }
  if (when.size() == 10) when += "T12:00";
  if (when.size() == 16) when += ":00+08:00";
  std::string json =
      fmt::format(R"({{"kind":"{}","occurred_at":"{}","actor":"{}")", kind, when, actor);
  reader.Fields(json);
  if (reader.More()) reader.Fail("unexpected text");
  if (!reader.error.empty()) return MakeError(StatusCode::kInvalidArgument, "{}", reader.error);
  return json + '}';
}

int NumberIn(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, number);
  SUANPAN_INVARIANT(read.ec == std::errc{} && read.ptr == end, "no number: {}", text);
  return number;
}

std::string CommandJson(std::string_view key, std::string_view facts) {
  return fmt::format(R"({{"book":"zz","key":"{}","facts":[{}]}})", key, facts);
}

}  // namespace suanpan::testing
