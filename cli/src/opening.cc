// Opening a data directory: for reading, for writing, for trying out; its key, its books.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "src/context.h"
#include "src/directories.h"
#include "src/progress.h"
#include "suanpan/audit/export.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {

rules::SchemaStamp CurrentSchema() {
  return {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles().front().compiled)};
}

engine::LedgerOptions LedgerOptionsOf(const Context& context, Progress& progress) {
  engine::LedgerOptions options;
  options.schema = CurrentSchema();
  options.clock = context.Clock();
  options.on_progress = [&progress](std::uint64_t done) { progress.Set(done); };
  options.on_notice = LogWarning;
  return options;
}

namespace {

namespace fs = std::filesystem;

bool IsExportOfBook(const fs::path& dir) {
  std::error_code error;
  return fs::exists(dir / audit::kCheckpointFile, error) &&
         fs::exists(dir / audit::kTileFolder, error);
}

/// What to do with an export; empty for any other directory.
std::string ExportRemedy(const std::string& dir) {
  std::error_code error;
  if (!fs::exists(fs::path{dir} / audit::kSchemaFolder, error)) return {};
  std::string book = IsExportOfBook(dir) ? dir : "";
  for (fs::directory_iterator at{dir, error}, end; !error && book.empty() && at != end;
       at.increment(error)) {
    if (IsExportOfBook(at->path())) book = at->path().string();
  }
  if (book.empty()) return {};
  return fmt::format(
      "{} is an export and no data directory: verify it with `suanpan audit verify {}`, test it "
      "with `suanpan audit check --export {}`",
      dir, dir, book);
}

template <class T>
Result<T> TellExport(Result<T> opened, const std::string& dir) {
  if (opened.ok() || opened.error().code() != StatusCode::kNotFound) return opened;
  std::string remedy = ExportRemedy(dir);
  if (remedy.empty()) return opened;
  return Status{StatusCode::kNotFound, std::move(remedy)};
}

/// The guard of the open data directory.
Result<std::shared_ptr<engine::Guard>> OpenGuard(const Context& context,
                                                 const store::EventReader& reader,
                                                 engine::Guard::Mode mode) {
  SUANPAN_ASSIGN_OR_RETURN(const engine::GuardPlace place, GuardPlaceOf(context, reader));
  Result<std::unique_ptr<engine::Guard>> guard = engine::Guard::Open(place.path, place.vkey, mode);
  if (guard.ok()) return std::shared_ptr<engine::Guard>{std::move(guard).value()};
  const std::string key = LogKeyPath(KeyDirectory(context.data_dir, context.key_dir));
  const std::string_view alarm = engine::AlarmIn(guard.error().message());
  const bool made_anew = alarm == "guard_missing" || alarm == "guard_damaged";
  if (!made_anew || ::access(key.c_str(), F_OK) == 0) return std::move(guard).error();
  return MakeError(StatusCode::kCorruption, "{}: {}", alarm, NoKeyRemedy(context));
}

/// Whoever reads need not have the key directory, if none is named.
bool CanSeeKeys(const Context& context) {
  const std::string key_dir = KeyDirectory(context.data_dir, context.key_dir);
  return !context.key_dir.empty() || ::access(key_dir.c_str(), X_OK) == 0;
}

Result<std::unique_ptr<engine::Ledger>> OpenToWrite(const Context& context, bool new_keys) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           context.open.store(context.data_dir, {.without_keys = new_keys}));
  LogInfo(fmt::format("opened {} for writing", context.data_dir));
  Progress progress{"opening", "entries", std::nullopt, context.quiet};
  engine::LedgerOptions options = LedgerOptionsOf(context, progress);
  SUANPAN_ASSIGN_OR_RETURN(options.guard, OpenGuard(context, *store, engine::Guard::Mode::kWrite));
  Result<std::unique_ptr<engine::Ledger>> ledger =
      engine::Ledger::Open(std::move(store), std::move(options));
  if (ledger.ok()) LogInfo(fmt::format("folded the logs of {} books", (*ledger)->Books().size()));
  return ledger;
}

}  // namespace

Opening TellingExports(Opening open) {
  Opening telling;
  telling.store = [store = std::move(open.store)](const std::string& path,
                                                  const store::RocksDbOptions& options) {
    return TellExport(store(path, options), path);
  };
  telling.reader = [reader = std::move(open.reader)](const std::string& path) {
    return TellExport(reader(path), path);
  };
  return telling;
}

std::string NoKeyRemedy(const Context& context) {
  return fmt::format(
      "neither a guard that can be read nor the key of this log is in {}: name its key directory "
      "with --key-dir, or put back a copy of the whole of it, log.key and guard, that is not older "
      "than the data; without the log key `suanpan restore` makes no new guard, and nothing can be "
      "signed",
      KeyDirectory(context.data_dir, context.key_dir));
}

Result<engine::GuardPlace> GuardPlaceOf(const Context& context, const store::EventReader& reader) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> vkey, reader.GetMeta(kMetaVkey));
  if (!vkey) {
    SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
    return store::LacksPart(context.data_dir, "verifier key", !books.empty());
  }
  return engine::GuardPlace{GuardPath(KeyDirectory(context.data_dir, context.key_dir)), *vkey};
}

Result<std::unique_ptr<store::EventReader>> OpenReader(const Context& context) {
  LogInfo(fmt::format("reading {}", context.data_dir));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventReader> reader,
                           context.open.reader(context.data_dir));
  if (!CanSeeKeys(context)) {
    Tell(fmt::format(
        "suanpan: no key directory {} is to be seen here: whether entries are missing was "
        "not checked\n",
        KeyDirectory(context.data_dir, context.key_dir)));
    return reader;
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::shared_ptr<engine::Guard> guard,
                           OpenGuard(context, *reader, engine::Guard::Mode::kRead));
  SUANPAN_RETURN_IF_ERROR(engine::CheckEnds(*reader, *guard));
  return reader;
}

Result<std::vector<TreeSize>> WarnOfUnstoredHeads(const Context& context,
                                                  store::EventReader& reader,
                                                  const std::vector<store::BookRow>& books) {
  std::vector<TreeSize> sizes(books.size());
  if (!CanSeeKeys(context)) return sizes;
  SUANPAN_ASSIGN_OR_RETURN(const std::shared_ptr<engine::Guard> guard,
                           OpenGuard(context, reader, engine::Guard::Mode::kRead));
  std::vector<BookNo> numbers;
  for (const store::BookRow& book : books) numbers.push_back(book.book);
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<std::optional<engine::UnstoredHead>> heads,
                           engine::SignedButNotStored(reader, numbers, *guard));
  for (std::size_t i = 0; i < books.size(); ++i) {
    if (!heads[i]) continue;
    LogWarning(fmt::format("book {}: {}", books[i].ref, engine::TextOf(*heads[i])));
    sizes[i] = heads[i]->signed_size;
  }
  return sizes;
}

Result<std::unique_ptr<engine::Ledger>> OpenLedger(const Context& context) {
  return OpenToWrite(context, false);
}

Result<KeysBefore> OpenBeforeNewKeys(const Context& context) {
  KeysBefore before;
  Result<std::unique_ptr<store::EventReader>> reader = context.open.reader(context.data_dir);
  if (!reader.ok()) {
    if (reader.error().code() == StatusCode::kIo) return std::move(reader).error();
    Result<std::unique_ptr<store::EventReader>> past =
        store::OpenRocksDbReaderPastKeys(context.data_dir);
    if (!past.ok()) return std::move(reader).error();  // more than the index is damaged
    before.damage = std::move(reader).error();
    reader = std::move(past);
  }
  before.reader = std::move(reader).value();
  SUANPAN_ASSIGN_OR_RETURN(const std::shared_ptr<engine::Guard> guard,
                           OpenGuard(context, *before.reader, engine::Guard::Mode::kWrite));
  SUANPAN_RETURN_IF_ERROR(engine::CheckEnds(*before.reader, *guard));
  return before;
}

Result<std::unique_ptr<engine::Ledger>> OpenLedgerWithNewKeys(const Context& context) {
  return OpenToWrite(context, true);
}

Result<std::unique_ptr<engine::Ledger>> OpenDryLedger(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventReader> reader, OpenReader(context));
  Progress progress{"opening", "entries", std::nullopt, context.quiet};
  return engine::Ledger::OpenDry(std::move(reader), LedgerOptionsOf(context, progress));
}

Result<proof::Signer> OpenSigner(const Context& context) {
  const std::string path = LogKeyPath(KeyDirectory(context.data_dir, context.key_dir));
  SUANPAN_ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path, 64 * 1024),
                           "the log key cannot be read; name its directory with --key-dir");
  std::string_view line = text;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  Result<proof::Signer> signer = proof::Signer::Parse(line);
  if (signer.ok()) return signer;
  return MakeError(StatusCode::kCorruption,
                   "the log key {} is damaged: {}: put back a copy of it; nobody can make it anew",
                   path, signer.error().message());
}

Result<std::vector<store::BookRow>> ChooseBooks(const Context& context,
                                                const store::EventReader& reader) {
  if (!context.book.empty()) {
    SUANPAN_ASSIGN_OR_RETURN(store::BookRow book, ChooseBook(context, reader));
    return std::vector<store::BookRow>{std::move(book)};
  }
  SUANPAN_ASSIGN_OR_RETURN(std::vector<store::BookRow> books, reader.Books());
  std::ranges::sort(books, {}, &store::BookRow::ref);
  return books;
}

Result<store::BookRow> ChooseBook(const Context& context, const store::EventReader& reader) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  if (context.book.empty()) {
    if (books.size() == 1) return books.front();
    if (books.empty()) {
      return MakeError(StatusCode::kNotFound,
                       "the data directory has no book yet; append a book.opened command");
    }
    return MakeError(StatusCode::kInvalidArgument,
                     "there are {} books; name one with --book (see `suanpan book list`)",
                     books.size());
  }
  for (const store::BookRow& row : books) {
    if (row.ref == context.book) return row;
  }
  return MakeError(StatusCode::kNotFound, "there is no book '{}' (see `suanpan book list`)",
                   context.book);
}

}  // namespace suanpan::cli
