// The values of the key index from arbitrary bytes: what is accepted is stored again as the same
// bytes, also after one more counter is bound.

#include <cstddef>
#include <cstdint>
#include <string>

#include "suanpan/base/invariant.h"
#include "suanpan/store/keys.h"

namespace store = suanpan::store;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const suanpan::ByteSpan bytes{data, size};
  if (const auto seq = store::DecodeSeq(bytes); seq.ok()) {
    SUANPAN_INVARIANT(store::EncodeSeq(*seq) == suanpan::AsText(bytes));
  }
  auto row = store::StreamRow::Decode(bytes);
  if (!row.ok()) return 0;
  SUANPAN_INVARIANT(row->Encode() == suanpan::AsText(bytes));
  // The far end of the range beside whatever the row holds gives the longest differences.
  for (const std::uint64_t seq : {std::uint64_t{1}, store::StreamRow::kSeqMax}) {
    row->Bind(bytes.back(), suanpan::Seq{seq});
    const std::string stored = row->Encode();
    const auto again = store::StreamRow::Decode(suanpan::AsBytes(stored));
    SUANPAN_INVARIANT(again.ok() && *again == *row);
    SUANPAN_INVARIANT(again->Find(bytes.back()).value() == seq);
  }
  return 0;
}
