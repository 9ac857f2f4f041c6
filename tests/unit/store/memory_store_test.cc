#include "suanpan/store/memory_store.h"

#include <type_traits>

#include "store_conformance.h"

namespace suanpan::store::test {
namespace {

class MemoryHarness final : public StoreHarness {
 public:
  EventStore& store() override { return *store_; }
  void Reopen() override {}

 private:
  std::unique_ptr<EventStore> store_ = MakeMemoryStore();
};

INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance,
                         testing::Values<MakeHarness>([]() -> std::unique_ptr<StoreHarness> {
                           return std::make_unique<MemoryHarness>();
                         }));

// Writing through the read side does not compile.
template <class Store>
concept CanCommit = requires(Store& store, CommitGroup group) {
  store.Commit(group);
};
template <class Store>
concept CanPutMeta = requires(Store& store) {
  store.PutMeta("name", ByteSpan{});
};
static_assert(CanCommit<EventStore> && CanPutMeta<EventStore>);
static_assert(!CanCommit<EventReader> && !CanPutMeta<EventReader>);
static_assert(!CanCommit<const EventStore>);
static_assert(!std::is_convertible_v<EventReader*, EventStore*>);

}  // namespace
}  // namespace suanpan::store::test
