#pragma once

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"

namespace suanpan::store {

/// Checks that blocks read one after another leave out nothing. Looks at the places that the
/// headers claim and leaves damaged bytes to DecodeBlock.
class BlockOrder {
 public:
  /// `expected` is the first sequence of the next block.
  BlockOrder(BookNo book, Seq expected) : book_(book), expected_(expected) {}

  /// Takes the next block, stored under `row_first`; kCorruption when it is not the expected one.
  Status Accept(Seq row_first, ByteSpan bytes);

  /// First sequence of the block that must come next.
  [[nodiscard]] Seq expected() const { return expected_; }

 private:
  BookNo book_;
  Seq expected_;
};

}  // namespace suanpan::store
