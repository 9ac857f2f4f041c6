// A log that went on after a loss: an auditor sees it as a note, and nobody can write the note in
// another place or about other entries.

#include "forged_book.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {
namespace {

using schema::Event;
using schema::LogRestored;

/// Entry 1 opens the book, 2 registers, 3 restores (promised were 9 entries), 4 registers.
class RestoredLog : public ForgedBook {
 protected:
  void SetUp() override {
    OpenBook();
    Add("2025-01-01 p-acct party.registered party=v-1 party_type=vendor");
    Restore(9, "disk_failure");
    Add("2025-01-02 p-acct party.registered party=v-2 party_type=vendor");
  }
  Finding TheNote() {
    const VerifyReport report = Report();
    EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
    EXPECT_EQ(report.books[0].findings.size(), 1U) << FindingsOf(report);
    return report.books[0].findings.empty() ? Finding{} : report.books[0].findings[0];
  }
  void ExpectMalformed(std::uint64_t seq) {
    const VerifyReport report = Report();
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    EXPECT_NE(FindingsOf(report).find(fmt::format("V5/field@{}", seq)), std::string::npos)
        << FindingsOf(report);
    EXPECT_EQ(FindingsOf(report).find(fmt::format("V6/log_restored@{}", seq)), std::string::npos)
        << FindingsOf(report);
  }
};

TEST_F(RestoredLog, IsVerifiedWithANoteThatTellsWhatIsLost) {
  ExpectFindings({"V6/log_restored@3"}, Verdict::kVerified);
  const Finding note = TheNote();
  EXPECT_EQ(note.severity, Severity::kNote);
  EXPECT_EQ(note.text,
            "entries 3 to 9 were promised and lost, and their numbers are used again from here "
            "(reason disk_failure)");
}

TEST_F(RestoredLog, ItsEntryIsNoCommand) {
  const VerifyReport report = Report();
  EXPECT_EQ(report.books[0].size, 4U);
  EXPECT_EQ(report.books[0].commands, 3U);
}

TEST_F(RestoredLog, WhatWasNotKnownAnyMoreIsToldAsSuch) {
  Forge<LogRestored>(3, [](LogRestored& fact) { fact.fixed.from_seq = 2; });
  EXPECT_EQ(TheNote().text,
            "what was promised beyond entry 2 was not known any more when the log went on here: "
            "entries may be lost (reason disk_failure)");
}

TEST_F(RestoredLog, EachLossHasItsNote) {
  EXPECT_EQ(Restore(6, "theft"), 5U);
  ExpectFindings({"V6/log_restored@3", "V6/log_restored@5"}, Verdict::kVerified);
}

TEST_F(RestoredLog, IsToldBesideTheEarlierHeadThatItDoesNotContinue) {
  const auto expect = [this](std::size_t size, const std::string& check) {
    proof::Checkpoint earlier = HeadAt(std::min<std::size_t>(size, 4));
    earlier.size = TreeSize{size};
    earlier.root.bytes[0] ^= 1;  // lost entries are in it
    const VerifyReport report = Report({earlier, HeadAt(2)});
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    EXPECT_EQ(ExitCode(report.verdict), 1);
    EXPECT_EQ(ChecksOf(report), (std::vector<std::string>{check + "@0", "V6/log_restored@3"}))
        << FindingsOf(report);
    for (const Step& step : report.books.at(0).steps) {
      if (step.step < "V3" || step.step > "V7") continue;
      EXPECT_EQ(step.result, step.step == "V3" ? StepResult::kFailed : StepResult::kOk)
          << step.step << " with a head of " << size;
    }
    EXPECT_EQ(report.books.at(0).commands, 3U);
  };
  expect(9, "V3/shorter");
  expect(4, "V3/other_root");
  expect(3, "V3/not_a_prefix");
  // One that ends before the loss is continued.
  EXPECT_EQ(Report({HeadAt(2)}).verdict, Verdict::kVerified);
}

TEST_F(RestoredLog, WhatIsForgedBehindALossIsFoundBesideTheEarlierHead) {
  Forge<schema::PartyRegistered>(4, [](schema::PartyRegistered& fact) { fact.label = "somebody"; });
  proof::Checkpoint earlier = HeadAt(4);
  earlier.size = TreeSize{9};
  const VerifyReport report = Report({earlier});
  EXPECT_TRUE(HasFinding(report, "V3/shorter")) << FindingsOf(report);
  EXPECT_TRUE(HasFinding(report, "V5/field")) << FindingsOf(report);
}

TEST_F(RestoredLog, NumbersThatItCannotHave) {
  const auto expect = [this](std::int64_t lost_after, std::int64_t from_seq) {
    Forge<LogRestored>(3, [&](LogRestored& fact) {
      fact.fixed.lost_after = lost_after;
      fact.fixed.from_seq = from_seq;
    });
    ExpectFindings({"V5/log_restored@3", "V7/stopped@3"});
  };
  expect(1, 9);
  expect(3, 9);
  expect(2, 1);
}

TEST_F(RestoredLog, ATimeOfItsOwn) {
  const auto expect = [this](const std::function<void(schema::EventCommon&)>& change) {
    Forge<LogRestored>(3,
                       [&](LogRestored& /*fact*/, schema::EventCommon& common) { change(common); });
    ExpectFindings({"V5/log_restored@3", "V7/stopped@3"});
  };
  expect([](schema::EventCommon& common) { ++common.occurred.seconds; });
  expect([](schema::EventCommon& common) { ++common.occurred.zone_quarters; });
}

TEST_F(RestoredLog, MoreThanWhatWasLost) {
  Forge<LogRestored>(3, [this](LogRestored& /*fact*/, schema::EventCommon& common) {
    common.actor = Name("p-acct");
  });
  ExpectMalformed(3);
}

TEST_F(RestoredLog, AReasonThatIsNoCode) {
  Forge<LogRestored>(3, [this](LogRestored& fact) { fact.fixed.reason = Name("p-acct"); });
  ExpectMalformed(3);
  Forge<LogRestored>(3, [](LogRestored& fact) { fact.fixed.reason = {}; });
  ExpectMalformed(3);
}

TEST_F(RestoredLog, OneWithACommandsKey) {
  ForgeEntry(3, [this](schema::EntryCommon& common) {
    common.source = Name("test");
    common.key.form = schema::KeyForm::kStream;
    common.key.stream = Name("t");
    common.key.counter = 99;
  });
  ExpectMalformed(3);
}

TEST_F(RestoredLog, OneOfASource) {
  ForgeEntry(3, [this](schema::EntryCommon& common) { common.source = Name("test"); });
  ExpectFindings({"V5/damaged_entry@3", "V7/stopped@3"});
}

TEST_F(RestoredLog, OneInTheEntryOfACommand) {
  Event restored;
  ForgeAny(3, [&](schema::EntryCommon&, std::vector<Event>& events) { restored = events.front(); });
  const auto insert = [&](std::size_t line) {
    ForgeAny(4, [&](schema::EntryCommon&, std::vector<Event>& events) {
      static LogRestored fact;
      fact.fixed = {9, 3, Name("disk_failure")};
      Event event = restored;
      event.payload = &fact;
      event.common = {};
      event.common.occurred = events.front().common.occurred;
      event.common.business_day = events.front().common.business_day;
      event.common.period = events.front().common.period;
      events.insert(events.begin() + static_cast<std::ptrdiff_t>(line), event);
    });
  };
  insert(1);
  ExpectMalformed(4);
}

TEST_F(RestoredLog, TwoInOneEntry) {
  ForgeAny(3, [](schema::EntryCommon&, std::vector<Event>& events) {
    events.insert(events.begin() + 1, events.front());
  });
  ExpectMalformed(3);
}

TEST_F(RestoredLog, AFactBesideIt) {
  ForgeAny(3, [this](schema::EntryCommon&, std::vector<Event>& events) {
    static schema::PartyRegistered party;
    party.party = Name("v-1");
    party.party_type = static_cast<std::uint8_t>(schema::PartyType::kVendor);
    Event fact = events.front();
    fact.kind = rules::Catalogue::Standard().kinds().ByNumber(schema::PartyRegistered::kKind);
    fact.payload = &party;
    fact.common.actor = Name("p-acct");
    events.insert(events.begin() + 1, fact);
  });
  ExpectMalformed(3);
}

TEST_F(RestoredLog, AnEntryOfTheEngineWithoutOne) {
  ForgeAny(3, [](schema::EntryCommon&, std::vector<Event>& events) {
    static schema::SchemaAdded fact;
    fact.version = schema::kSchemaVersion;
    events.front().kind = rules::Catalogue::Standard().kinds().ByNumber(schema::SchemaAdded::kKind);
    events.front().payload = &fact;
  });
  ExpectMalformed(3);
}

}  // namespace
}  // namespace suanpan::audit
