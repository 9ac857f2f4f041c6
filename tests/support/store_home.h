#pragma once

// Where a log lives over a reopen, so that one suite runs on every store.

#include <memory>
#include <string>

#include "suanpan/store/event_store.h"
#include "support/temp_dir.h"

namespace suanpan::test {

class StoreHome {
 public:
  virtual ~StoreHome() = default;
  /// At most one is open at a time.
  virtual std::unique_ptr<store::EventStore> Open() = 0;
};
using MakeHome = std::unique_ptr<StoreHome> (*)();

class RocksDbHome final : public StoreHome {
 public:
  std::unique_ptr<store::EventStore> Open() override;
  [[nodiscard]] std::string path() const { return dir_ / "data"; }

 private:
  TempDir dir_;
};

std::unique_ptr<StoreHome> MakeMemoryHome();
std::unique_ptr<StoreHome> MakeRocksDbHome();

}  // namespace suanpan::test
