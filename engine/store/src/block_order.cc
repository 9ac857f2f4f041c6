#include "src/block_order.h"

#include "src/block_format.h"

namespace suanpan::store {

Status BlockOrder::Accept(Seq row_first, ByteSpan bytes) {
  SUANPAN_ASSIGN_OR_RETURN(const BlockHeader header, PeekBlockHeader(bytes),
                           fmt::format("book {}, block {}", book_.value(), row_first.value()));
  if (header.first_seq != row_first) {
    return MakeError(StatusCode::kCorruption, "book {}: block {} is stored as block {}",
                     book_.value(), header.first_seq.value(), row_first.value());
  }
  if (header.first_seq != expected_) {
    return MakeError(StatusCode::kCorruption,
                     "book {}: a block must start at entry {}, the next one starts at {}",
                     book_.value(), expected_.value(), header.first_seq.value());
  }
  expected_ = Next(header.last_seq());
  return {};
}

}  // namespace suanpan::store
