// PostgreSQL as a peer, through libpq: COPY in binary form for what is only ever added, one
// prepared upsert of arrays for the balances.

#include "peers/database.h"
#include "peers/pg_binary.h"
#include "peers/pg_connection.h"
#include "peers/postgres_server.h"
#include "suanpan/base/invariant.h"

namespace suanpan::bench {
namespace {

class PostgresSession final : public PeerSession {
 public:
  explicit PostgresSession(const std::string& where) : connection_(where) {
    connection_.Prepare(
        "upsert",
        "insert into balance select * from unnest($1::int4[], $2::int8[]) "
        "on conflict (account) do update set amount = balance.amount + excluded.amount");
    // One statement is one transaction and one round trip. What stands in "with" runs after the
    // main part: the balances come last, so that their rows are locked as shortly as can be.
    connection_.Prepare(
        "single",
        "with c as (insert into command values ($1::int4, $2::uuid, $3::int8)), "
        "b as (insert into balance select * from unnest($7::int4[], $8::int8[]) "
        "on conflict (account) do update set amount = balance.amount + excluded.amount) "
        "insert into event select $1::int4, $3::int8, * from "
        "unnest($4::int2[], $5::int2[], $6::bytea[])");
  }

  void Append(const PlainLog& log, std::size_t begin, std::size_t end, Balances balances) override {
    if (end - begin == 1) {
      connection_.Run("single", OneCommand(log, begin));
    } else if (balances == Balances::kAfterEachCommand) {
      std::vector<std::vector<std::string>> commands;
      for (std::size_t i = begin; i < end; ++i) commands.push_back(OneCommand(log, i));
      connection_.RunTogether("single", commands);
    } else {
      AppendBatch(log, begin, end);
    }
  }

 private:
  void AppendBatch(const PlainLog& log, std::size_t begin, std::size_t end) {
    PgRows commands;
    PgRows events;
    for (std::size_t i = begin; i < end; ++i) AddEntry(log, i, commands, events);
    const PgSums sums = BalanceArrays(log, begin, end);
    connection_.Execute("begin");
    connection_.Copy("copy command from stdin (format binary)", commands.Finish());
    connection_.Copy("copy event from stdin (format binary)", events.Finish());
    connection_.Run("upsert", {sums.accounts, sums.amounts});
    connection_.Execute("commit");
  }

  /// Parameters of "single".
  static std::vector<std::string> OneCommand(const PlainLog& log, std::size_t at) {
    const PlainEntry& entry = log.entries[at];
    PgArray lines{kPgInt2};
    PgArray kinds{kPgInt2};
    PgArray payloads{kPgBytea};
    for (std::size_t i = log.EventsBegin(at); i < entry.events_end; ++i) {
      lines.Add(PgInt(static_cast<std::int16_t>(i - log.EventsBegin(at))));
      kinds.Add(PgInt(static_cast<std::int16_t>(log.events[i].kind)));
      payloads.Add(log.events[i].payload);
    }
    const PgSums sums = BalanceArrays(log, at, at + 1);
    return {PgInt(static_cast<std::int32_t>(entry.book)),
            std::string{TextOf(entry.key)},
            PgInt(static_cast<std::int64_t>(entry.seq)),
            lines.Finish(),
            kinds.Finish(),
            payloads.Finish(),
            sums.accounts,
            sums.amounts};
  }

  static void AddEntry(const PlainLog& log, std::size_t at, PgRows& commands, PgRows& events) {
    const PlainEntry& entry = log.entries[at];
    const std::string book = PgInt(static_cast<std::int32_t>(entry.book));
    const std::string seq = PgInt(static_cast<std::int64_t>(entry.seq));
    commands.Add({book, TextOf(entry.key), seq});
    std::int16_t line = 0;
    for (std::size_t i = log.EventsBegin(at); i < entry.events_end; ++i) {
      const PlainEvent& event = log.events[i];
      events.Add(
          {book, seq, PgInt(line++), PgInt(static_cast<std::int16_t>(event.kind)), event.payload});
    }
  }

  PgConnection connection_;
};

constexpr const char* kTables = R"(
  drop table if exists command, event, balance, posting;
  create table command (book int4, key uuid, seq int8 not null, primary key (book, key));
  create table event (book int4, seq int8, line int2, kind int2 not null, payload bytea not null,
                      primary key (book, seq, line));
  create table balance (account int4 primary key, amount int8 not null) with (fillfactor = 50);
  create table posting (book int4, seq int8, line int2, account int4, amount int8);
  checkpoint)";

class Postgres final : public PeerDatabase {
 public:
  explicit Postgres(std::string where) : where_(std::move(where)), connection_(where_) {
    connection_.Execute("set client_min_messages = warning");
    connection_.Execute("set max_parallel_workers_per_gather = 0");
  }

  void Reset() override { connection_.Execute(kTables); }
  std::unique_ptr<PeerSession> Connect() override {
    return std::make_unique<PostgresSession>(where_);
  }
  bool TakesSeveral() const override { return true; }
  std::vector<std::int64_t> Balances(std::size_t accounts) override {
    return Amounts("select account, amount from balance", accounts);
  }
  void LoadPostings(const PlainLog& log) override;
  std::vector<std::int64_t> SumPostings(std::size_t accounts) override {
    return Amounts("select account, sum(amount)::int8 from posting group by account", accounts);
  }
  std::string Version() {
    return ::PQgetvalue(connection_.Execute("show server_version").get(), 0, 0);
  }

 private:
  std::vector<std::int64_t> Amounts(const char* sql, std::size_t accounts) {
    std::vector<std::int64_t> amounts(accounts);
    const PgResult result = connection_.Execute(sql);
    for (int row = 0; row < ::PQntuples(result.get()); ++row)
      amounts.at(static_cast<std::size_t>(NumberAt(result.get(), row, 0))) =
          NumberAt(result.get(), row, 1);
    return amounts;
  }

  std::string where_;
  PgConnection connection_;
};

void Postgres::LoadPostings(const PlainLog& log) {
  PgRows rows;
  for (std::size_t at = 0; at < log.entries.size(); ++at) {
    const std::string book = PgInt(static_cast<std::int32_t>(log.entries[at].book));
    const std::string seq = PgInt(static_cast<std::int64_t>(log.entries[at].seq));
    const std::size_t first = log.EventsBegin(at);
    for (std::size_t event = first; event < log.entries[at].events_end; ++event) {
      const std::string line = PgInt(static_cast<std::int16_t>(event - first));
      for (std::size_t i = log.PostingsBegin(event); i < log.events[event].postings_end; ++i)
        rows.Add({book, seq, line, PgInt(static_cast<std::int32_t>(log.postings[i].account)),
                  PgInt(log.postings[i].amount)});
    }
  }
  connection_.Copy("copy posting from stdin (format binary)", rows.Finish());
  connection_.Execute("vacuum (analyze, freeze) posting");
  connection_.Execute("checkpoint");
}

}  // namespace

Peer OpenPostgres() {
  std::string reason;
  const PostgresServer* server = PostgresServer::OfThisProcess(reason);
  if (server == nullptr) return {nullptr, reason};
  auto postgres = std::make_unique<Postgres>(server->connection());
  const std::string version = postgres->Version();
  return {std::move(postgres), "PostgreSQL " + version +
                                   " (fsync, synchronous_commit, full_page_writes on; 512 MB "
                                   "shared buffers; Unix socket)"};
}

}  // namespace suanpan::bench
