#include <cstring>

#include "suanpan/schema/entry_codec.h"

namespace suanpan::schema {
namespace {

template <class T>
void AppendRaw(std::string& out, const T& value) {
  static_assert(kStorable<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void AppendToken(std::string& out, NameId series, std::string_view number) {
  const std::size_t begin = out.size();
  AppendLittle(out, series.value());
  AppendLittle(out, static_cast<std::uint8_t>(number.size()));
  out.append(number);
  out.append(PadTo8(out.size() - begin) - (out.size() - begin), '\0');
}

std::array<std::uint8_t, 16> StoredKey(const CommandKey& key) {
  std::array<std::uint8_t, 16> stored{};
  if (key.form == KeyForm::kUuid) {
    stored = key.uuid.bytes;
  } else if (key.form == KeyForm::kStream) {
    const StreamKey stream{key.stream, 0, key.counter};
    std::memcpy(stored.data(), &stream, sizeof stream);
  }
  return stored;
}

/// Appends one part of the tail and sets its bit.
class TailWriter {
 public:
  explicit TailWriter(std::string& out) : out_(out) {}
  [[nodiscard]] std::uint32_t present() const { return present_; }

  void Write(const EventCommon& common) {
    if (Part(kTailSourceDoc, common.doc_series.value() != 0)) {
      AppendToken(out_, common.doc_series, common.doc_number);
    }
    if (Part(kTailEvidence, !common.evidence.empty())) List(common.evidence);
    if (Part(kTailRefs, !common.refs.empty())) List(common.refs);
    if (Part(kTailSummary, common.summary.value() != 0)) {
      AppendLittle(out_, std::uint64_t{common.summary.value()});
    }
    if (Part(kTailNoteCommit, common.note_commit.has_value())) AppendRaw(out_, *common.note_commit);
    Word(kTailReplaces, common.replaces.packed());
    Word(kTailSupplements, common.supplements.packed());
    Word(kTailApproval, common.approval.packed());
    Word(kTailIrregular, common.irregular);
    Word(kTailCauseAddress, common.cause_address.packed());
    if (Part(kTailRule, common.rule.policy.value() != 0)) AppendRaw(out_, common.rule);
  }

 private:
  bool Part(TailBit bit, bool present) {
    if (present) present_ |= 1U << bit;
    return present;
  }
  void Word(TailBit bit, std::uint64_t value) {
    if (Part(bit, value != 0)) AppendLittle(out_, value);
  }
  template <class T>
  void List(std::span<const T> list) {
    AppendLittle(out_, std::uint64_t{list.size()});
    out_.append(reinterpret_cast<const char*>(list.data()), list.size_bytes());
  }

  std::string& out_;
  std::uint32_t present_ = 0;
};

}  // namespace

std::size_t EntryEncoder::Encode(const EntryCommon& common, std::span<const Event> events,
                                 std::string& out) {
  const std::size_t begin = out.size();
  EntryHead head;
  head.key_form = common.key.form;
  head.events = static_cast<std::uint16_t>(events.size());
  head.source = common.source;
  head.recorded_us = common.recorded_at.value();
  head.key = StoredKey(common.key);
  AppendRaw(out, head);
  for (const Event& event : events) EncodeEvent(event, out);
  return out.size() - begin;
}

void EntryEncoder::EncodeEvent(const Event& event, std::string& out) {
  const std::size_t begin = out.size();
  EventHead head;
  head.kind = event.kind->number;
  head.version = event.kind->version;
  head.zone_quarters = event.common.occurred.zone_quarters;
  head.cause = event.common.cause;
  head.actor = event.common.actor;
  head.occurred_s = event.common.occurred.seconds;
  head.business_day = event.common.business_day.value();
  head.period = event.common.period.value();
  AppendRaw(out, head);
  TailWriter tail{out};
  tail.Write(event.common);
  event.kind->encode(event.payload, tables_, out);
  head.present = tail.present();
  const std::size_t size = out.size() - begin;
  SUANPAN_INVARIANT(size % 8 == 0, "kind {}", head.kind);
  // An event too large for its size word makes an entry above kEntryBytesMax, which is refused
  // before it is stored.
  head.size_words = static_cast<std::uint16_t>(size / 8);
  std::memcpy(out.data() + begin, &head, sizeof head);
}

}  // namespace suanpan::schema
