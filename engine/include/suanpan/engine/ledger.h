#pragma once

// Ledger: the books of one data directory, open for appending. Opening folds each book's own log
// with Apply; a command is decided on the tentative head, and answered when it is durable.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "suanpan/engine/committer.h"
#include "suanpan/engine/guard.h"
#include "suanpan/engine/key_filter.h"
#include "suanpan/engine/state_root.h"
#include "suanpan/rules/decide.h"
#include "suanpan/rules/repeat.h"

namespace suanpan::engine {

class Book;
struct BoundKey;

struct LedgerOptions {
  const rules::Catalogue* catalogue = nullptr;  ///< null: the standard one
  rules::SchemaStamp schema;
  std::function<InstantUs()>
      clock;  ///< stamps recorded_at; clamped so that it never decreases in a book
  /// Remembers what was promised; null: nobody does (tests, memory stores, dry ledgers).
  std::shared_ptr<Guard> guard;
  CommitterOptions committer;
  /// Called now and then while the logs are folded, with entries done so far.
  std::function<void(std::uint64_t)> on_progress;
  /// Told what was found and mended while opening: a key index that does not agree with the log is
  /// written again. (A dry ledger is refused then.)
  std::function<void(std::string_view)> on_notice;
};

/// What became of a submitted command. `entry` is set for accepted and duplicate ones.
struct Submission {
  enum class Outcome { kAccepted, kDuplicate, kRefused };
  Outcome outcome = Outcome::kRefused;
  Book* book = nullptr;  ///< null only when refused for a book that does not exist
  std::shared_ptr<const PendingEntry> entry;
  schema::Refusal refusal;
  Seq head;  ///< of the book, after the command; 0 where there is no such book
  // Of a refused command, as far as they could be read; empty otherwise.
  std::string book_ref;
  std::string key;
};

/// A balance that a command would change.
struct BalanceChange {
  std::string account;
  rules::UnitOfAccount unit{};
  rules::AnyUnits before;
  rules::AnyUnits after;
};

/// Digest of a book's live state together with the tree head it belongs to.
struct SealedHead {
  TreeSize size;
  Hash32 root;
  StateDigest state;
};

/// Thread-safe: any number of threads submit and wait; deciding is one at a time, in the order of
/// the calls.
class Ledger {
 public:
  /// Opens for appending. Fails where a log is damaged or contradicts itself; the message names
  /// book and entry.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> Open(
      std::unique_ptr<store::EventStore> store, LedgerOptions options);
  /// Opens for trying out: commands are decided, one upon the other, and nothing is ever written.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> OpenDry(
      std::unique_ptr<store::EventReader> reader, LedgerOptions options);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Decides a command of an authenticated source (a ref) and queues it. An error means the ledger
  /// has stopped or could not read its own log; a refusal is a Submission.
  [[nodiscard]] Result<Submission> Submit(const schema::Command& command, std::string_view source);
  /// The answer to a command whose text was refused before there was a command.
  [[nodiscard]] Submission RefuseText(schema::Refusal refusal, std::string_view book,
                                      std::string_view key) const;
  /// Until the submission's entry is durable. Refused submissions return at once.
  [[nodiscard]] Status WaitDurable(const Submission& submission);

  /// The answer of events.md 1.3 as JSON, for a submission after WaitDurable. Any thread.
  [[nodiscard]] Result<std::string> AnswerJson(const Submission& submission) const;
  /// Balances that the entry of an accepted submission changed.
  [[nodiscard]] Result<std::vector<BalanceChange>> ChangesOf(const Submission& submission);

  [[nodiscard]] std::vector<std::string> Books() const;
  /// Head and state digest at one and the same position, durable. kNotFound: no such book.
  [[nodiscard]] Result<SealedHead> Seal(std::string_view book);
  /// For restore.h, where no guard is looked at: appends the entry which says that entries after
  /// the book's head, up to `from`, are lost (log.restored). `reason` is a code. Durable when ok.
  [[nodiscard]] Status AppendRestored(std::string_view book, Seq from, std::string_view reason);
  [[nodiscard]] store::EventReader& reader() { return *reader_; }
  /// Null for a dry ledger.
  [[nodiscard]] store::EventStore* store() { return store_; }
  [[nodiscard]] Guard* guard() { return options_.guard.get(); }
  [[nodiscard]] Result<BookNo> NumberOf(std::string_view book) const;
  /// The entry to which the key STREAM/COUNTER of a source is bound; nothing where it is free, or
  /// where there is no such book.
  [[nodiscard]] Result<std::optional<Seq>> FindCounter(std::string_view book,
                                                       std::string_view source,
                                                       std::string_view stream,
                                                       std::uint64_t counter) const;

 private:
  Ledger(std::unique_ptr<store::EventReader> reader, store::EventStore* store,
         LedgerOptions options);
  [[nodiscard]] Status Fold() SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status RewriteKeys(const std::vector<std::string>& unsound)
      SUANPAN_REQUIRES(mutex_);
  // Each fills in the submission it is given, which is empty.
  [[nodiscard]] Status Route(const schema::Command& command, std::string_view source,
                             Submission& submission) SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status SubmitTo(Book& book, bool is_new, const schema::Command& command,
                                std::string_view source, Submission& submission)
      SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status Repeat(Book& book, Seq seq, const BoundKey& bound,
                              const schema::Command& command, Submission& repeated)
      SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status DecideNew(Book& book, const schema::Command& command,
                                 std::string_view source, Submission& submission)
      SUANPAN_REQUIRES(mutex_);
  void Accept(Book& book, const schema::EntryView& view,
              const std::shared_ptr<PendingEntry>& pending) SUANPAN_REQUIRES(mutex_);
  /// Lets go of the oldest entries that are durable, of all books, as far as too many are kept.
  void ForgetOldest() SUANPAN_REQUIRES(mutex_);

  const rules::Catalogue& catalogue_;
  LedgerOptions options_;
  std::unique_ptr<store::EventReader> reader_;
  store::EventStore* store_;
  mutable Mutex mutex_;  ///< one command is decided at a time
  KeyFilter key_filter_ SUANPAN_GUARDED_BY(mutex_);
  PendingEntries entries_ SUANPAN_GUARDED_BY(mutex_);
  std::deque<Book*> kept_ SUANPAN_GUARDED_BY(mutex_);  ///< whose recent entries these are, in order
  std::size_t kept_bytes_ SUANPAN_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::unique_ptr<Book>, std::less<>> books_ SUANPAN_GUARDED_BY(mutex_);
  std::uint32_t last_number_ SUANPAN_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<Committer> committer_;  ///< last member: stops first
};

}  // namespace suanpan::engine
