#include "peers/hash_chain.h"
#include "peers/pg_binary.h"
#include "peers/pg_connection.h"
#include "peers/postgres_server.h"
#include "support/sha256_alone.h"

namespace suanpan::bench {
namespace {

class PostgresChain final : public HashChain {
 public:
  explicit PostgresChain(const std::string& where) : connection_(where) {
    connection_.Execute("set client_min_messages = warning");
    connection_.Execute("set max_parallel_workers_per_gather = 0");
  }

  void Load(const PlainLog& log) override {
    connection_.Execute(
        "drop table if exists chain; "
        "create table chain (id int8 primary key, payload bytea not null, hash bytea not null)");
    PgRows rows;
    std::string hash(32, '\0');
    std::int64_t id = 0;
    for (const PlainEvent& event : log.events) {
      hash = Sha256Alone({hash, event.payload});
      rows.Add({PgInt(++id), event.payload, hash});
    }
    connection_.Copy("copy chain from stdin (format binary)", rows.Finish());
    connection_.Execute("vacuum (analyze, freeze) chain");
  }

  std::uint64_t CountSound() override {
    const PgResult result = connection_.Execute(
        "select count(*) from (select hash, sha256(lag(hash, 1, decode(repeat('00', 32), 'hex')) "
        "over (order by id) || payload) as computed from chain) as links where hash = computed");
    return static_cast<std::uint64_t>(NumberAt(result.get(), 0, 0));
  }

 private:
  PgConnection connection_;
};

}  // namespace

std::unique_ptr<HashChain> OpenPostgresChain(std::string& says) {
  const PostgresServer* server = PostgresServer::OfThisProcess(says);
  if (server == nullptr) return nullptr;
  says = "PostgreSQL: lag() and sha256() over a row an event, parallel workers off";
  return std::make_unique<PostgresChain>(server->connection());
}

}  // namespace suanpan::bench
