#include "suanpan/engine/block_tail.h"

#include "suanpan/base/invariant.h"

namespace suanpan::engine {

void BlockTail::Add(Seq seq, ByteSpan entry, const store::EntrySummary& summary, bool begins) {
  // Blocks that nobody replaced when there were enough of them stay as they are: those of a log
  // that is only read so far.
  if (begins && enough()) Clear();
  SUANPAN_INVARIANT(begins || !firsts_.empty());
  if (begins) firsts_.push_back(seq);
  SUANPAN_INVARIANT(seq.value() == firsts_.front().value() + places_.size());
  bytes_.append(AsText(entry));
  places_.push_back({entry.size(), summary});
}

void BlockTail::Clear() {
  bytes_.clear();
  places_.clear();
  firsts_.clear();
}

void BlockTail::FillInto(store::BlockBuilder& builder) const {
  ByteSpan rest = AsBytes(bytes_);
  for (const Place& place : places_) {
    builder.Add(rest.first(place.size), place.summary);
    rest = rest.subspan(place.size);
  }
}

}  // namespace suanpan::engine
