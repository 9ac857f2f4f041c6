#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::cli {

/// Lines of a file or of standard input, bounded: of a line longer than the limit of a command only
/// its first part is kept, which the parser then refuses. Tells when reading on would wait, so that
/// what is under way can be answered.
class CommandReader {
 public:
  /// "-" is standard input.
  [[nodiscard]] static Result<CommandReader> Open(const std::string& path);
  CommandReader(CommandReader&& other) noexcept;
  CommandReader& operator=(CommandReader&&) = delete;
  ~CommandReader();

  /// The next line without its end, valid until the next call; nothing at the end of input or after
  /// Ctrl-C.
  [[nodiscard]] Result<std::optional<std::string_view>> Next();
  /// Number of the line that Next gave last, from 1.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  /// True when no whole line is at hand and the input has none ready.
  [[nodiscard]] bool WouldWait() const;

 private:
  explicit CommandReader(int file) : file_(file) {}
  [[nodiscard]] Result<bool> Fill();

  int file_;
  std::string buffer_;
  std::size_t position_ = 0;
  std::uint64_t line_ = 0;
  bool ended_ = false;
};

}  // namespace suanpan::cli
