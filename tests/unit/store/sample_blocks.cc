#include "sample_blocks.h"

namespace suanpan::store::test {

std::string SampleEntry(Seq seq) {
  const std::uint64_t words = 1 + seq.value() * 7 % 15;
  std::string entry;
  for (std::uint64_t i = 0; i < words; ++i) {
    AppendLittle(entry, (seq.value() + i) * 0x9e37'79b9'7f4a'7c15U);
  }
  return entry;
}

EntrySummary SampleSummary(Seq seq) {
  const auto day = static_cast<std::uint16_t>(20'000 + seq.value() % 50);
  EntrySummary summary{.events = static_cast<std::uint32_t>(1 + seq.value() % 3),
                       .day_min = Date{day},
                       .day_max = Date{static_cast<std::uint16_t>(day + 1)},
                       .period_min = MonthOf(Date{day}),
                       .period_max = MonthOf(Date{static_cast<std::uint16_t>(day + 1)}),
                       .kinds = {},
                       .recorded = InstantUs{static_cast<std::int64_t>(1'000'000 * seq.value())}};
  summary.kinds.Add(static_cast<std::uint32_t>(seq.value() % 100));
  return summary;
}

Hash32 SampleRoot(Seq last) {
  Hash32 root;
  root.bytes.fill(static_cast<std::uint8_t>(last.value()));
  return root;
}

std::string SampleBlockBytes(Seq first, Seq last) {
  BlockBuilder builder{first};
  for (Seq seq = first; seq <= last; seq = Next(seq)) {
    builder.Add(AsBytes(SampleEntry(seq)), SampleSummary(seq));
  }
  return builder.Finish(SampleRoot(last));
}

StoredBlock SampleBlock(BookNo book, std::uint64_t first, std::uint64_t last) {
  return {book, Seq{first}, Seq{last}, SampleBlockBytes(Seq{first}, Seq{last})};
}

std::string SampleTile(char value) { return std::string(kTileBytes, value); }

std::string PlacesFrom(const EventReader& reader, std::uint32_t book, std::uint64_t from) {
  Result<std::unique_ptr<BlockCursor>> cursor = reader.ReadBlocks(BookNo{book}, Seq{from});
  if (!cursor.ok()) return cursor.error().ToString();
  std::string places;
  DecodedBlock block;
  while (true) {
    const Result<std::optional<ByteSpan>> next = (*cursor)->Next();
    if (!next.ok()) return places + next.error().ToString();
    if (!*next) return places;
    const Status decoded = DecodeBlock(**next, block);
    if (!decoded.ok()) return places + decoded.ToString();
    const Seq first = block.header().first_seq;
    const Seq last = block.header().last_seq();
    if (AsText(**next) != SampleBlockBytes(first, last)) return places + "other bytes";
    places += fmt::format("{}{}-{}", places.empty() ? "" : " ", first.value(), last.value());
  }
}

}  // namespace suanpan::store::test
