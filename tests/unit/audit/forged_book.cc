#include "forged_book.h"

#include <algorithm>
#include <cstring>

#include "forged_log.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "support/fact_text.h"

namespace suanpan::audit {
namespace {

bool IsReadable(const std::string& entry) {
  // Decoding looks at words: the copy is aligned for them.
  std::vector<std::uint64_t> words((entry.size() + 7) / 8);
  std::memcpy(words.data(), entry.data(), entry.size());
  Arena arena;
  return schema::DecodeEntry({reinterpret_cast<const std::uint8_t*>(words.data()), entry.size()},
                             rules::Catalogue::Standard().kinds(), arena)
      .ok();
}

}  // namespace

std::vector<std::string> EntriesOf(const testing::BookHarness& book) {
  std::vector<std::string> entries;
  for (std::uint64_t seq = 1; seq <= book.size(); ++seq) entries.push_back(book.bytes(Seq{seq}));
  return entries;
}

testing::BookHarness MakeBook() {
  return testing::BookHarness{rules::Catalogue::Standard(), TestStamp()};
}

std::uint64_t ForgedBook::Add(std::string_view facts) {
  std::string json;
  for (std::size_t start = 0; start < facts.size();) {
    const std::size_t end = std::min(facts.find('\n', start), facts.size());
    json += (json.empty() ? "" : ",") + *testing::FactJson(facts.substr(start, end - start));
    start = end + 1;
  }
  const testing::Answer answer =
      book_.Append(testing::CommandJson(fmt::format("t/{}", ++commands_), json));
  EXPECT_FALSE(answer.refusal) << answer.ToText() << ": " << facts;
  return answer.seq.value();
}

std::uint64_t ForgedBook::Restore(std::uint64_t from, std::string_view reason) {
  return book_.Restore(Seq{from}, reason).value();
}

void ForgedBook::OpenBook() {
  Add("2025-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u level=community host=o\n"
      "2025-01-01 p-acct fund.opened fund=f label=F host=o bank_accounts=[b c] "
      "default_pot=restricted/government restriction={class=restricted purposes=[care]}\n"
      "2025-01-01 p-acct fund.opened fund=g label=G host=o bank_accounts=[d] "
      "default_pot=restricted/donation restriction={class=restricted purposes=[care]}");
}

void ForgedBook::TakeEntries() {
  for (std::size_t seq = entries_.size() + 1; seq <= book_.size(); ++seq) {
    entries_.push_back(book_.bytes(Seq{seq}));
  }
}

void ForgedBook::ForgeAt(std::uint64_t seq, std::uint16_t kind,
                         const std::function<void(schema::Event&)>& change) {
  TakeEntries();
  entries_[seq - 1] =
      Changed(entries_[seq - 1], [&](schema::EntryCommon&, std::vector<schema::Event>& events) {
        for (schema::Event& event : events) {
          if (event.kind->number == kind) return change(event);
        }
        ADD_FAILURE() << "entry " << seq << " has no event of kind " << kind;
      });
}

void ForgedBook::ForgeEntry(std::uint64_t seq,
                            const std::function<void(schema::EntryCommon&)>& change) {
  TakeEntries();
  entries_[seq - 1] =
      Changed(entries_[seq - 1],
              [&](schema::EntryCommon& common, std::vector<schema::Event>&) { change(common); });
}

void ForgedBook::ForgeAny(std::uint64_t seq, const Change& change) {
  TakeEntries();
  entries_[seq - 1] = Changed(entries_[seq - 1], change);
}

std::uint64_t ForgedBook::Repeat(std::uint64_t seq) {
  TakeEntries();
  EXPECT_EQ(entries_.size(), book_.size()) << "only one entry can be repeated";
  const auto other_key = [this](schema::EntryCommon& common, std::vector<schema::Event>&) {
    common.key.counter = static_cast<std::uint64_t>(++commands_);
  };
  entries_.push_back(Changed(entries_[seq - 1], other_key));
  return entries_.size();
}

NameId ForgedBook::Name(std::string_view text) const {
  const NameId id = book_.state().names.Find(text);
  EXPECT_NE(id.value(), 0U) << text;
  return id;
}

std::vector<std::string> ForgedBook::WrittenEntries() {
  TakeEntries();
  // What no writer could encode is forged as it stands.
  const bool readable = std::ranges::all_of(entries_, IsReadable);
  return readable ? ForgedLog{entries_}.Renumbered() : entries_;
}

void ForgedBook::Export(const std::filesystem::path& dir, std::string_view book) {
  WriteForged(dir, std::string{book}, WrittenEntries());
}

VerifyReport ForgedBook::Report(const std::vector<proof::Checkpoint>& anchors) {
  const test::TempDir dir;
  Export(dir.path() / "export");
  VerifyOptions options = OptionsFor(dir.path() / "export");
  for (const proof::Checkpoint& anchor : anchors) {
    options.anchors.push_back(dir.path() / fmt::format("anchor-{}", options.anchors.size()));
    WriteText(options.anchors.back(),
              proof::SignCheckpoint(anchor, TestSigner().ForBook("zz").value()).value());
  }
  return Verify(options);
}

proof::Checkpoint ForgedBook::HeadAt(std::size_t size) {
  const std::vector<std::string> entries = WrittenEntries();
  proof::Frontier tree;
  for (std::size_t i = 0; i < size; ++i) tree.Append(proof::LeafHash(AsBytes(entries.at(i))));
  return {TestSigner().ForBook("zz")->name(), tree.size(), tree.Root(), {}};
}

std::vector<std::string> ForgedBook::ChecksOf(const VerifyReport& report) {
  std::vector<std::string> found;
  for (const Finding& finding : report.books.at(0).findings) {
    found.push_back(fmt::format("{}@{}", finding.check, finding.seq));
  }
  return found;
}

CheckReport ForgedBook::Checks(const std::vector<std::string>& names) {
  CheckRun run = CheckRun::Of(names).value();
  std::uint64_t seq = 0;
  for (const std::string& entry : WrittenEntries()) {
    const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(entry));
    const Status taken = run.Take(Seq{++seq}, aligned.bytes());
    EXPECT_TRUE(taken.ok()) << taken.ToString();
  }
  return run.Finish();
}

std::vector<std::string> ForgedBook::NamesOf(const CheckReport& report) {
  std::vector<std::string> found;
  for (const CheckFinding& finding : report.findings) {
    found.push_back(fmt::format("{}@{}{}", finding.check,
                                finding.at.none() ? "0" : schema::ToText(finding.at),
                                finding.severity == Severity::kNote ? "?" : ""));
  }
  return found;
}

void ForgedBook::ExpectChecks(const std::vector<std::string>& names,
                              const std::vector<std::string>& expected) {
  const CheckReport report = Checks(names);
  EXPECT_EQ(NamesOf(report), expected) << RenderChecks(report, report::Format::kText);
}

void ForgedBook::ExpectFindings(const std::vector<std::string>& expected, Verdict verdict) {
  const VerifyReport report = Report();
  EXPECT_EQ(report.verdict, verdict);
  ASSERT_EQ(report.books.size(), 1U);
  EXPECT_EQ(ChecksOf(report), expected) << FindingsOf(report);
}

}  // namespace suanpan::audit
