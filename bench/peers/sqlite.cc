// SQLite as a peer: one file, write-ahead log, a sync for each transaction.

#include <sqlite3.h>

#include "peers/database.h"
#include "suanpan/base/invariant.h"

namespace suanpan::bench {
namespace {

void MustBeOk(::sqlite3* db, int code) {
  const bool ok = code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW;
  SUANPAN_INVARIANT(ok, "{}", ::sqlite3_errmsg(db));
}

/// A prepared statement; its parameters are numbered from 1.
class Statement {
 public:
  Statement(::sqlite3* db, std::string_view sql) : db_(db) {
    MustBeOk(db, ::sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Statement() { ::sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& Bind(int at, std::int64_t value) {
    MustBeOk(db_, ::sqlite3_bind_int64(statement_, at, value));
    return *this;
  }
  /// The bytes must live until Run().
  Statement& Bind(int at, const void* bytes, std::size_t size) {
    MustBeOk(db_, ::sqlite3_bind_blob64(statement_, at, bytes, size, SQLITE_STATIC));
    return *this;
  }
  void Run() {
    MustBeOk(db_, ::sqlite3_step(statement_));
    MustBeOk(db_, ::sqlite3_reset(statement_));
  }
  /// Calls take(account, amount) for each row.
  template <class F>
  void ForEachRow(F take) {
    int code = SQLITE_OK;
    while ((code = ::sqlite3_step(statement_)) == SQLITE_ROW)
      take(::sqlite3_column_int64(statement_, 0), ::sqlite3_column_int64(statement_, 1));
    MustBeOk(db_, code);
    MustBeOk(db_, ::sqlite3_reset(statement_));
  }

 private:
  ::sqlite3* db_;
  ::sqlite3_stmt* statement_ = nullptr;
};

class SqliteSession final : public PeerSession {
 public:
  explicit SqliteSession(::sqlite3* db)
      : begin_(db, "begin immediate"),
        command_(db, "insert into command values (?, ?, ?)"),
        event_(db, "insert into event values (?, ?, ?, ?, ?)"),
        balance_(db,
                 "insert into balance values (?, ?) "
                 "on conflict (account) do update set amount = amount + excluded.amount"),
        commit_(db, "commit") {}

  void Append(const PlainLog& log, std::size_t begin, std::size_t end, Balances balances) override {
    begin_.Run();
    for (std::size_t i = begin; i < end; ++i) {
      AddEntry(log, i);
      if (balances == Balances::kAfterEachCommand) AddSums(log, i, i + 1);
    }
    if (balances == Balances::kOnceABatch) AddSums(log, begin, end);
    commit_.Run();
  }

 private:
  void AddEntry(const PlainLog& log, std::size_t at) {
    const PlainEntry& entry = log.entries[at];
    const auto seq = static_cast<std::int64_t>(entry.seq);
    command_.Bind(1, entry.book).Bind(2, entry.key.data(), entry.key.size()).Bind(3, seq).Run();
    std::int64_t line = 0;
    for (std::size_t i = log.EventsBegin(at); i < entry.events_end; ++i) {
      const PlainEvent& event = log.events[i];
      event_.Bind(1, entry.book).Bind(2, seq).Bind(3, line++).Bind(4, event.kind);
      event_.Bind(5, event.payload.data(), event.payload.size()).Run();
    }
  }
  void AddSums(const PlainLog& log, std::size_t begin, std::size_t end) {
    for (const PlainPosting& sum : SumsOf(log, begin, end))
      balance_.Bind(1, sum.account).Bind(2, sum.amount).Run();
  }

  Statement begin_;
  Statement command_;
  Statement event_;
  Statement balance_;
  Statement commit_;
};

class Sqlite final : public PeerDatabase {
 public:
  explicit Sqlite(const std::string& path) {
    MustBeOk(db_, ::sqlite3_open(path.c_str(), &db_));
    Execute("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -262144");
  }
  ~Sqlite() override { ::sqlite3_close(db_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void Reset() override {
    // Without rowid the rows lie in the primary key itself: one tree a table instead of two.
    Execute(R"(
      drop table if exists command; drop table if exists event;
      drop table if exists balance; drop table if exists posting;
      create table command (book int, key blob, seq int, primary key (book, key)) without rowid;
      create table event (book int, seq int, line int, kind int, payload blob,
                          primary key (book, seq, line)) without rowid;
      create table balance (account integer primary key, amount int not null);
      create table posting (id integer primary key, book int, seq int, line int, account int,
                            amount int);
      pragma wal_checkpoint(truncate))");
  }
  std::unique_ptr<PeerSession> Connect() override { return std::make_unique<SqliteSession>(db_); }
  bool TakesSeveral() const override { return false; }
  std::vector<std::int64_t> Balances(std::size_t accounts) override {
    return Amounts("select account, amount from balance", accounts);
  }
  void LoadPostings(const PlainLog& log) override;
  std::vector<std::int64_t> SumPostings(std::size_t accounts) override {
    return Amounts("select account, sum(amount) from posting group by account", accounts);
  }

 private:
  void Execute(const char* sql) {
    MustBeOk(db_, ::sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
  }
  std::vector<std::int64_t> Amounts(std::string_view sql, std::size_t accounts) {
    std::vector<std::int64_t> amounts(accounts);
    Statement{db_, sql}.ForEachRow([&](std::int64_t account, std::int64_t amount) {
      amounts.at(static_cast<std::size_t>(account)) = amount;
    });
    return amounts;
  }

  ::sqlite3* db_ = nullptr;
};

void Sqlite::LoadPostings(const PlainLog& log) {
  Execute("begin");
  Statement insert{db_, "insert into posting values (null, ?, ?, ?, ?, ?)"};
  for (std::size_t entry = 0; entry < log.entries.size(); ++entry) {
    std::int64_t line = 0;
    insert.Bind(1, log.entries[entry].book);
    insert.Bind(2, static_cast<std::int64_t>(log.entries[entry].seq));
    for (std::size_t event = log.EventsBegin(entry); event < log.entries[entry].events_end;
         ++event, ++line) {
      for (std::size_t i = log.PostingsBegin(event); i < log.events[event].postings_end; ++i) {
        insert.Bind(3, line).Bind(4, log.postings[i].account).Bind(5, log.postings[i].amount);
        insert.Run();
      }
    }
  }
  Execute("commit; pragma wal_checkpoint(truncate)");
}

}  // namespace

Peer OpenSqlite(const std::string& path) {
  return {std::make_unique<Sqlite>(path),
          std::string{"SQLite "} + ::sqlite3_libversion() + " (WAL, synchronous=FULL)"};
}

}  // namespace suanpan::bench
