#include "src/files/reversal_copy.h"

#include "suanpan/base/bytes.h"

namespace suanpan::audit {
namespace {

constexpr std::size_t kHeadBytes = 24;

}  // namespace

std::optional<std::vector<Undone>> ReadCopy(const schema::KindTable& kinds,
                                            const schema::EntryReversed& reversal, Arena& arena) {
  std::vector<Undone> events;
  for (ByteSpan rest = AsBytes(reversal.copy); !rest.empty();) {
    if (rest.size() < kHeadBytes) return std::nullopt;
    const std::uint8_t* head = rest.data();
    rest = rest.subspan(kHeadBytes);
    Undone one;
    one.at = Address::FromPacked(LoadLittle<std::uint64_t>(head));
    one.event.kind = kinds.ByNumber(LoadLittle<std::uint16_t>(head + 8));
    const std::size_t bytes = LoadLittle<std::uint16_t>(head + 10) * std::size_t{8};
    one.event.common.business_day = Date{LoadLittle<std::uint16_t>(head + 12)};
    one.event.common.period = MonthOf(one.event.common.business_day);
    one.event.common.actor = NameId{LoadLittle<std::uint32_t>(head + 16)};
    one.kept = LoadLittle<std::uint16_t>(head + 14) != 0;
    if (one.event.kind == nullptr || bytes > rest.size()) return std::nullopt;
    one.event.payload = one.event.kind->decode(rest.first(bytes), arena);
    if (one.event.payload == nullptr) return std::nullopt;
    rest = rest.subspan(bytes);
    events.push_back(one);
  }
  if (events.empty()) return std::nullopt;
  return events;
}

}  // namespace suanpan::audit
