#include "imported_log.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "csv_sample.h"
#include "suanpan/audit/export.h"
#include "suanpan/audit/verify.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/test_ledger.h"

namespace suanpan::fault {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ImportedLog, error, leaves, untimed, rows, state, verdict)

namespace {

namespace fs = std::filesystem;

std::string HashOf(std::string_view bytes) { return ToHex(proof::LeafHash(AsBytes(bytes)).bytes); }

void AddEntry(const std::string& bytes, ImportedLog& log) {
  log.leaves.push_back(HashOf(bytes));
  std::string untimed = bytes;
  untimed.replace(8, 8, 8, '\0');
  log.untimed.push_back(HashOf(untimed));
  Arena arena;
  const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(bytes));
  const schema::EntryView entry =
      schema::DecodeEntry(aligned.bytes(), rules::Catalogue::Standard().kinds(), arena).value();
  for (const schema::Event& event : entry.events) {
    if (!event.common.doc_number.empty()) ++log.rows[std::string{event.common.doc_number}];
  }
}

Status AddEntries(const std::vector<std::string>& entries, ImportedLog& log) {
  for (const std::string& entry : entries) AddEntry(entry, log);
  return {};
}

Status Read(const Place& place, Guarded guarded, ImportedLog& log) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader,
                           store::OpenRocksDbReader(place.data()));
  if (guarded == Guarded::kYes) {
    SUANPAN_ASSIGN_OR_RETURN(
        const std::unique_ptr<engine::Guard> guard,
        engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kRead));
    SUANPAN_RETURN_IF_ERROR(engine::CheckEnds(*reader, *guard));
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<std::string> entries, EntriesOf(*reader));
  return AddEntries(entries, log);
}

Status Export(engine::Ledger& ledger, const fs::path& dir) {
  SUANPAN_ASSIGN_OR_RETURN(const std::string note,
                           engine::SignHead(ledger, "zz", test::TestSigner()));
  SUANPAN_ASSIGN_OR_RETURN(const engine::SealedHead head, ledger.Seal("zz"));
  SUANPAN_ASSIGN_OR_RETURN(const BookNo number, ledger.NumberOf("zz"));
  const audit::BookExport book{"zz", number, note, head.size};
  return audit::ExportDirectory(ledger.reader(), {&book, 1}, schema::SchemaFiles(), dir);
}

Status Examine(const Place& place, std::int64_t later_us, ImportedLog& log) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           store::OpenRocksDb(place.data(), {}));
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<engine::Ledger> ledger,
                           OpenForImport(place, std::move(store), later_us, Guarded::kYes));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<std::string> entries, EntriesOf(ledger->reader()));
  SUANPAN_RETURN_IF_ERROR(AddEntries(entries, log));
  SUANPAN_ASSIGN_OR_RETURN(const engine::SealedHead head, ledger->Seal("zz"));
  log.state = ToHex(head.state.root.bytes);
  audit::VerifyOptions options;
  options.dir = place.root / "export";
  options.vkey = Vkey();
  SUANPAN_RETURN_IF_ERROR(Export(*ledger, options.dir));
  SUANPAN_ASSIGN_OR_RETURN(const audit::VerifyReport report, audit::VerifyExport(options));
  log.verdict = audit::ToText(report.verdict);
  return {};
}

/// In a process of its own, because this one must stay without RocksDB's threads.
template <class Work>
ImportedLog Ask(Work work) {
  return nlohmann::json::parse(AskAndCrash([&] {
    ImportedLog log;
    const Status status = work(log);
    if (!status.ok()) log.error = status.ToString();
    return nlohmann::json(log).dump();
  }));
}

/// Each row once, none twice, none left out.
std::string RowFault(const std::map<std::string, int>& rows) {
  for (int row = 1; row <= kCsvRows; ++row) {
    const auto found = rows.find(std::to_string(row));
    if (found == rows.end()) return fmt::format("row {} is not there", row);
    if (found->second != 1) return fmt::format("row {} stands {} times", row, found->second);
  }
  return rows.size() == kCsvRows ? "" : "there are rows of no file";
}

}  // namespace

ImportedLog ReadImported(const Place& place, Guarded guarded) {
  return Ask([&](ImportedLog& log) { return Read(place, guarded, log); });
}

ImportedLog ExamineImported(const Place& place, std::int64_t later_us) {
  ImportedLog read = ReadImported(place);
  ImportedLog log = Ask([&](ImportedLog& full) { return Examine(place, later_us, full); });
  if (log.error.empty()) log.error = read.error;
  if (log.error.empty() && read.leaves != log.leaves) log.error = "a reader sees other entries";
  return log;
}

std::string Lost(const RunResult& run, const ImportedLog& log) {
  if (!log.error.empty()) return log.error;
  for (const auto& [key, answer] : run.answers) {
    const std::size_t space = answer.find(' ');
    const std::size_t seq = std::stoul(answer.substr(0, space));
    if (seq > log.leaves.size()) return fmt::format("{} was acknowledged as entry {}", key, seq);
    if (log.leaves[seq - 1] != answer.substr(space + 1))
      return fmt::format("{} was acknowledged with another leaf than entry {} has", key, seq);
  }
  return {};
}

std::string Different(const ImportedLog& log, const ImportedLog& whole, bool same_clock) {
  if (!log.error.empty()) return log.error;
  if (std::string fault = RowFault(log.rows); !fault.empty()) return fault;
  if (log.leaves.size() != whole.leaves.size())
    return fmt::format("{} entries, not {}", log.leaves.size(), whole.leaves.size());
  if (log.untimed != whole.untimed) return "an entry says something else";
  if (same_clock && log.leaves != whole.leaves) return "an entry has another leaf";
  if (log.state != whole.state) return "the state is another one";
  return log.verdict == "verified" ? "" : "the audit says " + log.verdict;
}

}  // namespace suanpan::fault
