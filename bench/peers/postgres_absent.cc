#include "peers/database.h"
#include "peers/hash_chain.h"

namespace suanpan::bench {

namespace {
constexpr const char* kAbsent = "PostgreSQL absent: libpq-dev was not there when this was built";
}

Peer OpenPostgres() { return {nullptr, kAbsent}; }

std::unique_ptr<HashChain> OpenPostgresChain(std::string& says) {
  says = kAbsent;
  return nullptr;
}

}  // namespace suanpan::bench
