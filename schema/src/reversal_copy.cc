#include "suanpan/schema/reversal_copy.h"

#include <cstring>

namespace suanpan::schema {
namespace {

/// Before each payload: address u64, kind u16, words u16, business date u16, 1 where it is kept
/// u16, actor u32, rule's policy u32 and version u32, 0 u32.
constexpr std::size_t kHeadBytes = 32;

}  // namespace

std::optional<CopiedBytes> TakeCopied(ByteSpan& left, const KindTable& kinds) {
  if (left.size() < kHeadBytes) return std::nullopt;
  const std::uint8_t* at = left.data();
  CopiedBytes copied;
  Event& event = copied.head.event;
  copied.head.at = Address::FromPacked(LoadLittle<std::uint64_t>(at));
  event.kind = kinds.ByNumber(LoadLittle<std::uint16_t>(at + 8));
  const std::size_t bytes = LoadLittle<std::uint16_t>(at + 10) * std::size_t{8};
  event.common.business_day = Date{LoadLittle<std::uint16_t>(at + 12)};
  event.common.period = MonthOf(event.common.business_day);
  const auto kept = LoadLittle<std::uint16_t>(at + 14);
  copied.head.kept = kept != 0;
  event.common.actor = NameId{LoadLittle<std::uint32_t>(at + 16)};
  event.common.rule = {NameId{LoadLittle<std::uint32_t>(at + 20)},
                       LoadLittle<std::uint32_t>(at + 24)};
  copied.exact = kept <= 1 && LoadLittle<std::uint32_t>(at + 28) == 0;
  if (event.kind == nullptr || bytes > left.size() - kHeadBytes) return std::nullopt;
  copied.payload = left.subspan(kHeadBytes, bytes);
  left = left.subspan(kHeadBytes + bytes);
  return copied;
}

std::optional<std::vector<CopiedEvent>> ReadCopy(const EntryReversed& fact, const KindTable& kinds,
                                                 Arena& arena) {
  std::vector<CopiedEvent> events;
  // Payloads are decoded in place, and a copy of a copy need not lie where words may lie.
  const std::span<std::uint64_t> words = arena.Make<std::uint64_t>((fact.copy.size() + 7) / 8);
  if (!fact.copy.empty()) std::memcpy(words.data(), fact.copy.data(), fact.copy.size());
  ByteSpan left{reinterpret_cast<const std::uint8_t*>(words.data()), fact.copy.size()};
  while (!left.empty()) {
    std::optional<CopiedBytes> copied = TakeCopied(left, kinds);
    if (!copied) return std::nullopt;
    Event& event = copied->head.event;
    event.payload = event.kind->decode(copied->payload, arena);
    if (event.payload == nullptr) return std::nullopt;
    events.push_back(copied->head);
  }
  if (events.empty()) return std::nullopt;
  return events;
}

}  // namespace suanpan::schema
