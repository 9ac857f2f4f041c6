#include "sample_log.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <sstream>

#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tile_writer.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/store/memory_store.h"
#include "support/log_blocks.h"

namespace suanpan::audit {

namespace fs = std::filesystem;

std::span<const schema::SchemaFile> TestSchemas() {
  alignas(8) static constexpr std::uint8_t kCompiled[] = {1, 2, 3, 4};
  static constexpr schema::SchemaFile kFiles[] = {{"test", "table Nothing {}\n", kCompiled}};
  return kFiles;
}

rules::SchemaStamp TestStamp() {
  return {schema::kSchemaVersion, proof::Sha256(TestSchemas()[0].compiled)};
}

SampleLog::SampleLog() : TestLedger(store::MakeMemoryStore(), TestStamp()) {}

void SampleLog::OpenBook() {
  Submit(R"({"book":"zz","key":"a/1","facts":[)"
         R"({"kind":"book.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
         R"("label":"x","utc_offset_minutes":480,"unit":"u","level":"community","host":"o"},)"
         R"({"kind":"fund.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
         R"("fund":"f","label":"x","host":"o","bank_accounts":["b","c"],)"
         R"("default_pot":"restricted/government","restriction":{"class":"restricted",)"
         R"("purposes":["care"]}}]})");
}

void SampleLog::Fact(std::uint64_t key, std::string_view day, std::string_view fields) {
  Submit(fmt::format(R"({{"book":"zz","key":"a/{}","facts":[{{"occurred_at":"{}T10:00:00+08:00",)"
                     R"("actor":"p-1",{}}}]}})",
                     key, day, fields));
}

void SampleLog::AddYear(std::uint32_t communities, std::uint32_t days, std::uint32_t sales,
                        std::uint32_t facts_per_command, bool stream_keys) {
  community_year::YearOptions options;
  options.communities = communities;
  options.days = days;
  options.vendors = 4;
  options.sales_per_vendor_day = sales;
  options.facts_per_command = facts_per_command;
  options.key_form =
      stream_keys ? community_year::KeyForm::kStream : community_year::KeyForm::kUuid;
  TestLedger::AddYear(options);
}

BookExport SampleLog::Head(std::string_view book) {
  const engine::SealedHead head = ledger().Seal(book).value();
  const proof::Signer signer = TestSigner().ForBook(book).value();
  const proof::Checkpoint checkpoint{signer.name(), head.size, head.root, {}};
  return {std::string{book}, NumberOf(book), proof::SignCheckpoint(checkpoint, signer).value(),
          head.size};
}

void SampleLog::Export(const fs::path& dir) {
  std::vector<BookExport> books;
  for (const std::string& book : ledger().Books()) books.push_back(Head(book));
  const Status exported = ExportDirectory(ledger().reader(), books, TestSchemas(), dir);
  ASSERT_TRUE(exported.ok()) << exported.ToString();
}

std::vector<std::string> SampleLog::Entries(std::string_view book) {
  (void)ledger().Seal(book).value();  // waits until all is durable
  return test::EntriesOf(ledger().reader(), NumberOf(book));
}

void WriteSchemas(const fs::path& dir, std::span<const schema::SchemaFile> schemas) {
  for (const schema::SchemaFile& schema : schemas) {
    const std::string name = ToHex(proof::Sha256(schema.compiled).bytes);
    WriteText(dir / "schemas" / (name + ".bfbs"), AsText(schema.compiled));
    WriteText(dir / "schemas" / (name + ".fbs"), schema.text);
  }
}

void WriteForged(const fs::path& dir, std::string_view book,
                 const std::vector<std::string>& entries,
                 std::span<const schema::SchemaFile> schemas) {
  fs::remove_all(dir / "tile");
  proof::TileWriter writer{[&dir](std::string_view path, ByteSpan bytes) {
    WriteText(dir / path, AsText(bytes));
    return Status{};
  }};
  for (const std::string& entry : entries) ASSERT_TRUE(writer.Append(AsBytes(entry)).ok());
  ASSERT_TRUE(writer.Finish().ok());
  const proof::Signer signer = TestSigner().ForBook(book).value();
  WriteText(
      dir / "checkpoint",
      proof::SignCheckpoint({signer.name(), writer.size(), writer.Root(), {}}, signer).value());
  WriteSchemas(dir, schemas);
}

namespace {

/// Leaves every name and address as it is: resolving through it copies a payload.
class Same final : public schema::FieldMap {
 public:
  NameId MapName(NameId id) override { return id; }
  Address MapAddress(std::string_view, Address address) override { return address; }
};

}  // namespace

std::string Changed(const std::string& entry, const Change& change) {
  const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(entry));
  Arena arena;
  schema::EntryView view =
      schema::DecodeEntry(aligned.bytes(), rules::Catalogue::Standard().kinds(), arena).value();
  std::vector<schema::Event> events{view.events.begin(), view.events.end()};
  Same same;
  for (schema::Event& event : events) {
    event.payload = event.kind->resolve(event.payload, same, arena);
  }
  change(view.common, events);
  std::string bytes;
  schema::EntryEncoder encoder;
  encoder.Encode(view.common, events, bytes);
  return bytes;
}

VerifyOptions OptionsFor(const fs::path& dir) {
  VerifyOptions options;
  options.dir = dir;
  options.vkey = proof::ToText(TestSigner().verifier());
  options.schemas = TestSchemas();
  return options;
}

VerifyReport Verify(const VerifyOptions& options) {
  Result<VerifyReport> report = VerifyExport(options);
  if (!report.ok()) {
    ADD_FAILURE() << report.error().ToString();
    return {};
  }
  return *std::move(report);
}

std::string FindingsOf(const VerifyReport& report) {
  std::string text;
  const auto add = [&text](const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      text += fmt::format("{}@{} {} [{} / {}]\n", finding.check, finding.seq, finding.text,
                          finding.expected, finding.actual);
    }
  };
  add(report.findings);
  for (const BookReport& book : report.books) add(book.findings);
  return text;
}

bool HasFinding(const VerifyReport& report, std::string_view check) {
  const auto in = [check](const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [check](const Finding& finding) { return finding.check == check; });
  };
  return in(report.findings) ||
         std::any_of(report.books.begin(), report.books.end(),
                     [&](const BookReport& book) { return in(book.findings); });
}

std::map<std::string, std::string> FilesOf(const fs::path& dir) {
  std::map<std::string, std::string> all;
  for (const auto& file : fs::recursive_directory_iterator{dir}) {
    const std::string name = file.path().lexically_relative(dir).string();
    all[name] = file.is_symlink()        ? "-> " + fs::read_symlink(file.path()).string()
                : file.is_regular_file() ? ReadText(file.path())
                                         : "no file";
  }
  return all;
}

std::string ReadText(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in.good()) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteText(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream out{path, std::ios::binary};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(out.good()) << path;
}

}  // namespace suanpan::audit
