#pragma once

// The promises of EventStore as tests, instantiated once per store. A store that keeps nothing over
// a reopen answers with the same object, so that every test reads what it wrote after Reopen too.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "sample_blocks.h"
#include "suanpan/store/event_store.h"

namespace suanpan::store::test {

class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  virtual EventStore& store() = 0;
  /// Closes and opens the store where it is kept on disk.
  virtual void Reopen() = 0;
};

using MakeHarness = std::unique_ptr<StoreHarness> (*)();

class StoreConformance : public testing::TestWithParam<MakeHarness> {
 protected:
  EventStore& store() { return harness_->store(); }
  void Reopen() { harness_->Reopen(); }
  /// Makes book 1 'alpha' and book 2 'beta' with no entries.
  void AddBooks();
  /// One block of book 1 or 2.
  Status CommitBlock(std::uint32_t book, std::uint64_t first, std::uint64_t last);

 private:
  std::unique_ptr<StoreHarness> harness_ = GetParam()();
};

}  // namespace suanpan::store::test
