#include "support/bench_directory.h"

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <cstdlib>
#include <system_error>

#include "suanpan/base/invariant.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::bench {
namespace {

/// Every program's output names what it was made with.
const bool kContextIsTold = [] {
  benchmark::AddCustomContext("compiler", __VERSION__);
  benchmark::AddCustomContext("rocksdb", store::RocksDbVersion());
  return true;
}();

}  // namespace

bool Smoke() { return std::getenv("SUANPAN_BENCH_SMOKE") != nullptr; }

bool Quick() { return std::getenv("SUANPAN_BENCH_QUICK") != nullptr; }

BenchDirectory::BenchDirectory() {
  std::string name = (std::filesystem::current_path() / "suanpan-bench-XXXXXX").string();
  SUANPAN_INVARIANT(::mkdtemp(name.data()) != nullptr, "{}", name);
  path_ = name;
}

BenchDirectory::~BenchDirectory() {
  std::error_code left_behind;
  std::filesystem::remove_all(path_, left_behind);
}

}  // namespace suanpan::bench
