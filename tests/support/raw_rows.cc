#include "support/raw_rows.h"

#include <rocksdb/db.h>

#include <string_view>

#include "suanpan/base/invariant.h"

namespace suanpan::test {
namespace {

void Check(const rocksdb::Status& status) {
  SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
}

}  // namespace

struct RawRows::Opened {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::ColumnFamilyHandle* family = nullptr;
};

RawRows::RawRows(const std::string& path, const std::string& family)
    : opened_(std::make_unique<Opened>()) {
  std::vector<std::string> names;
  Check(rocksdb::DB::ListColumnFamilies({}, path, &names));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions{});
  rocksdb::DB* db = nullptr;
  Check(rocksdb::DB::Open({}, path, families, &opened_->handles, &db));
  opened_->db.reset(db);
  for (rocksdb::ColumnFamilyHandle* handle : opened_->handles) {
    if (handle->GetName() == family) opened_->family = handle;
  }
  SUANPAN_INVARIANT(opened_->family != nullptr, "{}", family);
}

RawRows::~RawRows() {
  for (rocksdb::ColumnFamilyHandle* handle : opened_->handles) {
    Check(opened_->db->DestroyColumnFamilyHandle(handle));
  }
  Check(opened_->db->Close());
}

std::map<std::string, std::string> RawRows::All() const {
  std::map<std::string, std::string> rows;
  const std::unique_ptr<rocksdb::Iterator> row{opened_->db->NewIterator({}, opened_->family)};
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    rows.emplace(row->key().ToString(), row->value().ToString());
  }
  Check(row->status());
  return rows;
}

void RawRows::Put(const std::string& key, const std::string& value) {
  Check(opened_->db->Put({}, opened_->family, key, value));
}

void RawRows::Delete(const std::string& key) {
  Check(opened_->db->Delete({}, opened_->family, key));
}

std::size_t RawRows::DeleteIf(const std::function<bool(const std::string& key)>& which) {
  std::size_t deleted = 0;
  for (const auto& [key, value] : All()) {
    if (!which(key)) continue;
    Delete(key);
    ++deleted;
  }
  return deleted;
}

void RawRows::Compact() {
  Check(opened_->db->Flush({}, opened_->family));
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  Check(opened_->db->CompactRange(options, opened_->family, nullptr, nullptr));
}

std::vector<std::string> RawRows::Tables() const {
  std::vector<rocksdb::LiveFileMetaData> files;
  opened_->db->GetLiveFilesMetaData(&files);
  std::vector<std::string> tables;
  for (const rocksdb::LiveFileMetaData& file : files) {
    if (file.column_family_name == opened_->family->GetName()) tables.push_back(file.name);
  }
  return tables;
}

std::uint32_t RawRows::Number() const { return opened_->family->GetID(); }

void RawRows::Drop() { Check(opened_->db->DropColumnFamily(opened_->family)); }

}  // namespace suanpan::test
