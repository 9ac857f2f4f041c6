#include "src/rocksdb/database.h"

#include <rocksdb/convenience.h>

#include <algorithm>
#include <utility>

#include "src/rocksdb/data_directory.h"
#include "src/rocksdb/options.h"
#include "src/rocksdb/status.h"
#include "suanpan/base/invariant.h"
#include "suanpan/store/keys.h"

namespace suanpan::store {

const std::string& FamilyName(Family family) {
  static const std::array<std::string, kFamilies> kNames = {rocksdb::kDefaultColumnFamilyName,
                                                            "blocks",
                                                            "keys",
                                                            "tiles",
                                                            "checkpoints",
                                                            "snapshots",
                                                            "meta"};
  return kNames.at(static_cast<std::size_t>(family));
}

std::string_view RemedyOf(Family family) {
  return family == Family::kKeys ? kWriteKeysAgain : kRestoreCopy;
}

namespace {

/// Which families a database lacks; none where they cannot be listed.
std::vector<std::string_view> MissingFamilies(const rocksdb::DBOptions& options,
                                              const std::string& path) {
  std::vector<std::string> names;
  std::vector<std::string_view> missing;
  if (!rocksdb::DB::ListColumnFamilies(options, path, &names).ok()) return missing;
  for (std::size_t family = 0; family < kFamilies; ++family) {
    const std::string_view name = FamilyName(static_cast<Family>(family));
    if (std::ranges::find(names, name) == names.end()) missing.push_back(name);
  }
  return missing;
}

/// The index of keys is derived and can be made anew: it was being emptied, or somebody dropped it.
bool IsKeysOnly(const std::vector<std::string_view>& missing) {
  return missing.size() == 1 && missing.front() == FamilyName(Family::kKeys);
}

rocksdb::Status NoKeys() { return rocksdb::Status::Corruption("there is no index of keys"); }

/// Rows of keys begin with a tag far below this byte.
constexpr std::string_view kAfterAllKeys = "\xff";

}  // namespace

Database::Database(std::string path, std::unique_ptr<rocksdb::DB> db,
                   std::vector<rocksdb::ColumnFamilyHandle*> handles)
    : path_(std::move(path)), db_(std::move(db)), handles_(std::move(handles)) {
  SUANPAN_INVARIANT(handles_.size() == kFamilies);
}

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    if (handle == nullptr) continue;
    // The handle is released whatever it answers, and nothing is written by it.
    static_cast<void>(db_->DestroyColumnFamilyHandle(handle));
  }
}

Result<std::unique_ptr<Database>> Database::OpenWriter(rocksdb::Env* env, const std::string& path,
                                                       bool create) {
  rocksdb::DBOptions options = DatabaseOptions();
  if (env != nullptr) options.env = env;
  options.create_if_missing = create;
  options.create_missing_column_families = create || IsKeysOnly(MissingFamilies(options, path));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      rocksdb::DB::Open(options, path, FamilyDescriptors(), &handles, &db);
  Status error = OpeningError(opened, fmt::format("opening data directory {}", path), path);
  if (error.code() == StatusCode::kBusy) {
    return MakeError(StatusCode::kBusy,
                     "data directory {} is open in another writer; stop that one, or use a command "
                     "that only reads, which works beside it",
                     path);
  }
  SUANPAN_RETURN_IF_ERROR(std::move(error));
  return std::unique_ptr<Database>{
      new Database{path, std::unique_ptr<rocksdb::DB>{db}, std::move(handles)}};
}

Result<std::unique_ptr<Database>> Database::OpenSecondary(const std::string& path,
                                                          const std::string& scratch) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  SUANPAN_RETURN_IF_ERROR(
      FromRocksDb(rocksdb::DB::OpenAsSecondary(ReaderOptions(), path, scratch, FamilyDescriptors(),
                                               &handles, &db),
                  fmt::format("opening data directory {} for reading", path)));
  return std::unique_ptr<Database>{
      new Database{path, std::unique_ptr<rocksdb::DB>{db}, std::move(handles)}};
}

rocksdb::Status Database::CheckTables(const std::string& path, const std::string& scratch) {
  rocksdb::DBOptions options = ReaderOptions();
  options.wal_dir = scratch;  // without a write-ahead log: only the tables are of interest
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::Status opened =
      rocksdb::DB::OpenForReadOnly(options, path, FamilyDescriptors(), &handles, &db);
  if (opened.ok()) {
    const Database closed{path, std::unique_ptr<rocksdb::DB>{db}, std::move(handles)};
  }
  return opened;
}

Status Database::OpeningError(const rocksdb::Status& status, const std::string& doing,
                              const std::string& path) {
  Status error = FromRocksDb(status, doing);
  if (status.IsInvalidArgument()) {
    const std::vector<std::string_view> missing = MissingFamilies(DatabaseOptions(), path);
    // All families are made before the first row is written.
    if (!missing.empty() && !IsKeysOnly(missing)) return NotMadeToTheEnd(path);
  }
  const bool no_damage = status.IsIOError() && !status.IsPathNotFound();
  if (error.ok() || no_damage || !RemedyOfRefusal(status.ToString()).empty()) return error;
  if (!CheckAllButKeys(path).ok()) return error;
  return MakeError(error.code(), "only the index of command keys is damaged: {}: {}: {}", doing,
                   MessageOf(status), kWriteKeysAgain);
}

Status Database::EmptyKeys() {
  rocksdb::ColumnFamilyHandle* handle = family(Family::kKeys);
  const auto step = [](const rocksdb::Status& status) {
    return FromRocksDb(status, "emptying the index of command keys", kWriteKeysAgain);
  };
  // Whole tables first, which need not be read for that; then what is in memory and in the newest.
  SUANPAN_RETURN_IF_ERROR(step(rocksdb::DeleteFilesInRange(db_.get(), handle, nullptr, nullptr)));
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  SUANPAN_RETURN_IF_ERROR(step(db_->DeleteRange(options, handle, {}, ToSlice(kAfterAllKeys))));
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  return step(db_->CompactRange(all, handle, nullptr, nullptr));
}

Status Database::CheckAllButKeys(const std::string& path) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families = FamilyDescriptors();
  families.erase(families.begin() + static_cast<std::ptrdiff_t>(Family::kKeys));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(ReaderOptions(), path, families, &handles, &opened);
  const std::unique_ptr<rocksdb::DB> db{opened};
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    static_cast<void>(db->DestroyColumnFamilyHandle(handle));  // as in ~Database
  }
  return FromRocksDb(status, fmt::format("checking data directory {}", path));
}

Result<std::unique_ptr<Database>> Database::OpenPastKeys(const std::string& path) {
  rocksdb::DBOptions options = ReaderOptions();
  options.paranoid_checks = false;  // else the damaged tables keep it from being opened
  std::vector<rocksdb::ColumnFamilyDescriptor> families = FamilyDescriptors();
  const auto keys = static_cast<std::ptrdiff_t>(Family::kKeys);
  const bool lacks_keys = IsKeysOnly(MissingFamilies(options, path));
  if (lacks_keys) families.erase(families.begin() + keys);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  SUANPAN_RETURN_IF_ERROR(
      FromRocksDb(rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &db),
                  fmt::format("opening data directory {} past its index of command keys", path)));
  if (lacks_keys) handles.insert(handles.begin() + keys, nullptr);
  std::unique_ptr<Database> database{
      new Database{path, std::unique_ptr<rocksdb::DB>{db}, std::move(handles)}};
  database->past_keys_ = true;
  return database;
}

Status Database::DropKeys(rocksdb::Env* env, const std::string& path) {
  rocksdb::DBOptions options = DatabaseOptions();
  if (env != nullptr) options.env = env;
  options.paranoid_checks = false;  // else the damaged tables keep it from being opened
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  SUANPAN_RETURN_IF_ERROR(FromRocksDb(
      rocksdb::DB::Open(options, path, FamilyDescriptors(), &handles, &db), "dropping keys"));
  const Database database{path, std::unique_ptr<rocksdb::DB>{db}, std::move(handles)};
  return FromRocksDb(db->DropColumnFamily(database.family(Family::kKeys)), "dropping keys");
}

Result<std::optional<std::string>> Database::Get(Family family, const std::string& key) const {
  if (this->family(family) == nullptr)
    return FromRocksDb(NoKeys(), "reading from keys", kWriteKeysAgain);
  std::string value;
  rocksdb::Status status =
      db_->Get(rocksdb::ReadOptions{}, this->family(family), ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (past_keys_ && family == Family::kKeys && !status.ok()) {
    status =
        rocksdb::Status::Corruption(status.ToString());  // a table that is gone is an I/O error
  }
  SUANPAN_RETURN_IF_ERROR(
      FromRocksDb(status, fmt::format("reading from {}", FamilyName(family)), RemedyOf(family)));
  return std::optional<std::string>{std::move(value)};
}

std::unique_ptr<rocksdb::Iterator> Database::Iterate(Family family, const rocksdb::Slice& lower,
                                                     const rocksdb::Slice& upper) const {
  if (this->family(family) == nullptr) {
    return std::unique_ptr<rocksdb::Iterator>{rocksdb::NewErrorIterator(NoKeys())};
  }
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &lower;
  options.iterate_upper_bound = &upper;
  options.fill_cache = false;  // scans; each row is wanted once
  return std::unique_ptr<rocksdb::Iterator>{db_->NewIterator(options, this->family(family))};
}

}  // namespace suanpan::store
