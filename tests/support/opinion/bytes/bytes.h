#pragma once

// Bytes as docs/format.md has them: little-endian numbers, parts padded with zeros to 8.

#include <cstdint>
#include <string>
#include <string_view>

#include "support/opinion/bytes/slip.h"

namespace suanpan::opinion::bytes {

class Bytes {
 public:
  explicit Bytes(Slip slip = Slip::kNone) : slip_(slip) {}

  void U8(std::uint64_t value) { Number(value, 1); }
  void U16(std::uint64_t value) { Number(value, 2); }
  void U32(std::uint64_t value) { Number(value, 4); }
  void U64(std::uint64_t value) { Number(value, 8); }
  /// In two's complement.
  void I64(std::int64_t value) { Number(static_cast<std::uint64_t>(value), 8); }
  void Raw(std::string_view bytes) { bytes_ += bytes; }
  void Zeros(std::size_t count) { bytes_.append(count, '\0'); }
  /// To a multiple of 8 bytes from the beginning.
  void Pad();

  [[nodiscard]] const std::string& text() const { return bytes_; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] Slip slip() const { return slip_; }

 private:
  void Number(std::uint64_t value, unsigned bytes);

  Slip slip_;
  std::string bytes_;
};

}  // namespace suanpan::opinion::bytes
