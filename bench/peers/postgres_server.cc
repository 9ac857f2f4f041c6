#include "peers/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr const char* kUser = "bench";

/// As whom the server runs; null: as this process.
const ::passwd* ServerUser() {
  if (::geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"}) {
    if (const ::passwd* user = ::getpwnam(name)) return user;
  }
  return nullptr;
}

/// In the child between fork and exec: whatever fails ends it.
[[noreturn]] void BecomeProgram(const ::passwd* user, const std::vector<char*>& arguments,
                                const std::string& log_path) {
  const int log = ::open(log_path.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0644);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (user != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  // After the change of user, which forgets it: a bench that is killed leaves no server behind.
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

pid_t StartProgram(const ::passwd* user, std::vector<std::string> command,
                   const std::string& log_path) {
  command[0] = kPrograms + command[0];
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  SUANPAN_INVARIANT(pid >= 0);
  if (pid == 0) BecomeProgram(user, arguments, log_path);
  return pid;
}

bool Ended(pid_t pid, int& status, int flags) { return ::waitpid(pid, &status, flags) == pid; }

/// What a careful user changes on a machine that has nothing else to do. Syncs stay on.
std::vector<std::string> ServerCommand(const std::string& data, const std::string& socket) {
  std::vector<std::string> command{"postgres", "-D", data, "-k", socket};
  for (const char* setting :
       {"listen_addresses=", "fsync=on", "synchronous_commit=on", "full_page_writes=on",
        "shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min", "wal_buffers=16MB",
        "max_connections=100", "jit=off"}) {
    command.emplace_back("-c");
    command.emplace_back(setting);
  }
  return command;
}

}  // namespace

const PostgresServer* PostgresServer::OfThisProcess(std::string& reason) {
  static std::string why_not;
  static const std::unique_ptr<PostgresServer> server = Start(why_not);
  if (server == nullptr) reason = why_not;
  return server.get();
}

std::unique_ptr<PostgresServer> PostgresServer::Start(std::string& reason) {
  if (::access((std::string{kPrograms} + "initdb").c_str(), X_OK) != 0) {
    reason = "PostgreSQL absent: postgresql-15 is not installed";
    return nullptr;
  }
  std::unique_ptr<PostgresServer> server{new PostgresServer};
  const ::passwd* user = ServerUser();
  if (user != nullptr &&
      ::chown((server->directory_ / ".").c_str(), user->pw_uid, user->pw_gid) != 0) {
    reason = "PostgreSQL absent: no directory of its own could be made";
    return nullptr;
  }
  const std::string data = server->directory_ / "data";
  const std::string log = server->directory_ / "log";
  reason = "PostgreSQL absent: it could not be started here";
  int status = 0;
  const pid_t making = StartProgram(
      user, {"initdb", "-D", data, "-U", kUser, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"},
      log);
  if (!Ended(making, status, 0) || status != 0) return nullptr;
  server->pid_ = StartProgram(user, ServerCommand(data, server->directory_ / "."), log);
  for (int tries = 0; tries < 200; ++tries) {
    if (::PQping(server->connection().c_str()) == PQPING_OK) return server;
    if (Ended(server->pid_, status, WNOHANG)) {
      server->pid_ = -1;
      return nullptr;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  return nullptr;
}

PostgresServer::~PostgresServer() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGINT);  // the fast shutdown: sessions are ended, nothing is left running
  int status = 0;
  Ended(pid_, status, 0);
}

std::string PostgresServer::connection() const {
  return std::string{"host="} + (directory_ / ".") + " dbname=postgres user=" + kUser;
}

}  // namespace suanpan::bench
