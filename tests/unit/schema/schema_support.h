#pragma once

// What the tests of this folder share: events made of filled values, and their JSON.

#include <string>

#include "fill_fields.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/json_fields.h"

namespace suanpan::schema {

/// Bytes of an entry, aligned as a reader needs them.
class AlignedBytes {
 public:
  explicit AlignedBytes(std::string_view bytes)
      : words_((bytes.size() + 7) / 8), size_(bytes.size()) {
    if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
  }
  [[nodiscard]] ByteSpan span() const {
    return {reinterpret_cast<const std::uint8_t*>(words_.data()), size_};
  }
  [[nodiscard]] std::uint8_t* data() { return reinterpret_cast<std::uint8_t*>(words_.data()); }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_;
};

/// The fields of an event as a JSON object; a command view is a fact of a command.
[[nodiscard]] std::string EventJson(const Event& event, const NameReader& names,
                                    JsonFieldWriter::View view);

/// A command of these facts, as a caller would have sent it.
[[nodiscard]] std::string CommandJson(std::string_view key, std::span<const Event> facts,
                                      const NameReader& names);

/// Everything that any view shows of an entry.
[[nodiscard]] std::string EverythingShown(const EntryView& entry, const NameReader& names);

/// One entry with one event, its key and head filled too.
struct SampleEntry {
  EntryCommon common;
  Event event;
};

/// Fills an entry around `event.payload`, whose kind says what the common part may have.
void FillAround(SampleEntry& sample, const Pick& pick, Arena& arena, NameTable& names);

template <class T>
[[nodiscard]] SampleEntry MakeSample(const KindInfo& kind, const Pick& pick, Arena& arena,
                                     NameTable& names) {
  T* value = arena.One<T>();
  FillFields fill{pick, arena, names, T::kEncoding == Encoding::kStruct};
  T::Describe(fill, *value);
  SampleEntry sample;
  sample.event.kind = &kind;
  sample.event.payload = value;
  FillAround(sample, pick, arena, names);
  return sample;
}

}  // namespace suanpan::schema
