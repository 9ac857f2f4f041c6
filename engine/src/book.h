#pragma once

// One open book inside a Ledger: its tentative state, what it needs to decide, and its place in the
// committer.

#include <deque>
#include <string>
#include <vector>

#include "suanpan/engine/key_ring.h"
#include "suanpan/engine/ledger.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::engine {

/// Old events that a command names: from entries still in memory, else from the log.
class BookEvents final : public rules::OldEvents {
 public:
  BookEvents(Book& book, const store::EventReader& reader, const schema::KindTable& kinds)
      : book_(book), reader_(reader), kinds_(kinds) {}
  ~BookEvents() override {
    if (forked_from_ != nullptr && !error_.ok()) forked_from_->error_ = std::move(error_);
  }
  BookEvents(const BookEvents&) = delete;
  BookEvents& operator=(const BookEvents&) = delete;

  [[nodiscard]] const schema::Event* Find(Address address) override;
  [[nodiscard]] bool Exists(Address address) override;
  [[nodiscard]] std::unique_ptr<rules::OldEvents> Fork() override;
  /// Forgets what was read for the last command. An error that Find met is returned once.
  [[nodiscard]] Status Reset();

 private:
  Book& book_;
  const store::EventReader& reader_;
  const schema::KindTable& kinds_;
  Arena arena_;
  std::map<Seq, schema::EntryView> loaded_;
  /// Read last, the newest first: refunds and costs name what was sold in the days before.
  std::vector<std::unique_ptr<store::DecodedBlock>> blocks_;
  Status error_;
  BookEvents* forked_from_ = nullptr;  ///< is told of an error
  friend class Ledger;
  [[nodiscard]] Result<std::shared_ptr<const PendingEntry>> Load(Seq seq);
  /// Of a copy, both in the arena.
  [[nodiscard]] Result<schema::EntryView> View(Seq seq);
  /// The bytes of an entry, valid until the next call.
  [[nodiscard]] Result<ByteSpan> BytesOf(Seq seq);
  /// Moves the kept block that has an entry to the front; false where none has.
  [[nodiscard]] bool FindBlock(Seq seq);
  [[nodiscard]] Status ReadBlock(Seq seq);
};

class Book {
 public:
  Book(BookNo number, std::string ref, const rules::Catalogue& catalogue, rules::SchemaStamp stamp,
       const store::EventReader& reader, KeyFilter& filter)
      : decider(catalogue, stamp), keys(number, filter), events(*this, reader, catalogue.kinds()) {
    commit.number = number;
    commit.ref = std::move(ref);
  }

  /// The entry if it is still in memory.
  [[nodiscard]] std::shared_ptr<const PendingEntry> Recent(Seq seq) const {
    if (recent.empty() || seq < recent.front()->seq || seq > recent.back()->seq) return nullptr;
    return recent[seq.value() - recent.front()->seq.value()];
  }
  /// Whether enough came since the last time for trimming the keys to be worth a lock.
  [[nodiscard]] bool IsTrimDue() { return ++untrimmed % kTrimEvery == 0; }

  rules::BookState state;
  rules::Decider decider;
  schema::EntryEncoder encoder;
  std::string encoded;  ///< the last entry, kept for its memory
  KeyRing keys;
  BookEvents events;
  static constexpr std::uint32_t kTrimEvery = 16;
  std::uint32_t untrimmed = 0;
  InstantUs last_recorded;
  /// The last ones, in order: all that are not yet durable, and some more (Ledger::ForgetOldest).
  std::deque<std::shared_ptr<PendingEntry>> recent;
  Seq durable_seen;  ///< durable at least up to here
  CommitBook commit;
};

/// Days, periods and kinds of an entry's events, for its block's header.
[[nodiscard]] store::EntrySummary SummaryOf(const schema::EntryView& entry);
[[nodiscard]] store::CommandKey StoreKey(const schema::CommandKey& key);

}  // namespace suanpan::engine
