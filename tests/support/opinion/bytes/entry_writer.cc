#include "support/opinion/bytes/entry_writer.h"

#include <algorithm>

#include "support/opinion/bytes/bytes.h"
#include "support/opinion/bytes/event_writer.h"
#include "support/opinion/bytes/table.h"

namespace suanpan::opinion::bytes {
namespace {

constexpr std::uint16_t kRefIntroduced = 64;
constexpr std::uint16_t kSchemaAdded = 67;

/// "till-1/731" in its two parts; no stream where the key is a UUID.
struct Key {
  std::string stream;
  std::string rest;
};
Key KeyOf(const Json& entry) {
  const std::string text = entry.value("key", "");
  const std::size_t slash = text.rfind('/');
  return slash == std::string::npos ? Key{{}, text}
                                    : Key{text.substr(0, slash), text.substr(slash + 1)};
}

std::string SchemaPayload(const SchemaUse& schema, Slip slip) {
  Table table{slip};
  table.U32(schema.version);
  table.Bytes({schema.digest.begin(), schema.digest.end()});
  Bytes payload{slip};
  payload.Raw(table.Finish());
  payload.Pad();
  return payload.text();
}

std::string NamePayload(std::uint32_t number, const std::string& name, Slip slip) {
  Bytes payload{slip};
  payload.U32(number);
  payload.U8(name.size());
  payload.Raw(name);
  payload.Pad();
  return payload.text();
}

}  // namespace

EntryWriter::EntryWriter(std::optional<SchemaUse> schema, Slip slip)
    : slip_(slip), schema_(schema), names_(slip) {}

EntryWriter::EntryWriter(const std::vector<std::string>& names, Slip slip)
    : slip_(slip), names_(slip) {
  for (const std::string& name : names) names_.Number(name);
  introduced_ = names_.texts().size();
}

std::string EntryWriter::Encode(const Json& entry) {
  events_ = 0;
  if (slip_ == Slip::kStreamBeforeSource) names_.Number(KeyOf(entry).stream);
  names_.Number(entry.value("source", ""));
  names_.Number(KeyOf(entry).stream);
  if (slip_ == Slip::kNamesByAlphabet) NumberByAlphabet(entry.at("events"));
  std::string events = Events(entry);
  events += LogEvents(entry.at("events").at(0));
  return Head(entry) + events;
}

/// All texts of the events that could be names, sorted, before any is written.
void EntryWriter::NumberByAlphabet(const Json& events) {
  Names unsorted{Slip::kNone};
  for (const Json& event : events) {
    // A derived event without a time of its own has no name that its fact has not.
    if (!event.contains("occurred_at")) continue;
    static_cast<void>(EncodeEvent(event, nullptr, unsorted, Slip::kNone));
  }
  std::vector<std::string> texts = unsorted.texts();
  std::sort(texts.begin(), texts.end());
  for (const std::string& text : texts) names_.Number(text);
}

std::string EntryWriter::Head(const Json& entry) {
  const Key key = KeyOf(entry);
  const bool stream = !key.stream.empty();
  Bytes out{slip_};
  out.U8(1);
  out.U8(key.rest.empty() ? 0 : stream ? 2 : 1);
  out.U16(slip_ == Slip::kCountOfFactsOnly ? entry.at("events").size() : events_);
  out.U32(slip_ == Slip::kSourceLeftOut ? 0 : names_.Number(entry.value("source", "")));
  out.I64(entry.at("recorded_us").get<std::int64_t>());
  if (stream && slip_ == Slip::kKeyAsText) {
    out.Raw((key.stream + '/' + key.rest + std::string(16, '\0')).substr(0, 16));
  } else if (stream) {
    out.U32(names_.Number(key.stream));
    out.Zeros(4);
    out.U64(CountOf(key.rest));
  } else {
    std::string bytes = BytesOfHex(key.rest);
    bytes.resize(16);
    if (slip_ == Slip::kUuidBackwards) std::reverse(bytes.begin(), bytes.end());
    out.Raw(bytes);
  }
  return out.text();
}

std::string EntryWriter::Events(const Json& entry) {
  const Json& events = entry.at("events");
  std::string out;
  for (const Json& event : events) {
    const auto cause = event.find("cause_line");
    out +=
        EncodeEvent(event, cause == event.end() ? nullptr : &events.at(cause->get<std::size_t>()),
                    names_, slip_);
    ++events_;
  }
  return out;
}

std::string EntryWriter::LogEvents(const Json& first) {
  std::string schema;
  if (schema_) {
    schema = EncodeLogEvent(kSchemaAdded, first, SchemaPayload(*schema_, slip_), slip_);
    ++events_;
    if (slip_ != Slip::kSchemaInEveryEntry) schema_.reset();
  }
  std::vector<std::string> introduced;
  if (slip_ == Slip::kNamesInEveryEntry) introduced_ = 0;
  while (introduced_ < names_.texts().size()) {
    const std::string& name = names_.texts()[introduced_++];
    introduced.push_back(EncodeLogEvent(kRefIntroduced, first,
                                        NamePayload(names_.Number(name), name, slip_), slip_));
    ++events_;
  }
  if (slip_ == Slip::kNamesBackwards) std::reverse(introduced.begin(), introduced.end());
  std::string names;
  for (const std::string& event : introduced) names += event;
  return slip_ == Slip::kSchemaLast ? names + schema : schema + names;
}

}  // namespace suanpan::opinion::bytes
