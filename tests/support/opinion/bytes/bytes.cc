#include "support/opinion/bytes/bytes.h"

namespace suanpan::opinion::bytes {

void Bytes::Number(std::uint64_t value, unsigned bytes) {
  const bool backwards = (slip_ == Slip::kBigEndian16 && bytes == 2) ||
                         (slip_ == Slip::kBigEndian32 && bytes == 4) ||
                         (slip_ == Slip::kBigEndian64 && bytes == 8);
  for (unsigned i = 0; i < bytes; ++i) {
    const unsigned place = backwards ? bytes - 1 - i : i;
    bytes_.push_back(static_cast<char>(value >> (8 * place) & 0xffU));
  }
}

void Bytes::Pad() {
  const std::size_t to = slip_ == Slip::kPadTo4 ? 4 : 8;
  const char filler = slip_ == Slip::kPadWithSpaces ? ' ' : '\0';
  while (bytes_.size() % to != 0) bytes_.push_back(filler);
}

}  // namespace suanpan::opinion::bytes
