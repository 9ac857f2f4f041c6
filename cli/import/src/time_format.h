#pragma once

// Dates and times as foreign files write them, by a stated pattern. Pattern letters: YYYY; MM or M
// (month; directly after the hour: minute, two digits); DD or D; HH or H (0-23); SS. The one-letter
// forms take one or two digits. Everything else stands for itself.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace suanpan::import {

class TimeFormat {
 public:
  TimeFormat() = default;

  /// Nothing when the pattern lacks year, month or day, repeats a part, or has an unknown letter
  /// (T and Z stand for themselves).
  [[nodiscard]] static std::optional<TimeFormat> Compile(std::string_view pattern);

  [[nodiscard]] const std::string& pattern() const { return pattern_; }

  /// Appends "2026-03-31" (a real date), and for times "T10:00:00", absent parts being zero. False,
  /// with `out` unspecified, when the text does not follow the pattern or is no date.
  [[nodiscard]] bool AppendDate(std::string_view text, std::string& out) const;
  [[nodiscard]] bool AppendDateTime(std::string_view text, std::string& out) const;

 private:
  enum class Part : std::uint8_t { kYear, kMonth, kDay, kHour, kMinute, kSecond, kLiteral };
  static constexpr std::size_t kParts = 6;
  struct Piece {
    Part part = Part::kLiteral;
    std::uint8_t digits_min = 0;
    std::uint8_t digits_max = 0;
    char literal = '\0';
  };
  struct Parts {
    unsigned value[kParts] = {};
  };

  [[nodiscard]] static std::optional<Piece> PieceOf(std::string_view run, bool after_hour);
  [[nodiscard]] bool Read(std::string_view text, Parts& parts) const;

  std::string pattern_;
  std::vector<Piece> pieces_;
};

}  // namespace suanpan::import
