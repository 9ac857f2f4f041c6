#include "samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "schema_support.h"
#include "suanpan/community_year/generate.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/name_table.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/memory_store.h"
#include "support/log_blocks.h"
#include "support/scenario.h"
#include "support/test_ledger.h"
#include "told.h"

namespace suanpan::opinion::bytes {
namespace {

namespace fs = std::filesystem;

const schema::KindTable& Kinds() { return rules::Catalogue::Standard().kinds(); }

SchemaUse UseOf(const rules::SchemaStamp& stamp) { return {stamp.version, stamp.digest.bytes}; }

/// The sample of a book from its bytes and commands.
Sample SampleOf(std::string name, std::vector<std::string> entries,
                const std::vector<std::string>& commands, const rules::SchemaStamp& stamp) {
  Sample sample{std::move(name), {}, std::move(entries), {}, UseOf(stamp), {}};
  EXPECT_EQ(sample.entries.size(), commands.size()) << sample.name;
  schema::NameTable names;
  for (std::size_t i = 0; i < sample.entries.size(); ++i) {
    const schema::AlignedBytes bytes{sample.entries[i]};
    Arena arena;
    const schema::EntryView entry = schema::DecodeEntry(bytes.span(), Kinds(), arena).value();
    for (const schema::Event& event : entry.events) {
      if (event.kind->number == schema::RefIntroduced::kKind)
        names.Intern(event.As<schema::RefIntroduced>().ref);
    }
    sample.told.push_back(ToldOf(entry, Seq{i + 1}, names, commands.at(i)));
  }
  return sample;
}

std::vector<std::string> LinesOf(const std::string& file) {
  std::ifstream in{std::string{SUANPAN_SOURCE_DIR "/"} + file};
  EXPECT_TRUE(in.good()) << file;
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> SmallYear() {
  std::vector<std::string> lines;
  community_year::YearOptions options;
  options.vendors = 5;
  options.sales_per_vendor_day = 1;
  options.facts_per_command = 7;
  options.key_form = community_year::KeyForm::kUuid;
  const Status made = community_year::GenerateYear(options, [&](std::string_view command) {
    lines.emplace_back(command);
    return Status{};
  });
  EXPECT_TRUE(made.ok()) << made.ToString();
  return lines;
}

Sample ThroughLedger(std::string name, const std::vector<std::string>& commands) {
  const rules::SchemaStamp stamp{schema::kSchemaVersion,
                                 proof::Sha256(schema::SchemaFiles().front().compiled)};
  test::TestLedger ledger{store::MakeMemoryStore(), stamp};
  ledger.now = *ParseInstant("2026-12-31T00:00:00Z");
  for (const std::string& command : commands) {
    ledger.Submit(command);
    ledger.now = InstantUs{ledger.now.value() + 1'234'567};
  }
  const std::string book = ledger.ledger().Books().at(0);
  const engine::SealedHead head = ledger.ledger().Seal(book).value();
  Sample sample =
      SampleOf(std::move(name), test::EntriesOf(ledger.ledger().reader(), ledger.NumberOf(book)),
               commands, stamp);
  sample.root = head.root;
  return sample;
}

}  // namespace

std::vector<Sample> LedgerSamples() {
  std::vector<Sample> samples;
  for (const char* file :
       {"examples/every-kind.jsonl", "examples/community-year/sample-week.jsonl",
        "examples/online-retail/setup-revenue.jsonl", "examples/online-retail/setup-margin.jsonl",
        "tests/compat/state_page.jsonl", "tests/data/commands/every-name.jsonl"}) {
    samples.push_back(ThroughLedger(file, LinesOf(file)));
  }
  samples.push_back(ThroughLedger("a small year", SmallYear()));
  return samples;
}

std::vector<Sample> ScenarioSamples() {
  std::vector<std::string> files;
  const std::string folder = SUANPAN_SOURCE_DIR "/tests/scenarios";
  for (const fs::directory_entry& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() == ".scenario") files.push_back(file.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<Sample> samples;
  const rules::SchemaStamp stamp{1, {}};
  for (const std::string& file : files) {
    testing::ScenarioReport report =
        testing::RunScenario(file, rules::Catalogue::Standard(), stamp);
    samples.push_back(SampleOf(file, std::move(report.entries), report.commands, stamp));
  }
  return samples;
}

Comparison Compare(const std::vector<Sample>& samples, Slip slip) {
  Comparison comparison;
  for (const Sample& sample : samples) {
    EntryWriter writer =
        sample.schema ? EntryWriter{sample.schema, slip} : EntryWriter{sample.names, slip};
    for (std::size_t i = 0; i < sample.entries.size(); ++i) {
      ++comparison.entries;
      const std::string written = writer.Encode(sample.told[i]);
      const std::string& stored = sample.entries[i];
      if (written == stored) continue;
      ++comparison.different;
      if (!comparison.first_difference.empty()) continue;
      const auto at = std::mismatch(written.begin(), written.end(), stored.begin(), stored.end());
      comparison.first_difference = fmt::format(
          "{}, entry {}: the second opinion has {} bytes, the log {}; they part at byte {}\n{}",
          sample.name, i + 1, written.size(), stored.size(), at.first - written.begin(),
          sample.told[i].dump());
    }
  }
  return comparison;
}

}  // namespace suanpan::opinion::bytes
