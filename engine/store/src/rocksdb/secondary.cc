#include <utility>

#include "src/rocksdb/data_directory.h"
#include "src/rocksdb/reads.h"
#include "src/rocksdb/status.h"
#include "suanpan/base/mutex.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::store {
namespace {

/// The writer may delete a file between our reading of its list and our opening of it. Reading the
/// list again cures that; a file that is really gone stays gone.
constexpr int kAttemptsMax = 20;

template <class Attempt>
auto Retry(Attempt attempt) {
  auto outcome = attempt();
  for (int i = 1; i < kAttemptsMax && !outcome.ok(); ++i) outcome = attempt();
  return outcome;
}

class RocksDbSecondary final : public WithRocksDbReads<EventReader> {
 public:
  RocksDbSecondary(std::unique_ptr<ScratchDirectory> scratch, std::unique_ptr<Database> database)
      : WithRocksDbReads{std::move(database)}, scratch_(std::move(scratch)) {}

  ~RocksDbSecondary() override { CloseDatabase(); }

  Status Refresh() override {
    const MutexLock lock{refresh_};
    return Retry([this] {
      return FromRocksDb(database().db().TryCatchUpWithPrimary(), "catching up with the writer");
    });
  }

 private:
  std::unique_ptr<ScratchDirectory> scratch_;
  Mutex refresh_;  ///< one catches up at a time
};

/// Of a directory that nobody can be writing to, as its key index keeps it from being opened.
class PastKeysReader final : public WithRocksDbReads<EventReader> {
 public:
  using WithRocksDbReads::WithRocksDbReads;
  Status Refresh() override { return {}; }
};

Status CheckFormat(const Database& database) {
  const RocksDbReads reads{database};
  SUANPAN_ASSIGN_OR_RETURN(const bool has_format, reads.HasFormat());
  return has_format ? Status{} : reads.LacksFormat();
}

}  // namespace

std::string RocksDbVersion() { return rocksdb::GetRocksVersionAsString(); }

Result<std::unique_ptr<EventReader>> OpenRocksDbReader(const std::string& path) {
  SUANPAN_RETURN_IF_ERROR(CheckDataDirectory(path));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<ScratchDirectory> scratch, ScratchDirectory::Make());
  const rocksdb::Status tables =
      Retry([&path, &scratch] { return Database::CheckTables(path, scratch->path()); });
  SUANPAN_RETURN_IF_ERROR(
      Database::OpeningError(tables, fmt::format("checking data directory {}", path), path));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Retry([&path, &scratch] {
                             return Database::OpenSecondary(path, scratch->path());
                           }));
  SUANPAN_RETURN_IF_ERROR(CheckFormat(*database));
  return std::unique_ptr<EventReader>{
      std::make_unique<RocksDbSecondary>(std::move(scratch), std::move(database))};
}

Result<std::unique_ptr<EventReader>> OpenRocksDbReaderPastKeys(const std::string& path) {
  SUANPAN_RETURN_IF_ERROR(CheckDataDirectory(path));
  SUANPAN_RETURN_IF_ERROR(Database::CheckAllButKeys(path));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Database::OpenPastKeys(path));
  SUANPAN_RETURN_IF_ERROR(CheckFormat(*database));
  return std::unique_ptr<EventReader>{std::make_unique<PastKeysReader>(std::move(database))};
}

}  // namespace suanpan::store
