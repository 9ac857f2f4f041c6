#include "support/bench_directory.h"

#include <stdlib.h>

#include <cstdlib>
#include <system_error>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {

bool Smoke() { return std::getenv("SUANPAN_BENCH_SMOKE") != nullptr; }

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
