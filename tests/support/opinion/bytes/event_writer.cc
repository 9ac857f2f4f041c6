#include "support/opinion/bytes/event_writer.h"

#include <algorithm>

#include "support/opinion/bytes/payloads.h"

namespace suanpan::opinion::bytes {
namespace {

struct Head {
  std::uint16_t kind = 0;
  std::uint64_t cause = 0;
  std::uint32_t present = 0;
  std::uint32_t actor = 0;
  StatedTime occurred;
  std::int64_t day = 0;
  std::uint64_t period = 0;
};

std::string Assemble(Head head, const std::string& tail, const std::string& payload, Slip slip) {
  Bytes out{slip};
  std::size_t size = tail.size() + payload.size();
  if (slip != Slip::kSizeWithoutHead) size += 24;
  if (slip == Slip::kOffsetNotTakenOff) head.occurred.seconds += head.occurred.quarters * 900;
  if (slip == Slip::kOffsetNotStored) head.occurred.quarters = 0;
  if (slip == Slip::kOffsetInMinutes) head.occurred.quarters *= 15;
  out.U16(head.kind);
  out.U8(1);
  out.U8(static_cast<std::uint64_t>(head.occurred.quarters));
  out.U16(slip == Slip::kSizeInBytes ? size : size / 8);
  out.U16(head.cause);
  out.U32(slip == Slip::kPresentBitsDropped ? 0 : head.present);
  out.U32(head.actor);
  out.U32(static_cast<std::uint64_t>(head.occurred.seconds));
  out.U16(static_cast<std::uint64_t>(head.day));
  out.U16(head.period);
  out.Raw(tail);
  out.Raw(payload);
  return out.text();
}

void ReadTimes(const Json& event, const Json* cause, Slip slip, Head& head) {
  const bool own = event.contains("occurred_at") || cause == nullptr;
  head.occurred = TimeOf((own ? event : *cause).at("occurred_at").get<std::string>());
  head.day = slip == Slip::kDayInUtc ? head.occurred.seconds / 86'400
                                     : DayOf(event.at("business_date").get<std::string>());
  head.period = MonthOf(event.at("period").get<std::string>());
  if (slip == Slip::kMonthsFromOne) ++head.period;
}

/// The refusals that may be set aside, in the order of their bits.
std::uint64_t IrregularBits(const std::vector<std::string>& words, Slip slip) {
  std::uint64_t bits = 0;
  for (const std::string& word : words) {
    const unsigned place =
        PlaceOf(word, {"purpose_outside_restriction", "exceeds_contract", "exceeds_award",
                       "exceeds_applied", "limit_exceeded", "approval_missing"});
    bits |= std::uint64_t{1} << (slip == Slip::kIrregularFromOne ? place : place - 1);
  }
  return bits;
}

/// The parts that are there, by their bit.
class Tail {
 public:
  Tail(const Fields& event, Names& names, Slip slip) : event_(event), names_(names), slip_(slip) {
    if (slip == Slip::kSummaryBeforeSeries) Name("summary");
    SourceDoc();
    List(1, event.Texts("evidence"),
         [](Bytes& out, const std::string& hash) { out.Raw(BytesOfHex(hash)); });
    List(2, event.Texts("refs"),
         [](Bytes& out, const std::string& address) { out.U64(AddressOf(address)); });
    if (event.Has("summary")) {
      Part(3).U32(Name("summary"));
      parts_.back().second.Zeros(4);
    }
    if (event.Has("note_commit")) Part(4).Raw(BytesOfHex(event.Text("note_commit")));
    Word(5, event.Address("replaces"));
    Word(6, event.Address("supplements"));
    Word(7, event.Address("approval"));
    Word(8, IrregularBits(event.Texts("irregular"), slip));
    Word(9, event.Address("cause"));
    if (event.Has("rule") && event.Find("rule")->is_object()) {  // that of rule.applied is a name
      const Fields rule = event.Inner("rule");
      Bytes& out = Part(10);
      out.U32(names.Number(rule.Text("policy")));
      out.U32(static_cast<std::uint64_t>(rule.Amount("version")));
    }
  }

  [[nodiscard]] std::uint32_t present() const {
    std::uint32_t bits = 0;
    for (const auto& [bit, bytes] : parts_) bits |= 1U << bit;
    return bits;
  }
  [[nodiscard]] std::string text() {
    if (slip_ == Slip::kTailBackwards) std::reverse(parts_.begin(), parts_.end());
    std::string text;
    for (const auto& [bit, bytes] : parts_) text += bytes.text();
    return text;
  }

 private:
  Bytes& Part(unsigned bit) { return parts_.emplace_back(bit, Bytes{slip_}).second; }
  std::uint32_t Name(const char* field) { return names_.Number(event_.Text(field)); }
  void Word(unsigned bit, std::uint64_t value) {
    if (value != 0) Part(bit).U64(value);
  }
  void SourceDoc() {
    if (!event_.Has("source_doc")) return;
    const Fields doc = event_.Inner("source_doc");
    const std::string number = doc.Text("number");
    Bytes& out = Part(0);
    out.U32(names_.Number(doc.Text("series")));
    out.U8(number.size());
    out.Raw(number);
    out.Pad();
  }
  template <class Put>
  void List(unsigned bit, const std::vector<std::string>& list, Put put) {
    if (list.empty()) return;
    Bytes& out = Part(bit);
    if (slip_ == Slip::kCountsAs32) {
      out.U32(list.size());
    } else {
      out.U64(list.size());
    }
    for (const std::string& item : list) put(out, item);
  }

  const Fields& event_;
  Names& names_;
  Slip slip_;
  std::vector<std::pair<unsigned, Bytes>> parts_;
};

}  // namespace

std::string EncodeEvent(const Json& event, const Json* cause, Names& names, Slip slip) {
  const auto computed = event.find("computed");
  const Fields fields{event, computed == event.end() ? nullptr : &*computed, slip};
  const std::string kind = event.at("kind").get<std::string>();
  const auto write_payload = [&] {
    Bytes payload{slip};
    WritePayload(kind, fields, {payload, names});
    return payload.text();
  };
  std::string payload;
  if (slip == Slip::kPayloadNamesFirst) payload = write_payload();
  Head head;
  head.kind = KindNumber(kind);
  head.actor = names.Number(fields.Text("actor"));
  ReadTimes(event, cause, slip, head);
  if (event.contains("cause_line")) {
    head.cause =
        event.at("cause_line").get<std::uint64_t>() + (slip == Slip::kCauseWithoutOne ? 0 : 1);
    if (slip == Slip::kDerivedWithActor && cause != nullptr)
      head.actor = names.Number(cause->at("actor").get<std::string>());
  }
  Tail tail{fields, names, slip};
  head.present = tail.present();
  if (payload.empty()) payload = write_payload();
  return Assemble(head, tail.text(), payload, slip);
}

std::string EncodeLogEvent(std::uint16_t kind, const Json& first, const std::string& payload,
                           Slip slip) {
  Head head;
  head.kind = kind;
  if (slip != Slip::kLogEventsWithoutTimes) ReadTimes(first, nullptr, slip, head);
  return Assemble(head, {}, payload, slip);
}

}  // namespace suanpan::opinion::bytes
