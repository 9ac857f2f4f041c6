#include "inflating_source.h"

#include <algorithm>

namespace suanpan::import {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;
constexpr int kGzipWindowBits = 15 + 16;  // zlib: largest window, gzip header and trailer

Bytef* AsZlib(char* text) { return reinterpret_cast<Bytef*>(text); }

}  // namespace

InflatingSource::InflatingSource(ByteSource& inner) : inner_(inner) {
  buffer_.resize(kBufferBytes);
}

InflatingSource::~InflatingSource() {
  if (stream_.state != nullptr) (void)inflateEnd(&stream_);
}

Result<std::size_t> InflatingSource::Read(std::span<char> out) {
  if (mode_ == Mode::kUnknown) SUANPAN_RETURN_IF_ERROR(Start());
  switch (mode_) {
    case Mode::kPlain:
      return ReadPlain(out);
    case Mode::kGzip:
      return ReadGzip(out);
    case Mode::kUnknown:
    case Mode::kEnd:
      break;
  }
  return std::size_t{0};
}

Status InflatingSource::Refill() {
  // Moves what is left to the front, so that two bytes of magic are never torn apart.
  std::copy_n(buffer_.data() + next_, available_, buffer_.data());
  next_ = 0;
  SUANPAN_ASSIGN_OR_RETURN(const std::size_t size,
                           inner_.Read({buffer_.data() + available_, buffer_.size() - available_}));
  available_ += size;
  inner_ended_ = size == 0;
  return {};
}

Status InflatingSource::Start() {
  while (available_ < 2 && !inner_ended_) SUANPAN_RETURN_IF_ERROR(Refill());
  const bool gzip = available_ >= 2 && buffer_[0] == '\x1f' && buffer_[1] == '\x8b';
  mode_ = gzip ? Mode::kGzip : Mode::kPlain;
  if (gzip && inflateInit2(&stream_, kGzipWindowBits) != Z_OK) {
    return MakeError(StatusCode::kIo, "zlib cannot start: out of memory");
  }
  return {};
}

Result<std::size_t> InflatingSource::ReadPlain(std::span<char> out) {
  if (available_ == 0) {
    if (inner_ended_) return std::size_t{0};
    return inner_.Read(out);
  }
  const std::size_t size = std::min(out.size(), available_);
  std::copy_n(buffer_.data() + next_, size, out.data());
  next_ += size;
  available_ -= size;
  return size;
}

Result<std::size_t> InflatingSource::ReadGzip(std::span<char> out) {
  stream_.next_out = AsZlib(out.data());
  stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), kBufferBytes));
  const uInt wanted = stream_.avail_out;
  while (stream_.avail_out == wanted && mode_ == Mode::kGzip) {
    if (available_ == 0 && !inner_ended_) SUANPAN_RETURN_IF_ERROR(Refill());
    stream_.next_in = AsZlib(buffer_.data() + next_);
    stream_.avail_in = static_cast<uInt>(available_);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    next_ += available_ - stream_.avail_in;
    available_ = stream_.avail_in;
    if (code == Z_STREAM_END) {
      SUANPAN_RETURN_IF_ERROR(NextMember());
    } else if (code == Z_BUF_ERROR && inner_ended_) {
      return MakeError(StatusCode::kCorruption,
                       "the gzip file ends in the middle: fetch it again, it was cut short");
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return MakeError(StatusCode::kCorruption, "the gzip file is damaged ({}): fetch it again",
                       stream_.msg != nullptr ? stream_.msg : zError(code));
    }
  }
  return static_cast<std::size_t>(wanted - stream_.avail_out);
}

Status InflatingSource::NextMember() {
  while (available_ < 2 && !inner_ended_) SUANPAN_RETURN_IF_ERROR(Refill());
  if (available_ == 0) {
    mode_ = Mode::kEnd;
    return {};
  }
  if (available_ < 2 || buffer_[next_] != '\x1f' || buffer_[next_ + 1] != '\x8b') {
    return MakeError(StatusCode::kCorruption, "bytes that are not gzip follow the gzip data");
  }
  // inflateReset keeps next_out and avail_out, so the caller's room is used on.
  if (inflateReset(&stream_) != Z_OK) return MakeError(StatusCode::kIo, "zlib cannot restart");
  return {};
}

std::unique_ptr<ByteSource> Unpack(ByteSource& source) {
  return std::make_unique<InflatingSource>(source);
}

}  // namespace suanpan::import
