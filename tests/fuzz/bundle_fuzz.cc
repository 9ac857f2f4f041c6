// Entry bundles from arbitrary bytes, the first of which says how many entries are expected: what
// is accepted is written again as the same bytes, and under no other number of entries.

#include <cstddef>
#include <cstdint>
#include <string>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/bundle.h"

namespace proof = suanpan::proof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint32_t count = std::uint32_t{data[0]} + 1;
  const suanpan::ByteSpan bundle{data + 1, size - 1};
  const auto entries = proof::DecodeBundle(bundle, count);
  if (!entries.ok()) return 0;
  SUANPAN_INVARIANT(entries->size() == count);
  std::string again;
  for (const suanpan::ByteSpan entry : *entries) proof::AppendBundleEntry(again, entry);
  SUANPAN_INVARIANT(again == suanpan::AsText(bundle));
  SUANPAN_INVARIANT(!proof::DecodeBundle(bundle, count - 1).ok());
  SUANPAN_INVARIANT(!proof::DecodeBundle(bundle, count + 1).ok());
  return 0;
}
