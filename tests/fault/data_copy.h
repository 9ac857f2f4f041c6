#pragma once

// Data directories as a crash leaves them, and copies of them to be damaged.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "suanpan/engine/ledger.h"
#include "support/temp_dir.h"

namespace rocksdb {
class Env;
}

namespace suanpan::fault {

/// The verifier key of every place.
[[nodiscard]] std::string Vkey();

/// A data directory "data" and its key directory "keys" below one folder.
struct Place {
  std::filesystem::path root;
  [[nodiscard]] std::string data() const { return (root / "data").string(); }
  [[nodiscard]] std::string guard() const { return (root / "keys" / "guard").string(); }
};

/// Makes empty directories with a guard.
void MakePlace(const Place& place);

/// Whether a place is opened with its guard. Without one it shows what the guard is for.
enum class Guarded { kYes, kNo };

/// Opens for appending, on the files of `env`; null: the system's.
[[nodiscard]] Result<std::unique_ptr<engine::Ledger>> OpenLedger(const Place& place,
                                                                 Guarded guarded = Guarded::kYes,
                                                                 rocksdb::Env* env = nullptr);

/// Opens a book (entry 1).
[[nodiscard]] Status CommitOpening(engine::Ledger& ledger, std::string_view book = "zz");
/// Commits sale n of a book, durable when ok.
[[nodiscard]] Status CommitSale(engine::Ledger& ledger, std::uint64_t n,
                                std::string_view book = "zz");
/// Hands sale n in, durable where it is accepted.
[[nodiscard]] Result<engine::Submission> SubmitSale(engine::Ledger& ledger, std::uint64_t n,
                                                    std::string_view book = "zz");
/// Commits the opening when `first` is 1, then sales [first, last] one by one, and tells after
/// each.
void CommitSales(engine::Ledger& ledger, std::uint64_t first, std::uint64_t last,
                 const std::function<void()>& after_each = nullptr);

/// Runs `work` in a process that then ends without closing anything, as if it was killed. For tests
/// that open stores only in such processes: one that forks must not have RocksDB's threads.
void RunAndCrash(const std::function<void()>& work);
/// The same for work that may end its process by SIGKILL: whether it did.
[[nodiscard]] bool RunAndSeeIfKilled(const std::function<void()>& work);
/// The same; what `work` returned.
[[nodiscard]] std::string AskAndCrash(const std::function<std::string()>& work);

/// Entries of book zz, as bytes; an error where they cannot be read.
[[nodiscard]] Result<std::vector<std::string>> EntriesOf(const store::EventReader& reader);

/// What a place comes to when it is opened: "N entries", or the error.
struct Opened {
  std::vector<std::string> entries;
  std::string error;  ///< empty: it opened
};
/// For appending.
[[nodiscard]] Opened OpenToWrite(const Place& place, Guarded guarded = Guarded::kYes);
/// By a reader that looks at the guard.
[[nodiscard]] Opened OpenToRead(const Place& place);

/// A copy of `from` below `to`, which is emptied first.
void CopyPlace(const Place& from, const Place& to);
/// Names of the files of a directory, sorted.
[[nodiscard]] std::vector<std::string> FilesOf(const std::string& directory);
/// The newest write-ahead log.
[[nodiscard]] std::filesystem::path WriteAheadLogOf(const Place& place);
/// Inverts one bit of the byte at `at`.
void FlipBit(const std::filesystem::path& file, std::uintmax_t at);

}  // namespace suanpan::fault
