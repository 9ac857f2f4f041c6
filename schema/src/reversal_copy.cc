#include "suanpan/schema/reversal_copy.h"

#include <cstring>

namespace suanpan::schema {
namespace {

/// Before each payload: address u64, kind u16, words u16, business date u16, 1 where it is kept
/// u16, actor u32, rule's policy u32 and version u32, 0 u32.
constexpr std::size_t kHeadBytes = 32;

}  // namespace

std::optional<std::vector<CopiedEvent>> ReadCopy(const EntryReversed& fact, const KindTable& kinds,
                                                 Arena& arena) {
  std::vector<CopiedEvent> events;
  // Payloads are decoded in place, and a copy of a copy need not lie where words may lie.
  const std::span<std::uint64_t> words = arena.Make<std::uint64_t>((fact.copy.size() + 7) / 8);
  if (!fact.copy.empty()) std::memcpy(words.data(), fact.copy.data(), fact.copy.size());
  const auto* at = reinterpret_cast<const std::uint8_t*>(words.data());
  for (std::size_t left = fact.copy.size(); left != 0;) {
    if (left < kHeadBytes) return std::nullopt;
    CopiedEvent copied;
    copied.at = Address::FromPacked(LoadLittle<std::uint64_t>(at));
    copied.event.kind = kinds.ByNumber(LoadLittle<std::uint16_t>(at + 8));
    const std::size_t bytes = LoadLittle<std::uint16_t>(at + 10) * std::size_t{8};
    copied.event.common.business_day = Date{LoadLittle<std::uint16_t>(at + 12)};
    copied.event.common.period = MonthOf(copied.event.common.business_day);
    copied.event.common.actor = NameId{LoadLittle<std::uint32_t>(at + 16)};
    copied.event.common.rule = {NameId{LoadLittle<std::uint32_t>(at + 20)},
                                LoadLittle<std::uint32_t>(at + 24)};
    copied.kept = LoadLittle<std::uint16_t>(at + 14) != 0;
    if (copied.event.kind == nullptr || bytes > left - kHeadBytes) return std::nullopt;
    copied.event.payload = copied.event.kind->decode({at + kHeadBytes, bytes}, arena);
    if (copied.event.payload == nullptr) return std::nullopt;
    events.push_back(copied);
    at += kHeadBytes + bytes;
    left -= kHeadBytes + bytes;
  }
  if (events.empty()) return std::nullopt;
  return events;
}

}  // namespace suanpan::schema
