#pragma once

// A hash chain in a database, as it is often proposed instead of a tree: each event's row has
// SHA-256 over the hash of the row before and its own payload, and one statement finds the rows
// where that does not hold.

#include <cstdint>
#include <memory>
#include <string>

#include "peers/plain_log.h"

namespace suanpan::bench {

class HashChain {
 public:
  HashChain() = default;
  HashChain(const HashChain&) = delete;
  HashChain& operator=(const HashChain&) = delete;
  virtual ~HashChain() = default;

  /// Fills the table, with the right hashes.
  virtual void Load(const PlainLog& log) = 0;
  /// Recomputes every hash in the database, on one core; how many rows hold.
  [[nodiscard]] virtual std::uint64_t CountSound() = 0;
};

/// In the server of OpenPostgres(). Null where there is none; `says` is then the reason.
[[nodiscard]] std::unique_ptr<HashChain> OpenPostgresChain(std::string& says);

}  // namespace suanpan::bench
