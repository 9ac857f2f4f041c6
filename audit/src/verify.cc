#include "suanpan/audit/verify.h"

#include <algorithm>
#include <atomic>
#include <memory>

#include "src/book_verifier.h"
#include "src/ordered_work.h"
#include "suanpan/audit/export.h"
#include "suanpan/audit/files.h"
#include "suanpan/base/mutex.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

/// What a folder of the export has beside its parts: no signature covers it, nothing reads it.
Status NoteUnsigned(const fs::path& dir, const std::string& folder,
                    const std::set<std::string_view>& parts, std::vector<Finding>& findings) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at{dir / folder, error}, end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (parts.contains(name)) continue;
    names.push_back(folder.empty() ? name : folder + "/" + name);
  }
  if (error) return MakeError(StatusCode::kIo, "{}: {}", dir.string(), error.message());
  std::ranges::sort(names);
  for (std::size_t i = 0; i < names.size() && i < kFindingsMax; ++i) {
    // A second book would pass for verified.
    const bool is_book = HoldsBook(dir / names[i]);
    findings.push_back(
        {is_book ? "V4/surplus_book" : "V4/unsigned",
         is_book ? Severity::kFailed : Severity::kNote,
         0,
         {},
         {},
         names[i] + (is_book ? "/ does not belong to an export of one book"
                             : " is no part of the export: no signature covers it")});
  }
  return {};
}

/// The folders in `dir` but the schemas', sorted. One that is a link is a finding: what it leads to
/// is no part of the export.
Result<std::vector<std::string>> ListFolders(const fs::path& dir, std::vector<Finding>& findings) {
  std::vector<std::string> folders;
  std::error_code error;
  for (fs::directory_iterator at{dir, error}, end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!at->is_directory(error)) continue;
    if (at->is_symlink(error)) {
      findings.push_back({"V4/damaged_file",
                          Severity::kFailed,
                          0,
                          {},
                          {},
                          name + ": it is a link, and links are not followed"});
    } else if (name != kSchemaFolder) {
      folders.push_back(name);
    }
  }
  if (error) return MakeError(StatusCode::kIo, "{}: {}", dir.string(), error.message());
  std::ranges::sort(folders);
  return folders;
}

/// The folders of an export: one empty name where the export is a single book. kNotFound where
/// nothing of an export is there.
Result<std::vector<std::string>> FoldersOf(const fs::path& dir, std::vector<Finding>& findings) {
  std::error_code error;
  if (!fs::is_directory(dir, error)) {
    return MakeError(StatusCode::kNotFound,
                     "{} is no directory; name the one that `suanpan audit export` wrote",
                     dir.string());
  }
  SUANPAN_ASSIGN_OR_RETURN(std::vector<std::string> folders, ListFolders(dir, findings));
  const bool book_here = HoldsBook(dir);
  const bool book_below = std::ranges::any_of(
      folders, [&](const std::string& folder) { return HoldsBook(dir / folder); });
  if (!book_here && !book_below && !fs::exists(dir / kSchemaFolder, error)) {
    return MakeError(StatusCode::kNotFound,
                     "{} is no export: no checkpoint, no tile/ and no schemas/ in it; name the "
                     "directory that `suanpan audit export` wrote",
                     dir.string());
  }
  if (book_here || folders.empty()) {
    SUANPAN_RETURN_IF_ERROR(
        NoteUnsigned(dir, {}, {kCheckpointFile, kTileFolder, kSchemaFolder}, findings));
    return std::vector<std::string>{std::string{}};
  }
  std::set<std::string_view> parts{folders.begin(), folders.end()};
  parts.insert(kSchemaFolder);
  SUANPAN_RETURN_IF_ERROR(NoteUnsigned(dir, {}, parts, findings));
  for (const std::string& folder : folders) {
    SUANPAN_RETURN_IF_ERROR(NoteUnsigned(dir, folder, {kCheckpointFile, kTileFolder}, findings));
  }
  return folders;
}

/// A temporary file that an interrupted export left beside a schema: nobody reads it.
bool IsLeftOver(std::string_view name, const std::set<std::string>& known) {
  if (!name.ends_with(kTemporarySuffix)) return false;
  name.remove_suffix(kTemporarySuffix.size());
  return known.contains(std::string{name});
}

/// The schema files of the export are those the auditor knows.
void CheckSchemaFiles(const VerifyOptions& options, std::vector<Finding>& findings) {
  const auto add = [&](std::string slug, Severity severity, std::string text) {
    findings.push_back({"V5/" + std::move(slug), severity, 0, {}, {}, std::move(text)});
  };
  std::set<std::string> known;
  for (const schema::SchemaFile& schema : options.schemas) {
    const std::string name = ToHex(proof::Sha256(schema.compiled).bytes);
    const auto compare = [&](const std::string& file, ByteSpan expected) {
      known.insert(file);
      std::string bytes;
      const Status read = ReadFile(options.dir / kSchemaFolder / file, expected.size(), bytes);
      if (read.ok() && std::ranges::equal(AsBytes(bytes), expected)) return;
      const bool missing = !read.ok() && read.code() != StatusCode::kCorruption;
      add(missing ? "missing_schema" : "schema_file",
          missing ? Severity::kUndecided : Severity::kFailed,
          "schemas/" + file + (missing ? " is missing" : " is not the schema of that digest"));
    };
    compare(name + ".bfbs", schema.compiled);
    compare(name + ".fbs", AsBytes(schema.text));
  }
  std::vector<std::string> surplus;
  std::error_code error;
  for (fs::directory_iterator at{options.dir / kSchemaFolder, error}, end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!known.contains(name) && !IsLeftOver(name, known)) surplus.push_back(name);
  }
  std::ranges::sort(surplus);
  for (std::size_t i = 0; i < surplus.size() && i < kFindingsMax; ++i) {
    add("unknown_schema", Severity::kFailed,
        "schemas/" + surplus[i] + " is no schema that the auditor knows");
  }
}

std::set<Hash32> DigestsOf(std::span<const schema::SchemaFile> schemas) {
  std::set<Hash32> digests;
  for (const schema::SchemaFile& schema : schemas) digests.insert(proof::Sha256(schema.compiled));
  return digests;
}

/// Verifies books on a few threads, each book on a share of them.
void VerifyBooks(std::vector<std::unique_ptr<BookVerifier>>& books,
                 const std::map<std::string, std::vector<Mark>>& marks, std::uint32_t threads) {
  const auto workers =
      static_cast<std::uint32_t>(std::clamp<std::size_t>(books.size(), 1, std::max(1U, threads)));
  const std::uint32_t per_book = std::max(1U, threads / workers);
  std::atomic<std::size_t> next{0};
  const auto verify = [&](BookVerifier& book) {
    const std::optional<Head>& head = book.head();
    const auto found = marks.find(head ? head->checkpoint.origin : std::string{});
    static const std::vector<Mark> none;
    book.Verify(found == marks.end() ? none : found->second, per_book);
  };
  const auto work = [&]() noexcept {
    for (std::size_t i = next++; i < books.size(); i = next++) {
      try {
        verify(*books[i]);
      } catch (const std::exception& error) {
        books[i]->GiveUp(error.what());
      } catch (...) {
        books[i]->GiveUp("an exception of no known kind");
      }
    }
  };
  JoinedThreads pool;
  pool.Start(workers - 1, work);
  work();
}

Verdict Worse(Verdict a, Verdict b) {
  if (a == Verdict::kFailed || b == Verdict::kFailed) return Verdict::kFailed;
  return a == Verdict::kVerified ? b : a;
}

Verdict VerdictOf(const VerifyReport& report) {
  Verdict verdict = report.books.empty() ? Verdict::kUndecided : Verdict::kVerified;
  for (const BookReport& book : report.books) verdict = Worse(verdict, book.verdict);
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::kNote) continue;
    verdict = Worse(verdict,
                    finding.severity == Severity::kFailed ? Verdict::kFailed : Verdict::kUndecided);
  }
  return verdict;
}

/// V9: the verified checkpoints become the auditor's state.
void KeepState(const VerifyOptions& options,
               const std::vector<std::unique_ptr<BookVerifier>>& books, VerifyReport& report) {
  if (!options.state_dir) return;
  for (std::size_t i = 0; i < books.size(); ++i) {
    StepResult& result = report.books[i].steps.back().result;
    result = StepResult::kUndecided;
    if (report.verdict != Verdict::kVerified) continue;
    const Head& head = *books[i]->head();
    const fs::path path = *options.state_dir / StateFileName(head.checkpoint.origin);
    const Status kept = WriteIfDifferent(path, AsBytes(head.note), Sync::kYes);
    if (kept.ok()) {
      result = StepResult::kOk;
    } else {
      report.findings.push_back(
          {"V9/state", Severity::kUndecided, 0, {}, {}, std::string{kept.message()}});
    }
  }
  report.verdict = Worse(report.verdict, VerdictOf(report));
}

/// One book may stand in one folder only.
std::vector<std::string> OriginsOf(const std::vector<std::unique_ptr<BookVerifier>>& books,
                                   std::vector<Finding>& findings) {
  std::vector<std::string> origins;
  for (const std::unique_ptr<BookVerifier>& book : books) {
    if (!book->head()) continue;
    const std::string& origin = book->head()->checkpoint.origin;
    if (std::ranges::find(origins, origin) != origins.end()) {
      findings.push_back(
          {"V1/twice", Severity::kFailed, 0, {}, {}, origin + " is in the export twice"});
    }
    origins.push_back(origin);
  }
  return origins;
}

}  // namespace

Result<VerifyReport> VerifyExport(const VerifyOptions& options) {
  VerifyReport report;
  SUANPAN_ASSIGN_OR_RETURN(const Pins pins, ReadPins(options));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<std::string> folders,
                           FoldersOf(options.dir, report.findings));
  VerifyContext context{
      options,
      pins,
      options.catalogue != nullptr ? *options.catalogue : rules::Catalogue::Standard(),
      {},
      {}};
  context.accepted_schemas = DigestsOf(options.schemas);
  std::vector<std::unique_ptr<BookVerifier>> books;
  std::uint64_t total = 0;
  for (const std::string& folder : folders) {
    books.push_back(std::make_unique<BookVerifier>(context, folder));
    const std::optional<Head>& head = books.back()->Open();
    if (head) total += head->checkpoint.size.value();
  }
  CheckSchemaFiles(options, report.findings);
  const std::vector<std::string> origins = OriginsOf(books, report.findings);
  const std::map<std::string, std::vector<Mark>> marks =
      ReadMarks(options, pins, origins, report.findings);
  Mutex progress;
  std::uint64_t done = 0;
  context.on_entries = [&](std::uint64_t more) {
    const MutexLock lock{progress};
    done += more;
    if (options.on_progress != nullptr) options.on_progress(done, total);
  };
  VerifyBooks(books, marks, options.threads);
  for (const std::unique_ptr<BookVerifier>& book : books) {
    // No book is better than the export that it is in: a schema that is missing is missing for it.
    for (const Finding& finding : report.findings) book->Share(finding);
    report.books.push_back(book->TakeReport());
  }
  report.verdict = VerdictOf(report);
  KeepState(options, books, report);
  return report;
}

}  // namespace suanpan::audit
