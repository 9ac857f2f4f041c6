#include "suanpan/proof/bundle.h"

#include "suanpan/base/invariant.h"

namespace suanpan::proof {

void AppendBundleEntry(std::string& bundle, ByteSpan entry) {
  SUANPAN_INVARIANT(entry.size() <= kBundleEntryBytesMax, "{}", entry.size());
  AppendBig(bundle, static_cast<std::uint16_t>(entry.size()));
  bundle.append(AsText(entry));
}

Result<std::vector<ByteSpan>> DecodeBundle(ByteSpan bundle, std::uint32_t count) {
  std::vector<ByteSpan> entries;
  entries.reserve(count);
  std::size_t offset = 0;
  while (offset < bundle.size() && entries.size() < count) {
    const std::size_t left = bundle.size() - offset;
    const std::size_t size = left < 2 ? 0 : LoadBig<std::uint16_t>(bundle.data() + offset);
    if (left < 2 + size) {
      return MakeError(StatusCode::kCorruption, "the bundle is cut in entry {} at byte {}",
                       entries.size(), offset);
    }
    entries.push_back(bundle.subspan(offset + 2, size));
    offset += 2 + size;
  }
  if (entries.size() != count || offset != bundle.size()) {
    return MakeError(StatusCode::kCorruption,
                     "the bundle of {} bytes has {} entries in {} bytes, expected {}",
                     bundle.size(), entries.size(), offset, count);
  }
  return entries;
}

}  // namespace suanpan::proof
