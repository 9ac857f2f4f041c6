#pragma once

// Groups facts into commands and keeps the addresses: one command is one entry of the book, and in
// it every fact is followed by the events the engine derives from it.
//
// Example with two facts a command: the third command holds a sale and its refund. The sale is
// event 3.0 with its accrual 3.1, the refund 3.2. Within the command the refund names the sale as
// "#0", a later command as "3.0".

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "calendar.h"
#include "json_text.h"
#include "random.h"
#include "suanpan/community_year/generate.h"

namespace suanpan::community_year {

/// A fact already written.
struct FactRef {
  std::uint64_t seq = 0;
  std::uint32_t line = 0;
  std::uint32_t fact = 0;
};

inline constexpr std::uint32_t kTills = 4;
/// Streams 0 .. kTills - 1 are the tills, the last one is the office.
inline constexpr std::uint32_t kOfficeStream = kTills;

class CommandWriter {
 public:
  /// `options` and `sink` must outlive the writer.
  CommandWriter(const YearOptions& options, std::uint32_t community, const CommandSink& sink);

  /// Starts a fact with its common fields; kind-specific fields go to json(). Each BeginFact is
  /// followed by one EndFact. Times must not go back.
  FactRef BeginFact(std::string_view kind, YearSecond second, std::string_view actor,
                    std::uint32_t stream = kOfficeStream);
  [[nodiscard]] JsonText& json() { return json_; }
  /// A field that names an earlier fact.
  void Reference(std::string_view name, const FactRef& fact);
  /// A field that lists one of them.
  void References(std::string_view name, const FactRef& fact);
  /// Ends the fact. `derived` = events the engine will add after it; `rows` = rows of its payload.
  [[nodiscard]] Status EndFact(std::uint32_t derived, std::uint32_t rows = 0);
  /// Sends the open command, if any.
  [[nodiscard]] Status Flush();

 private:
  void OpenCommand(YearSecond second, std::uint32_t stream);
  std::string_view UuidText(YearSecond second);
  std::string_view AddressText(const FactRef& fact);

  const YearOptions& options_;
  const CommandSink& sink_;
  std::string book_;
  Random key_random_;
  ClockText clock_;
  JsonText json_;
  std::string scratch_;
  std::array<std::uint64_t, kTills + 1> key_counters_{};
  std::uint64_t seq_ = 0;  // of the open or the last command
  std::uint32_t facts_ = 0;
  std::uint32_t lines_ = 0;
  std::uint32_t entry_bytes_ = 0;  // upper estimate of what the open command stores
};

}  // namespace suanpan::community_year
