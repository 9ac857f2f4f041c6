#include <cstring>

#include "suanpan/schema/entry_codec.h"

namespace suanpan::schema {
namespace {

/// Reads the parts of a tail in order; any shortfall or non-zero padding makes it bad.
class TailReader {
 public:
  TailReader(const std::uint8_t* at, std::size_t left) : at_(at), left_(left) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] ByteSpan rest() const { return {at_, left_}; }

  void Read(std::uint32_t present, EventCommon& common) {
    good_ = present >> kTailBits == 0;
    const auto has = [present](TailBit bit) { return (present >> bit & 1U) != 0; };
    if (has(kTailSourceDoc)) SourceDoc(common);
    if (has(kTailEvidence)) common.evidence = List<Hash32>(kEvidenceMax);
    if (has(kTailRefs)) common.refs = List<Address>(kRefsMax);
    if (has(kTailSummary)) {
      const std::uint64_t word = Word();
      good_ = good_ && word >> 32U == 0;
      common.summary = NameId{static_cast<std::uint32_t>(word)};
    }
    if (has(kTailNoteCommit) && Take(32)) {
      common.note_commit.emplace();
      std::memcpy(common.note_commit->bytes.data(), taken_, 32);
    }
    if (has(kTailReplaces)) common.replaces = Address::FromPacked(Word());
    if (has(kTailSupplements)) common.supplements = Address::FromPacked(Word());
    if (has(kTailApproval)) common.approval = Address::FromPacked(Word());
    if (has(kTailIrregular)) common.irregular = Word();
    if (has(kTailCauseAddress)) common.cause_address = Address::FromPacked(Word());
    if (has(kTailRule) && Take(8)) {
      std::memcpy(&common.rule, taken_, sizeof common.rule);
      good_ = good_ && common.rule.policy.value() != 0;
    }
  }

 private:
  bool Take(std::size_t bytes) {
    if (!good_ || left_ < bytes) {
      good_ = false;
      return false;
    }
    taken_ = at_;
    at_ += bytes;
    left_ -= bytes;
    return true;
  }
  /// A word that is never 0: absent is the missing bit.
  std::uint64_t Word() {
    if (!Take(8)) return 0;
    const auto value = LoadLittle<std::uint64_t>(taken_);
    good_ = good_ && value != 0;
    return value;
  }
  template <class T>
  std::span<const T> List(std::size_t max) {
    const std::uint64_t count = Word();
    if (!good_ || count > max || !Take(count * sizeof(T))) {
      good_ = false;
      return {};
    }
    return {reinterpret_cast<const T*>(taken_), count};
  }
  void SourceDoc(EventCommon& common) {
    if (left_ < 8) {
      good_ = false;
      return;
    }
    const std::size_t size = at_[4];
    const std::size_t total = PadTo8(5 + size);
    if (!Take(total)) return;
    common.doc_series = NameId{LoadLittle<std::uint32_t>(taken_)};
    common.doc_number = {reinterpret_cast<const char*>(taken_) + 5, size};
    good_ = good_ && common.doc_series.value() != 0 && size > 0;
    for (std::size_t i = 5 + size; i < total; ++i) good_ = good_ && taken_[i] == 0;
  }

  const std::uint8_t* at_;
  std::size_t left_;
  const std::uint8_t* taken_ = nullptr;
  bool good_ = true;
};

Status Damaged(std::size_t line, std::string_view what) {
  return MakeError(StatusCode::kCorruption, "line {}: {}", line, what);
}

Result<std::size_t> DecodeEvent(ByteSpan bytes, std::size_t line, const KindTable& kinds,
                                Arena& arena, Event& event) {
  EventHead head;
  if (bytes.size() < sizeof head) return Damaged(line, "cut in the event head");
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::size_t size = std::size_t{head.size_words} * 8;
  if (size < sizeof head || size > bytes.size()) return Damaged(line, "event size does not fit");
  event.kind = kinds.ByNumber(head.kind);
  if (event.kind == nullptr || event.kind->version != head.version) {
    return MakeError(
        StatusCode::kFailedPrecondition,
        "line {}: kind {} version {} is not known to this version of suanpan; use a newer one",
        line, head.kind, head.version);
  }
  if (head.cause > line) return Damaged(line, "its cause does not stand before it");
  EventCommon& common = event.common;
  common.occurred = {head.occurred_s, head.zone_quarters};
  common.business_day = Date{head.business_day};
  common.period = Month{head.period};
  common.actor = head.actor;
  common.cause = head.cause;
  TailReader tail{bytes.data() + sizeof head, size - sizeof head};
  tail.Read(head.present, common);
  if (!tail.good()) return Damaged(line, "its tail is malformed");
  event.payload = event.kind->decode(tail.rest(), arena);
  if (event.payload == nullptr) return Damaged(line, "its payload is malformed");
  return size;
}

Status ReadHead(ByteSpan bytes, EntryHead& head, EntryCommon& common) {
  if (bytes.size() < sizeof head || bytes.size() % 8 != 0 || bytes.size() > kEntryBytesMax) {
    return MakeError(StatusCode::kCorruption, "an entry of {} bytes", bytes.size());
  }
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.version != kEntryVersion) {
    return MakeError(StatusCode::kFailedPrecondition, "entry version {} is not known",
                     head.version);
  }
  common.source = head.source;
  common.recorded_at = InstantUs{head.recorded_us};
  common.key = CommandKey{};
  common.key.form = head.key_form;
  StreamKey stream;
  switch (head.key_form) {
    case KeyForm::kEngine:
      if (head.key == decltype(head.key){} && head.source.value() == 0) return {};
      return MakeError(StatusCode::kCorruption, "an engine entry with a key or source");
    case KeyForm::kUuid:
      common.key.uuid.bytes = head.key;
      return {};
    case KeyForm::kStream:
      std::memcpy(&stream, head.key.data(), sizeof stream);
      common.key.stream = stream.stream;
      common.key.counter = stream.counter;
      if (stream.zero == 0 && stream.stream.value() != 0) return {};
      return MakeError(StatusCode::kCorruption, "a malformed stream key");
  }
  return MakeError(StatusCode::kCorruption, "key form {}", static_cast<unsigned>(head.key_form));
}

}  // namespace

Result<EntryCommon> DecodeEntryCommon(ByteSpan bytes) {
  EntryHead head;
  EntryCommon common;
  SUANPAN_RETURN_IF_ERROR(ReadHead(bytes, head, common));
  return common;
}

Result<std::size_t> CountEvents(ByteSpan bytes) {
  EntryHead head;
  EntryCommon common;
  SUANPAN_RETURN_IF_ERROR(ReadHead(bytes, head, common));
  return std::size_t{head.events};
}

Result<EntryView> DecodeEntry(ByteSpan bytes, const KindTable& kinds, Arena& arena) {
  EntryHead head;
  EntryView view;
  SUANPAN_RETURN_IF_ERROR(ReadHead(bytes, head, view.common));
  if (head.events == 0) return MakeError(StatusCode::kCorruption, "an entry without events");
  if (bytes.size() < sizeof head + head.events * sizeof(EventHead)) {
    return MakeError(StatusCode::kCorruption, "an entry cut short");
  }
  const std::span<Event> events = arena.Make<Event>(head.events);
  ByteSpan rest = bytes.subspan(sizeof head);
  for (std::size_t line = 0; line < events.size(); ++line) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t used,
                             DecodeEvent(rest, line, kinds, arena, events[line]));
    rest = rest.subspan(used);
  }
  if (!rest.empty())
    return MakeError(StatusCode::kCorruption, "{} bytes after the last event", rest.size());
  view.events = events;
  return view;
}

Status CheckCanonical(ByteSpan bytes, const EntryView& entry, EntryEncoder& encoder) {
  std::string again;
  again.reserve(bytes.size());
  encoder.Encode(entry.common, entry.events, again);
  if (again.size() != bytes.size() || std::memcmp(again.data(), bytes.data(), bytes.size()) != 0) {
    return MakeError(StatusCode::kCorruption,
                     "the bytes are not the canonical encoding of their fields");
  }
  return {};
}

}  // namespace suanpan::schema
