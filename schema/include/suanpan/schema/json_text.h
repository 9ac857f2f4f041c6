#pragma once

// Appends JSON to a string: the output side of every machine-readable answer. Input is simdjson's;
// it has no writer in Debian's version, and the general library is too slow for an answer per
// command.

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace suanpan::schema {

/// Builds one JSON value. Keys and values alternate inside objects; commas are placed by the
/// writer. The caller keeps the nesting right.
class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }

  void Key(std::string_view key) {
    Quote(key, ":");
    comma_ = false;
  }
  void String(std::string_view text) {
    Quote(text, {});
    comma_ = true;
  }
  /// An amount: a string of decimal digits, exact in every reader.
  void Amount(std::int64_t value) { Digits(value, "\""); }
  void Number(std::integral auto value) { Digits(value, {}); }
  void Bool(bool value) { Raw(value ? "true" : "false"); }
  /// Already JSON.
  void Raw(std::string_view json) {
    Comma();
    out_.append(json);
    comma_ = true;
  }

  void Field(std::string_view key, std::string_view text) {
    Key(key);
    String(text);
  }

 private:
  void Open(char bracket) {
    Comma();
    out_.push_back(bracket);
    comma_ = false;
  }
  void Close(char bracket) {
    out_.push_back(bracket);
    comma_ = true;
  }
  void Comma() {
    if (comma_) out_.push_back(',');
  }
  void Digits(std::integral auto value, std::string_view quote) {
    char text[32];
    char* to = text;
    if (comma_) *to++ = ',';
    to = std::copy(quote.begin(), quote.end(), to);
    to = std::to_chars(to, std::end(text), value).ptr;
    to = std::copy(quote.begin(), quote.end(), to);
    out_.append(text, to);
    comma_ = true;
  }
  /// Places the comma that is due, the text in quotes, and what follows it.
  void Quote(std::string_view text, std::string_view behind);

  std::string& out_;
  bool comma_ = false;
};

}  // namespace suanpan::schema
