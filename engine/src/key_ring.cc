#include "suanpan/engine/key_ring.h"

#include "suanpan/base/bytes.h"

namespace suanpan::engine {

std::size_t BoundKeyHash::operator()(const BoundKey& bound) const {
  std::uint64_t mixed = bound.source.value();
  if (bound.key.form == store::KeyForm::kUuid) {
    mixed ^= LoadLittle<std::uint64_t>(bound.key.uuid.bytes.data()) * 0x9e37'79b9'7f4a'7c15U;
    mixed ^= LoadLittle<std::uint64_t>(bound.key.uuid.bytes.data() + 8);
  } else {
    mixed ^= (std::uint64_t{bound.key.stream.value()} << 40U) ^ bound.key.counter;
  }
  return std::hash<std::uint64_t>{}(mixed * 0xff51'afd7'ed55'8ccdU ^ mixed >> 32U);
}

void KeyRing::Note(const BoundKey& bound) {
  if (bound.key.form == store::KeyForm::kStream)
    (void)streams_[{bound.source, bound.key.stream}].Insert(bound.key.counter);
  if (bound.key.form == store::KeyForm::kUuid && filter_ != nullptr)
    filter_->Add(book_, bound.source, bound.key.uuid);
}

void KeyRing::Bind(const BoundKey& bound, Seq seq) {
  recent_.emplace(bound, seq);
  order_.emplace_back(seq, bound);
  Note(bound);
}

void KeyRing::Learn(const BoundKey& bound) { Note(bound); }

void KeyRing::Prefetch(const BoundKey& bound) const {
  if (bound.key.form == store::KeyForm::kUuid && filter_ != nullptr)
    filter_->Prefetch(book_, bound.source, bound.key.uuid);
}

void KeyRing::Trim(Seq indexed) {
  while (!order_.empty() && order_.front().first <= indexed) {
    recent_.erase(order_.front().second);
    order_.pop_front();
  }
}

Result<std::optional<Seq>> KeyRing::Find(const store::EventReader& reader, BookNo book,
                                         const BoundKey& bound) const {
  if (const auto it = recent_.find(bound); it != recent_.end()) return std::optional{it->second};
  bool is_bound = false;
  if (bound.key.form == store::KeyForm::kStream) {
    const auto stream = streams_.find({bound.source, bound.key.stream});
    if (stream == streams_.end()) return std::optional<Seq>{};
    is_bound = stream->second.Contains(bound.key.counter);
    if (!is_bound && stream->second.complete()) return std::optional<Seq>{};
  } else if (filter_ != nullptr && !filter_->MayHave(book_, bound.source, bound.key.uuid)) {
    return std::optional<Seq>{};
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> found,
                           reader.FindKey(book, bound.source, bound.key));
  if (found || !is_bound) return found;
  return MakeError(StatusCode::kCorruption,
                   "counter {} is bound, but the index of command keys lacks it; opening again "
                   "writes the index again from the log",
                   bound.key.counter);
}

}  // namespace suanpan::engine
