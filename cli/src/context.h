#pragma once

// What every command of the program shares: global options, exit codes, the way to open things.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "suanpan/engine/ledger.h"
#include "suanpan/engine/restore.h"
#include "suanpan/proof/key.h"
#include "suanpan/report/document.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {

class Progress;

/// Exit codes of the command line contract.
enum ExitCode : int {
  kExitOk = 0,
  kExitFound = 1,
  kExitUsage = 2,
  kExitCouldNot = 3,
  kExitInterrupted = 130
};

/// How a data directory is opened, for writing and for reading.
struct Opening {
  std::function<Result<std::unique_ptr<store::EventStore>>(const std::string& path,
                                                           const store::RocksDbOptions& options)>
      store;
  std::function<Result<std::unique_ptr<store::EventReader>>(const std::string& path)> reader;
};

struct Context {
  Opening open;

  // Global options.
  std::string data_dir;
  std::string key_dir;
  std::string book;
  std::string format;  ///< empty: not stated
  std::string output;
  std::string clock;  ///< fixed recorded time, for tests and generators
  std::string log_level = "warn";
  unsigned threads = 0;  ///< 0: as many as there are processors
  bool json = false;
  bool log_json = false;
  bool quiet = false;

  /// The chosen command; set while options are parsed, run afterwards.
  std::function<int()> action;

  [[nodiscard]] report::Format Format() const;
  [[nodiscard]] unsigned Threads() const;
  [[nodiscard]] std::function<InstantUs()> Clock() const;
};

/// Which global options a command has no use for. It refuses them: an option that is passed over in
/// silence looks as if it had been obeyed.
struct Unused {
  bool book = false;
  bool csv = false;   ///< --format csv
  bool text = false;  ///< --format text: what the command prints is for machines already
};

/// Registers a subcommand whose `run` gives the exit code. Global options may stand behind it.
CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& example, Context& context, std::function<int()> run,
                     Unused unused = {});

/// Registers a word that must be followed by a command of its own.
CLI::App* AddGroup(CLI::App& app, const std::string& name, const std::string& description,
                   const std::string& example);
/// A check for options: empty where the text is a whole number above 0, else what is wrong.
std::string CheckPositive(const std::string& text);
/// The same for the name of a writing service.
std::string CheckSource(const std::string& text);

/// Prints on stderr; a failure to do so is nobody's business.
void Tell(std::string_view text);
/// Whether log lines and errors are JSON objects; set once, before anything is told.
void LogAsJson(bool json);
/// A log line of level info.
void LogInfo(std::string_view message);
/// A log line of level warning, which is shown by default.
void LogWarning(std::string_view message);
/// Prints "suanpan: message", or the JSON line of an error, on stderr.
void TellError(std::string_view message);
/// Tells the error and gives the exit code of
/// the error's kind. Silent where the user stopped the program.
int Fail(const Status& status);
int FailUsage(std::string_view message);

/// True once Ctrl-C was pressed.
[[nodiscard]] bool Interrupted();
/// Ctrl-C is noted once, and a write to a closed pipe is an error like others.
void InstallSignalHandlers();
/// For commands that leave nothing behind: Ctrl-C ends them at once.
void LeaveOnInterrupt();

/// Whoever read our output has closed it (`| head`): we end as quietly as others do.
[[nodiscard]] bool ReaderLeft();
void NoteReaderLeft();

/// The same opening, which of an export says what it is instead of what it is not.
[[nodiscard]] Opening TellingExports(Opening open);
/// Opens the data directory for reading, beside a writer.
[[nodiscard]] Result<std::unique_ptr<store::EventReader>> OpenReader(const Context& context);
/// Where the guard of an open data directory is, and whose. kFailedPrecondition: it was not made to
/// the end.
[[nodiscard]] Result<engine::GuardPlace> GuardPlaceOf(const Context& context,
                                                      const store::EventReader& reader);
/// What to do where there is no guard that can be read and the log's key is not there either: the
/// two belong together, and without the key no guard is made anew.
[[nodiscard]] std::string NoKeyRemedy(const Context& context);
/// Opens it for writing; folds the logs, with progress.
[[nodiscard]] Result<std::unique_ptr<engine::Ledger>> OpenLedger(const Context& context);
/// What is there before the index of command keys is thrown away.
struct KeysBefore {
  std::unique_ptr<store::EventReader> reader;
  Status damage;  ///< ok, or why the index keeps the directory from being opened
};
/// Checks guard and ends of the books: an index that is thrown away may be all that remembers
/// entries which the log lost. An error of anything but the index is one here.
[[nodiscard]] Result<KeysBefore> OpenBeforeNewKeys(const Context& context);
/// As OpenLedger, after OpenBeforeNewKeys and with its reader closed, and writes the index of
/// command keys again, whatever is in it.
[[nodiscard]] Result<std::unique_ptr<engine::Ledger>> OpenLedgerWithNewKeys(const Context& context);
/// Opens it for trying out.
[[nodiscard]] Result<std::unique_ptr<engine::Ledger>> OpenDryLedger(const Context& context);
/// For each of `books` the size of a head that was signed and is not stored, 0 where all are; after
/// OpenReader. Warns of each.
[[nodiscard]] Result<std::vector<TreeSize>> WarnOfUnstoredHeads(
    const Context& context, store::EventReader& reader, const std::vector<store::BookRow>& books);
/// The directory's signing key.
[[nodiscard]] Result<proof::Signer> OpenSigner(const Context& context);
/// The book of --book, else all, by name.
[[nodiscard]] Result<std::vector<store::BookRow>> ChooseBooks(const Context& context,
                                                              const store::EventReader& reader);
/// The book of --book, or the only one there is.
[[nodiscard]] Result<store::BookRow> ChooseBook(const Context& context,
                                                const store::EventReader& reader);
[[nodiscard]] rules::SchemaStamp CurrentSchema();
/// Options of a ledger that tells its progress, which must outlive it.
[[nodiscard]] engine::LedgerOptions LedgerOptionsOf(const Context& context, Progress& progress);

/// The verifier key in the data directory's meta row; tells the origin too.
inline constexpr std::string_view kMetaVkey = "vkey";

// One function a file: each registers its commands.
void AddInit(CLI::App& app, Context& context);
void AddAppend(CLI::App& app, Context& context);
void AddImport(CLI::App& app, Context& context);
void AddBooks(CLI::App& app, Context& context);
void AddLog(CLI::App& app, Context& context);
void AddReport(CLI::App& app, Context& context);
void AddReplay(CLI::App& app, Context& context);
void AddWhatIf(CLI::App& replay, Context& context);
void AddAudit(CLI::App& app, Context& context);
/// Below `audit`.
void AddAuditCheck(CLI::App& audit, Context& context);
void AddStatus(CLI::App& app, Context& context);
void AddRestore(CLI::App& app, Context& context);

}  // namespace suanpan::cli
