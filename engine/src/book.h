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

/// Old events that a command names: from entries on their way to the disk, else from the log.
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
  struct Loaded {
    std::shared_ptr<const PendingEntry> pending;
    schema::EntryView view;
  };
  Book& book_;
  const store::EventReader& reader_;
  const schema::KindTable& kinds_;
  Arena arena_;
  std::map<Seq, Loaded> loaded_;
  /// Read last, the newest first: refunds and costs name what was sold in the days before.
  std::vector<std::unique_ptr<store::DecodedBlock>> blocks_;
  Status error_;
  BookEvents* forked_from_ = nullptr;  ///< is told of an error
  friend class Ledger;
  [[nodiscard]] Result<std::shared_ptr<const PendingEntry>> Load(Seq seq);
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
  void Trim(Seq durable, Seq indexed) {
    while (!recent.empty() && recent.front()->seq <= durable) recent.pop_front();
    keys.Trim(indexed);
  }

  rules::BookState state;
  rules::Decider decider;
  schema::EntryEncoder encoder;
  std::string encoded;  ///< the last entry, kept for its memory
  KeyRing keys;
  BookEvents events;
  InstantUs last_recorded;
  std::deque<std::shared_ptr<PendingEntry>> recent;  ///< not yet known to be durable, in order
  CommitBook commit;
};

/// Days, periods and kinds of an entry's events, for its block's header.
[[nodiscard]] store::EntrySummary SummaryOf(const schema::EntryView& entry);
[[nodiscard]] store::CommandKey StoreKey(const schema::CommandKey& key);

}  // namespace suanpan::engine
