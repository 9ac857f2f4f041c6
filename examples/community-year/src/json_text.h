#pragma once

// Writes JSON into a growing text without building values: the generator must outrun the engine it
// feeds. Texts must need no escaping (refs, codes, tokens, labels of our own).

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace suanpan::community_year {

class JsonText {
 public:
  void Clear() {
    text_.clear();
    comma_ = false;
  }
  [[nodiscard]] std::string_view text() const { return text_; }

  JsonText& Name(std::string_view name) {
    Comma();
    Quote(name);
    text_.push_back(':');
    comma_ = false;
    return *this;
  }
  JsonText& Text(std::string_view value) {
    Comma();
    Quote(value);
    return *this;
  }
  JsonText& Number(std::int64_t value) {
    Comma();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    text_.append(digits, static_cast<std::size_t>(end - digits));
    return *this;
  }
  /// '{' or '['.
  JsonText& Open(char bracket) {
    Comma();
    text_.push_back(bracket);
    comma_ = false;
    return *this;
  }
  JsonText& Close(char bracket) {
    text_.push_back(bracket);
    comma_ = true;
    return *this;
  }

  JsonText& Field(std::string_view name, std::string_view value) { return Name(name).Text(value); }
  JsonText& Field(std::string_view name, std::int64_t value) { return Name(name).Number(value); }
  JsonText& Flag(std::string_view name, bool value) {
    Name(name).Comma();
    text_.append(value ? "true" : "false");
    return *this;
  }
  /// {"n":..,"m":..}
  JsonText& Rate(std::string_view name, std::int64_t n, std::int64_t m) {
    return Name(name).Open('{').Field("n", n).Field("m", m).Close('}');
  }

 private:
  void Comma() {
    if (comma_) text_.push_back(',');
    comma_ = true;
  }
  void Quote(std::string_view value) {
    text_.push_back('"');
    text_.append(value);
    text_.push_back('"');
  }

  std::string text_;
  bool comma_ = false;
};

}  // namespace suanpan::community_year
