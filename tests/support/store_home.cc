#include "support/store_home.h"

#include "suanpan/store/memory_store.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/forwarding_store.h"

namespace suanpan::test {
namespace {

class MemoryHome final : public StoreHome {
 public:
  std::unique_ptr<store::EventStore> Open() override {
    return std::make_unique<ForwardingStore>(store_);
  }

 private:
  std::shared_ptr<store::EventStore> store_ = store::MakeMemoryStore();
};

}  // namespace

std::unique_ptr<store::EventStore> RocksDbHome::Open() {
  return store::OpenRocksDb(path(), {.create = true}).value();
}

std::unique_ptr<StoreHome> MakeMemoryHome() { return std::make_unique<MemoryHome>(); }
std::unique_ptr<StoreHome> MakeRocksDbHome() { return std::make_unique<RocksDbHome>(); }

}  // namespace suanpan::test
