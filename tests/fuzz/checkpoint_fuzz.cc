// Checkpoint texts from arbitrary bytes: whatever parses is written again as the same bytes, and
// our own strict form is a subset of what others may write.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/checkpoint.h"

namespace proof = suanpan::proof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto strict = proof::ParseCheckpoint(text);
  const auto kept = proof::ParseCheckpoint(text, proof::Extensions::kKeep);
  if (strict.ok()) {
    SUANPAN_INVARIANT(kept.ok() && *kept == *strict && strict->extensions.empty());
    SUANPAN_INVARIANT(proof::FormatCheckpoint(*strict) == text);
  }
  if (kept.ok()) SUANPAN_INVARIANT(proof::FormatCheckpoint(*kept) == text);
  return 0;
}
