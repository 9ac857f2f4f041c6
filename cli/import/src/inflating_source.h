#pragma once

// A byte source over another one that unpacks gzip when the first two bytes say so, and passes
// everything else through. Internal to the importer; the only user of zlib's inflate.

#include <zlib.h>

#include <string>

#include "suanpan/import/byte_source.h"

namespace suanpan::import {

/// Reads from `inner`, which outlives it. Several gzip members in a row count as one stream, as
/// gzip itself does. Errors: kCorruption for damaged, truncated or trailing bytes.
class InflatingSource final : public ByteSource {
 public:
  explicit InflatingSource(ByteSource& inner);
  ~InflatingSource() override;
  InflatingSource(const InflatingSource&) = delete;
  InflatingSource& operator=(const InflatingSource&) = delete;

  Result<std::size_t> Read(std::span<char> out) override;

 private:
  enum class Mode { kUnknown, kPlain, kGzip, kEnd };

  Status Start();
  Status Refill();
  /// At the end of a member: another one, or the end.
  Status NextMember();
  Result<std::size_t> ReadPlain(std::span<char> out);
  Result<std::size_t> ReadGzip(std::span<char> out);

  ByteSource& inner_;
  Mode mode_ = Mode::kUnknown;
  bool inner_ended_ = false;
  std::string buffer_;         // compressed bytes read ahead
  std::size_t next_ = 0;       // first byte of buffer_ not yet used
  std::size_t available_ = 0;  // bytes of buffer_ from next_ on
  z_stream stream_{};
};

}  // namespace suanpan::import
