#pragma once

// The bytes of a JSON text that lie outside its strings. Private to schema.

#include <cstddef>
#include <string_view>

namespace suanpan::schema {

class JsonScan {
 public:
  static constexpr std::size_t kEnd = std::string_view::npos;

  /// The text is viewed and need not be well formed.
  explicit JsonScan(std::string_view json) : json_(json) {}

  /// Position of the next byte outside strings and their quotes, or kEnd.
  [[nodiscard]] std::size_t Next() {
    while (at_ < json_.size()) {
      const char c = json_[at_++];
      if (quoted_) {
        if (c == '\\') ++at_;
        if (c == '"') quoted_ = false;
      } else if (c == '"') {
        quoted_ = true;
      } else {
        return at_ - 1;
      }
    }
    return kEnd;
  }
  /// Goes on at a position outside strings.
  void Resume(std::size_t at) { at_ = at; }

 private:
  std::string_view json_;
  std::size_t at_ = 0;
  bool quoted_ = false;
};

}  // namespace suanpan::schema
