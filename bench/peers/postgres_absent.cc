#include "peers/database.h"

namespace suanpan::bench {

Peer OpenPostgres() {
  return {nullptr, "PostgreSQL absent: libpq-dev was not there when this was built"};
}

}  // namespace suanpan::bench
