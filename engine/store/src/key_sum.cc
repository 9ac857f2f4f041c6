#include "suanpan/store/key_sum.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace suanpan::store {
namespace {

XXH128_hash_t HashOf(const KeyBinding& binding) {
  std::array<std::uint8_t, 48> bytes{};
  auto put = [at = bytes.data()](auto value) mutable {
    std::memcpy(at, &value, sizeof(value));
    at += sizeof(value);
  };
  put(std::uint64_t{binding.source.value()});
  put(std::uint64_t{binding.key.stream.value()} << 8U |
      static_cast<std::uint64_t>(binding.key.form));
  put(binding.key.counter);
  put(binding.key.uuid.bytes);
  put(binding.seq.value());
  return XXH3_128bits(bytes.data(), bytes.size());
}

}  // namespace

std::uint64_t KeyPrint(const KeyBinding& binding) {
  return std::max<std::uint64_t>(HashOf(binding).low64, 1);
}

void KeySum::Add(const KeyBinding& binding) {
  const XXH128_hash_t hash = HashOf(binding);
  ++count_;
  low_ += hash.low64;
  high_ += hash.high64;
}

}  // namespace suanpan::store
