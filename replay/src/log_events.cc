#include "src/log_events.h"

#include <algorithm>

namespace suanpan::replay {

const schema::Event* LogEvents::Find(Address address) {
  const Seq seq = address.seq();
  if (seq.value() == 0 || seq > head_ || !error_.ok()) return nullptr;
  if (!loaded_.contains(seq)) error_ = Load(seq);
  const auto entry = loaded_.find(seq);
  if (entry == loaded_.end() || address.line() >= entry->second.events.size()) return nullptr;
  return &entry->second.events[address.line()];
}

std::unique_ptr<rules::OldEvents> LogEvents::Fork() {
  auto fork = std::make_unique<LogEvents>(reader_, book_, head_, kinds_);
  fork->forked_from_ = this;
  return fork;
}

Status LogEvents::Load(Seq seq) {
  const auto holds = [seq](const auto& block) {
    return seq >= block->header().first_seq && seq <= block->header().last_seq();
  };
  auto block = std::ranges::find_if(blocks_, holds);
  if (block == blocks_.end()) {
    auto read = std::make_shared<store::DecodedBlock>();
    SUANPAN_RETURN_IF_ERROR(engine::ReadBlockOf(reader_, book_, seq, *read));
    block = blocks_.insert(blocks_.end(), std::move(read));
  }
  const ByteSpan bytes = (*block)->entry(seq.value() - (*block)->header().first_seq.value());
  SUANPAN_ASSIGN_OR_RETURN(loaded_[seq], schema::DecodeEntry(bytes, kinds_, arena_));
  return {};
}

}  // namespace suanpan::replay
