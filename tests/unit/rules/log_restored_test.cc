// log.restored: an entry of its own that changes nothing but the head, and nothing else is one.

#include <gtest/gtest.h>

#include <functional>

#include "suanpan/schema/event_json.h"
#include "suanpan/schema/kinds/log.h"
#include "support/book_harness.h"
#include "support/fact_text.h"

namespace suanpan::testing {
namespace {

using schema::Event;
using schema::LogRestored;

class LogRestoredEntry : public ::testing::Test {
 protected:
  LogRestoredEntry() {
    Add("2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
        "host=o");
    Add("2026-01-02 p-acct party.registered party=v-1 party_type=vendor");
  }
  void Add(std::string_view fact) {
    const std::string key = fmt::format("t/{}", book_.size() + 1);
    const Answer answer = book_.Append(CommandJson(key, *FactJson(fact)));
    ASSERT_FALSE(answer.refusal) << answer.ToText();
  }
  /// What Apply says of entry 3 after a change.
  std::string AfterChange(
      const std::function<void(schema::EntryCommon&, std::vector<Event>&, LogRestored&)>& change) {
    rules::BookState state;
    const rules::Catalogue& catalogue = rules::Catalogue::Standard();
    for (const std::uint64_t seq : {1U, 2U}) {
      EXPECT_TRUE(ApplyEntry(catalogue, state, Seq{seq}, book_.entry(Seq{seq})).ok());
    }
    schema::EntryView view = book_.entry(Seq{3});
    std::vector<Event> events{view.events.begin(), view.events.end()};
    LogRestored fact = events.front().As<LogRestored>();
    events.front().payload = &fact;
    change(view.common, events, fact);
    view.events = events;
    return ApplyEntry(catalogue, state, Seq{3}, view).ToString();
  }

  BookHarness book_;
};

TEST_F(LogRestoredEntry, HasOneFirstEventWithTheRecordingTimeAndThenItsNewName) {
  book_.recorded_at = *ParseInstant("2026-01-31T16:00:01.5Z");
  ASSERT_EQ(book_.Restore(Seq{9}, "disk_failure"), Seq{3});
  std::string text;
  schema::JsonText json{text};
  schema::WriteEntryJson(json, book_.state().names, "zz", Seq{3}, {}, book_.entry(Seq{3}));
  EXPECT_EQ(text.substr(0, text.find(",\"leaf\"")),
            R"({"book":"zz","seq":3,"recorded_at":"2026-01-31T16:00:01.500000Z","source":"",)"
            R"("key":"")");
  EXPECT_EQ(text.substr(text.find(R"("events":)")),
            R"("events":[{"at":"3.0","kind":"log.restored","kind_no":66,"version":1,)"
            R"("occurred_at":"2026-02-01T00:00:01+08:00","business_date":"2026-02-01",)"
            R"("period":"2026-02","from_seq":9,"reason":"disk_failure","lost_after":2},)"
            R"({"at":"3.1","kind":"ref.introduced","kind_no":64,"version":1,)"
            R"("occurred_at":"2026-02-01T00:00:01+08:00","business_date":"2026-02-01",)"
            R"("period":"2026-02","id":7,"ref":"disk_failure"}]})");
  EXPECT_TRUE(CheckEntry(book_.entry(Seq{3}), book_.state().names).ok());
}

TEST_F(LogRestoredEntry, ChangesNoBalanceAndTheBookGoesOn) {
  const auto balances = book_.Balances();
  (void)book_.Restore(Seq{9}, "disk_failure");
  EXPECT_EQ(book_.Restore(Seq{3}, "disk_failure"), Seq{4}) << "nothing is known to be lost";
  EXPECT_EQ(book_.entry(Seq{4}).events.size(), 1U) << "the name is there already";
  Add("2026-01-03 p-acct party.registered party=v-2 party_type=vendor");
  EXPECT_EQ(book_.size(), 5U);
  EXPECT_EQ(book_.Balances(), balances);
  EXPECT_EQ(book_.CompareWithReplay(), "");
}

TEST_F(LogRestoredEntry, ANewSchemaIsNamedInItToo) {
  BookHarness old{rules::Catalogue::Standard(), {0, {}}};
  ASSERT_FALSE(old.Append(CommandJson("t/1", *FactJson("2026-01-01 p-acct book.opened label=X "
                                                       "utc_offset_minutes=0 unit=u "
                                                       "level=community host=o")))
                   .refusal);
  rules::BookState state;
  ASSERT_TRUE(old.Replay(state).ok());
  rules::Decider decider{rules::Catalogue::Standard(), {1, {}}};
  const schema::EntryView entry = decider.Restored(state, Seq{1}, "theft", old.recorded_at);
  ASSERT_EQ(entry.events.size(), 3U);
  EXPECT_EQ(entry.events[1].kind->name, "schema.added");
  EXPECT_EQ(entry.events[2].kind->name, "ref.introduced");
}

TEST_F(LogRestoredEntry, IsBelievedOnlyAboutTheEntriesFromItsOwnOn) {
  (void)book_.Restore(Seq{9}, "disk_failure");
  EXPECT_EQ(AfterChange([](auto&, auto&, auto&) {}), Status{}.ToString());
  const auto found = [this](const auto& change, std::string_view text) {
    const std::string said = AfterChange(change);
    EXPECT_NE(said.find(text), std::string::npos) << said;
  };
  found([](auto&, auto&, LogRestored& fact) { fact.fixed.lost_after = 1; }, "entries 2 to 9");
  found([](auto&, auto&, LogRestored& fact) { fact.fixed.lost_after = 3; }, "entries 4 to 9");
  found([](auto&, auto&, LogRestored& fact) { fact.fixed.from_seq = 1; }, "entries 3 to 1");
}

TEST_F(LogRestoredEntry, StandsInAnEntryOfItsOwn) {
  (void)book_.Restore(Seq{9}, "disk_failure");
  const auto found = [this](const auto& change, std::string_view text) {
    const std::string said = AfterChange(change);
    EXPECT_NE(said.find(text), std::string::npos) << said;
  };
  constexpr std::string_view kOfACommand = "in the entry of a command";
  found([](schema::EntryCommon& common, auto&, auto&) { common.source = NameId{1}; }, kOfACommand);
  found([](schema::EntryCommon& common, auto&, auto&) { common.key.form = schema::KeyForm::kUuid; },
        kOfACommand);
  found([this](auto&, std::vector<Event>& events,
               auto&) { events.insert(events.begin() + 1, book_.entry(Seq{2}).events[0]); },
        kOfACommand);
  found([](auto&, std::vector<Event>& events,
           auto&) { events.insert(events.begin() + 1, events.front()); },
        "not first in its entry");
}

}  // namespace
}  // namespace suanpan::testing
