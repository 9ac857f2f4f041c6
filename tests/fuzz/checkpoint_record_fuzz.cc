// Stored checkpoints from arbitrary bytes: what is accepted is stored again as the same bytes, and
// every section, known or not, has a name for messages.

#include <cstddef>
#include <cstdint>

#include "suanpan/base/invariant.h"
#include "suanpan/engine/checkpoint_record.h"

namespace engine = suanpan::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr suanpan::TreeSize kSize{1042};
  const suanpan::ByteSpan bytes{data, size};
  const auto record = engine::DecodeCheckpointRecord(kSize, bytes);
  if (!record.ok()) return 0;
  SUANPAN_INVARIANT(record->state.seq.value() == kSize.value());
  SUANPAN_INVARIANT(engine::EncodeCheckpointRecord(*record) == suanpan::AsText(bytes));
  for (const engine::SectionRoot& section : record->state.sections) {
    SUANPAN_INVARIANT(!engine::ToText(section.number).empty());
  }
  return 0;
}
