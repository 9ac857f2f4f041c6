#include "peers/database.h"

namespace suanpan::bench {

Peer OpenSqlite(const std::string&) {
  return {nullptr, "SQLite absent: libsqlite3-dev was not there when this was built"};
}

}  // namespace suanpan::bench
