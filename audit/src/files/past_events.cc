#include "src/files/past_events.h"

namespace suanpan::audit {

const schema::Event* PastEvents::Find(Address address) {
  const Seq seq = address.seq();
  if (!entries_.Has(seq) || !error_.ok()) return nullptr;
  const auto [entry, added] = loaded_.try_emplace(seq);
  if (added) error_ = entries_.Read(seq, entry->second.words, arena_, entry->second.view);
  const std::span<const schema::Event> events = entry->second.view.events;
  return error_.ok() && address.line() < events.size() ? &events[address.line()] : nullptr;
}

std::unique_ptr<rules::OldEvents> PastEvents::Fork() {
  auto fork = std::make_unique<PastEvents>(entries_);
  fork->forked_from_ = this;
  return fork;
}

}  // namespace suanpan::audit
