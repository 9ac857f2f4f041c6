// The block decoder against arbitrary bytes, as they are and with a checksum that fits, so that the
// rest of the format is reached too: no crash, and a valid block has what its header says.

#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "suanpan/base/invariant.h"
#include "suanpan/store/block.h"

namespace store = suanpan::store;

namespace {

constexpr std::size_t kChecksumAt = store::kBlockHeaderBytes - 8;

void Decode(suanpan::ByteSpan bytes) {
  static store::DecodedBlock block;
  const suanpan::Status status = store::DecodeBlock(bytes, block);
  if (!status.ok()) return status.IgnoreError("most bytes are no block");
  SUANPAN_INVARIANT(block.size() > 0 && block.header().entries == block.size());
  std::size_t total = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const suanpan::ByteSpan entry = block.entry(i);
    SUANPAN_INVARIANT(entry.size() % 8 == 0 && entry.size() <= store::kEntryBytesMax);
    SUANPAN_INVARIANT(reinterpret_cast<std::uintptr_t>(entry.data()) % 8 == 0);
    for (const std::uint8_t byte : entry) total += byte;
  }
  SUANPAN_INVARIANT(total <= std::size_t{255} * store::kBlockRawBytesMax);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({data, size});
  if (size < store::kBlockHeaderBytes) return 0;
  std::string patched{reinterpret_cast<const char*>(data), size};
  std::memset(patched.data() + kChecksumAt, 0, 8);
  const XXH64_hash_t checksum = XXH3_64bits(patched.data(), patched.size());
  std::memcpy(patched.data() + kChecksumAt, &checksum, 8);
  Decode(suanpan::AsBytes(patched));
  return 0;
}
