#include "forged_log.h"
#include "forgery_rows.h"

namespace suanpan::audit {
namespace {

using Entries = std::vector<std::string>;

Entries First(std::size_t count) {
  return {Visit::Genuine().begin(), Visit::Genuine().begin() + static_cast<std::ptrdiff_t>(count)};
}
Entries Without(std::size_t seq) {
  Entries entries = Visit::Genuine();
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(seq - 1));
  return entries;
}
Entries Swapped(std::size_t seq) {
  Entries entries = Visit::Genuine();
  std::swap(entries[seq - 1], entries[seq]);
  return entries;
}

/// A log that a writer could have written, of a world in which entry 36 was recorded later.
Entries AnotherValidLog() {
  ForgedLog log{Visit::Genuine()};
  InstantUs& recorded = log.entries()[35].common.recorded_at;
  recorded = InstantUs{recorded.value() + 1};
  return log.Encoded();
}

std::function<void(Visit&)> Signed(const Entries& entries) {
  return [entries](Visit& visit) { visit.Rebuild(entries); };
}
std::function<void(Visit&)> BelowTheOldHead(const Entries& entries) {
  return [entries](Visit& visit) { visit.RebuildUnsigned(entries); };
}

/// The checkpoint of some entries, below it the tiles of all.
void OlderHeadOfAll(Visit& visit) {
  visit.Rebuild(First(Visit::kEarlier + 10));
  const std::string checkpoint = visit.Read(Visit::kCheckpoint);
  visit.Rebuild(Visit::Genuine());
  visit.Write(Visit::kCheckpoint, checkpoint);
}

}  // namespace

std::vector<Forgery> OtherLogs() {
  constexpr std::size_t kLate = Visit::kEarlier + 20;
  return {
      {"two entries swapped", BelowTheOldHead(Swapped(101)), "V4/root"},
      {"two entries swapped, signed again", Signed(Swapped(101)), "V3/not_a_prefix"},
      {"two entries swapped after the earlier visit, signed again", Signed(Swapped(kLate)),
       "V6/recorded_at"},
      {"an entry dropped", BelowTheOldHead(Without(50)), "V4/surplus_file"},
      {"an entry dropped, signed again", Signed(Without(50)), "V3/not_a_prefix"},
      {"the last 10 entries dropped", BelowTheOldHead(First(Visit::kSize - 10)), "V4/surplus_file"},
      {"the last entries dropped, signed again", Signed(First(Visit::kEarlier - 1)), "V3/shorter"},
      {"all entries dropped, signed again", Signed({}), "V3/shorter"},
      {"another valid log signed with the same key", Signed(AnotherValidLog()), "V3/not_a_prefix"},
      {"another valid log of the size of the earlier visit",
       [](Visit& v) {
         const Entries other = AnotherValidLog();
         v.Rebuild({other.begin(), other.begin() + Visit::kEarlier});
       },
       "V3/other_root"},
      {"an older checkpoint than the auditor has", Signed(First(100)), "V3/shorter"},
      {"an older checkpoint above the tiles of a newer one", OlderHeadOfAll, "V4/surplus_file"},
  };
}

}  // namespace suanpan::audit
