#include "replay_fixture.h"

#include <map>

#include "suanpan/store/memory_store.h"

namespace suanpan::replay::test {

community_year::YearOptions SmallYear(std::uint32_t days, std::uint32_t communities) {
  community_year::YearOptions options;
  options.communities = communities;
  options.days = days;
  options.vendors = 3;
  options.sales_per_vendor_day = 3;
  return options;
}

const std::vector<std::string>& SmallYearEntries(std::uint32_t days) {
  static std::map<std::uint32_t, std::vector<std::string>> made;
  std::vector<std::string>& entries = made[days];
  if (entries.empty()) {
    TestLedger ledger{store::MakeMemoryStore()};
    ledger.AddYear(SmallYear(days));
    ledger.SignAll();  // waits until all is durable
    entries = suanpan::test::EntriesOf(ledger.ledger().reader(), kFirstBook);
  }
  return entries;
}

Replayed Digest(const ReplayedBook& book) {
  return {engine::DigestState(*book.state), book.root, book.events};
}

Replayed Replay(const store::EventReader& reader, BookNo book, const ReplayOptions& options) {
  const Result<ReplayedBook> replayed = ReplayBook(reader, book, options);
  if (!replayed.ok()) {
    ADD_FAILURE() << replayed.error().ToString();
    return {};
  }
  return Digest(*replayed);
}

std::unique_ptr<store::EventStore> ReplayTest::StoreOf(const std::vector<std::string>& entries,
                                                       const suanpan::test::BlockPlan& plan) {
  std::unique_ptr<store::EventStore> store = EmptyStore();
  suanpan::test::WriteBlocks(*store, {kFirstBook, "jx-001"}, entries, plan);
  return store;
}

std::unique_ptr<store::EventStore> ReplayTest::EmptyStore() {
  homes_.push_back(GetParam()());
  return homes_.back()->Open();
}

std::string Flipped(std::string entry, std::size_t at) {
  entry.at(at) = static_cast<char>(entry.at(at) ^ 1);
  return entry;
}

}  // namespace suanpan::replay::test
