#pragma once

// A database that does a ledger's work as somebody would write it who has no ledger: a row an
// event, a unique key a command, and the balance of each account kept up to date, in one durable
// transaction a batch.
//
//   command(book, key, seq)                   primary key (book, key)
//   event(book, seq, line, kind, payload)     primary key (book, seq, line)
//   balance(account, amount)                  primary key (account)
//   posting(book, seq, line, account, amount) primary key as event's and a number; for replay only
//
// It does less than the ledger: nothing is validated, decided, hashed or signed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "peers/plain_log.h"

namespace suanpan::bench {

/// When the balances of a batch are brought up to date, within its transaction.
enum class Balances {
  kOnceABatch,       ///< an account at most once, with the sum of the batch
  kAfterEachCommand  ///< as one who refuses by balances must have them
};

/// One session of a database; belongs to one thread.
class PeerSession {
 public:
  PeerSession() = default;
  PeerSession(const PeerSession&) = delete;
  PeerSession& operator=(const PeerSession&) = delete;
  virtual ~PeerSession() = default;

  /// Stores entries [begin, end) of the log in one transaction, durable when this returns.
  virtual void Append(const PlainLog& log, std::size_t begin, std::size_t end,
                      Balances balances) = 0;
};

/// Every failure of the database stops the process: a bench with a wrong peer has no result.
class PeerDatabase {
 public:
  PeerDatabase() = default;
  PeerDatabase(const PeerDatabase&) = delete;
  PeerDatabase& operator=(const PeerDatabase&) = delete;
  virtual ~PeerDatabase() = default;

  /// Empty tables, whatever was there.
  virtual void Reset() = 0;
  [[nodiscard]] virtual std::unique_ptr<PeerSession> Connect() = 0;
  /// Whether sessions on different threads may append at the same time.
  [[nodiscard]] virtual bool TakesSeveral() const = 0;
  /// By account of the log.
  [[nodiscard]] virtual std::vector<std::int64_t> Balances(std::size_t accounts) = 0;

  /// Fills the table of postings.
  virtual void LoadPostings(const PlainLog& log) = 0;
  /// Every balance computed from all postings, on one core.
  [[nodiscard]] virtual std::vector<std::int64_t> SumPostings(std::size_t accounts) = 0;
};

/// A peer, or why there is none.
struct Peer {
  std::unique_ptr<PeerDatabase> database;
  std::string says;  ///< name, version and what it guarantees; or the reason
};

/// SQLite in a new file: WAL, synchronous=FULL.
[[nodiscard]] Peer OpenSqlite(const std::string& path);

/// The PostgreSQL that is installed, in a data directory of its own below the current one, started
/// at the first call and stopped at the end of the process. Every call gives a database of its own
/// session, and they share the tables.
[[nodiscard]] Peer OpenPostgres();

/// Seconds in which a database stores the whole log in batches of `together` commands; stops the
/// process where its balances are not the ledger's. Each part of the log has a session and a thread
/// of its own where the database takes several at once.
[[nodiscard]] double AppendAll(PeerDatabase& database, const PlainLog& log, std::size_t together,
                               Balances balances);

}  // namespace suanpan::bench
