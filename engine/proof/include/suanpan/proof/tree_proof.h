#pragma once

// Inclusion and consistency proofs of RFC 6962 (section 2.1.1, 2.1.2), verified with the iterative
// procedures of RFC 9162 (2.1.3.2, 2.1.4.2). Verification needs nothing but its arguments. Building
// fails with kInvalidArgument on sizes out of order, else as the reader fails; verification fails
// with kCorruption and a message that says how far the proof led.

#include <span>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/tree.h"

namespace suanpan::proof {

/// Hashes from the leaf's sibling upwards (inclusion) or in the order of RFC 6962 (consistency).
using HashPath = std::vector<Hash32>;

/// PATH(index, D[0:size]); index < size.
[[nodiscard]] Result<HashPath> InclusionProof(LeafIndex index, TreeSize size,
                                              const NodeReader& nodes);

/// PROOF(old_size, D[0:new_size]); 0 < old_size <= new_size. Empty when the sizes are equal.
[[nodiscard]] Result<HashPath> ConsistencyProof(TreeSize old_size, TreeSize new_size,
                                                const NodeReader& nodes);

[[nodiscard]] Status VerifyInclusion(LeafIndex index, TreeSize size, const Hash32& leaf_hash,
                                     std::span<const Hash32> proof, const Hash32& root);

/// old_size 0 is refused: a proof from nothing states nothing.
[[nodiscard]] Status VerifyConsistency(TreeSize old_size, TreeSize new_size, const Hash32& old_root,
                                       const Hash32& new_root, std::span<const Hash32> proof);

}  // namespace suanpan::proof
