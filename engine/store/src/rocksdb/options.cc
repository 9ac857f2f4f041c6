#include "src/rocksdb/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "src/rocksdb/database.h"

namespace suanpan::store {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20U;
constexpr std::size_t kBlockCacheBytes = 64 * kMiB;
constexpr std::size_t kBusyWriteBufferBytes = 64 * kMiB;   // blocks and keys
constexpr std::size_t kQuietWriteBufferBytes = 4 * kMiB;   // all others
constexpr std::uint64_t kWriteAheadBytesMax = 256 * kMiB;  // bounds what an open must read again
constexpr int kBloomBitsPerKey = 10;

rocksdb::BlockBasedTableOptions TableOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.block_size = 16 * 1024;
  return table;
}

rocksdb::ColumnFamilyOptions QuietOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kQuietWriteBufferBytes;
  options.compression = rocksdb::kNoCompression;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(cache)));
  return options;
}

/// Blocks are compressed already, each is a table block of its own or nearly.
rocksdb::ColumnFamilyOptions BlockFamilyOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options = QuietOptions(cache);
  options.write_buffer_size = kBusyWriteBufferBytes;
  options.level_compaction_dynamic_level_bytes = true;
  return options;
}

/// Mostly asked for keys that are not there: filters in the tables. They take more than a byte a
/// key, so they and the indexes are cut into pieces that share the cache with everything else:
/// memory has a bound that does not depend on how many keys there are. None in memory, since the
/// engine's own filter (decision 0026) answers for UUID keys as new as that, and telling another of
/// each key cost a tenth of the committer.
rocksdb::ColumnFamilyOptions KeyFamilyOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options = BlockFamilyOptions(cache);
  options.compression = rocksdb::kLZ4Compression;
  rocksdb::BlockBasedTableOptions table = TableOptions(cache);
  table.block_size = 4 * 1024;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.index_type = rocksdb::BlockBasedTableOptions::IndexType::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

rocksdb::DBOptions DatabaseOptions() {
  rocksdb::DBOptions options;
  // Refuses a damaged log but for a record cut off at its very end, which a crash leaves. The
  // default mode would silently drop everything from the damage on.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_total_wal_size = kWriteAheadBytesMax;
  options.max_open_files = -1;  // a secondary needs its files open, the writer may delete them
  options.max_background_jobs = 2;
  options.bytes_per_sync = kMiB;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.max_log_file_size = kMiB;
  options.keep_log_file_num = 2;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::DBOptions ReaderOptions() {
  class Silent final : public rocksdb::Logger {
   public:
    using Logger::Logv;
    void Logv(const char* /*format*/, va_list /*arguments*/) override {}
  };
  rocksdb::DBOptions options = DatabaseOptions();
  options.info_log = std::make_shared<Silent>();
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors() {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    families.emplace_back(FamilyName(family), family == Family::kBlocks ? BlockFamilyOptions(cache)
                                              : family == Family::kKeys ? KeyFamilyOptions(cache)
                                                                        : QuietOptions(cache));
  }
  return families;
}

}  // namespace suanpan::store
