#pragma once

// Where imported bytes come from: a file, or memory in tests. Compression is not seen here; the CSV
// reader unpacks by itself.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::import {

/// A stream of bytes, read once, by one thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Puts 1 to out.size() bytes at the front of `out` and returns their number; 0 is the end. `out`
  /// is not empty. After an error nothing more may be read.
  virtual Result<std::size_t> Read(std::span<char> out) = 0;
};

/// Bytes of a string that outlives the source.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> Read(std::span<char> out) override;

 private:
  std::string_view rest_;
};

/// Opens a file (or a pipe) for reading from its beginning. kNotFound when there is none, kIo else.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path);

/// The content of `source`, which outlives it: unpacked where it is gzip, else as it is.
[[nodiscard]] std::unique_ptr<ByteSource> Unpack(ByteSource& source);

}  // namespace suanpan::import
