#pragma once

// A PostgreSQL server of the bench's own: made with initdb in a directory below the current one,
// reachable through a Unix socket in it and by no network, ended with this process.

#include <sys/types.h>

#include <memory>
#include <string>

#include "support/bench_directory.h"

namespace suanpan::bench {

class PostgresServer {
 public:
  /// Started at the first call, stopped at the end of the process. Null where it cannot be started;
  /// `reason` then says why.
  [[nodiscard]] static const PostgresServer* OfThisProcess(std::string& reason);
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// For libpq, whoever this process is.
  [[nodiscard]] std::string connection() const;

 private:
  PostgresServer() = default;
  /// As root it runs as another user (postgres, or nobody where there is none), since it refuses to
  /// be root.
  [[nodiscard]] static std::unique_ptr<PostgresServer> Start(std::string& reason);

  BenchDirectory directory_;
  pid_t pid_ = -1;
};

}  // namespace suanpan::bench
