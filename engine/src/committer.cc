#include "suanpan/engine/committer.h"

#include <algorithm>
#include <exception>
#include <map>
#include <utility>
#include <vector>

#include "suanpan/proof/sha256.h"

namespace suanpan::engine {
namespace {

/// An answer is never held back longer than this for the sake of a larger group.
constexpr std::chrono::steady_clock::duration kAwaitMax = std::chrono::microseconds{500};

/// Keys are written after so many at the latest: a write costs more than a key in it.
constexpr std::size_t kKeysTogether = 1'000;

/// What is written does not depend on it, only how many entries share a sync.
auto Now() { return std::chrono::steady_clock::now(); }  // lint-allow clock: for waiting alone

/// Frames the entries of one book in one group. What a block takes is hashed together.
class BookFramer {
 public:
  BookFramer(CommitBook& book, store::CommitGroup& group, Seq first)
      : book_(book), group_(group), builder_(first) {
    if (!book.exists) group.new_books.push_back({book.number, book.ref});
    if (!book.tail.enough()) return;
    replaced_ = book.tail.firsts();
    builder_ = store::BlockBuilder{replaced_.front()};
    book.tail.FillInto(builder_);
  }

  [[nodiscard]] Status Add(PendingEntry& entry) {
    const ByteSpan bytes = entry.bytes;
    SUANPAN_INVARIANT(entry.seq == builder_.next_seq());
    if (!builder_.empty() && !builder_.Fits(bytes.size())) SUANPAN_RETURN_IF_ERROR(Finish());
    builder_.Add(bytes, entry.summary);
    framed_.push_back(&entry);
    unhashed_.push_back(&entry);
    return {};
  }
  /// Brings the book's tree up to what was added.
  [[nodiscard]] Status Hash() {
    const std::uint64_t size = book_.tree.size().value() + unhashed_.size();
    SUANPAN_INVARIANT(size == builder_.next_seq().value() - 1, "{}", size);
    messages_.clear();
    for (const PendingEntry* entry : unhashed_) messages_.push_back(entry->bytes);
    leaves_.resize(messages_.size());
    proof::LeafHashes(messages_, leaves_);
    for (std::size_t i = 0; i < leaves_.size(); ++i) unhashed_[i]->leaf = leaves_[i];
    unhashed_.clear();
    return proof::Grow(book_.tree, book_.tiles, leaves_,
                       [this](const proof::TileId& id, std::span<const Hash32> hashes) {
                         if (id.level >= 1) Keep(id, hashes);
                         return Status{};
                       });
  }
  [[nodiscard]] Status Finish() {
    if (builder_.empty()) return {};
    SUANPAN_RETURN_IF_ERROR(Hash());
    const Seq first = builder_.first_seq();
    const Seq last{builder_.next_seq().value() - 1};
    root_ = book_.tree.Root();
    const bool small = builder_.raw_bytes() < BlockTail::kSmallBytes && replaced_.empty();
    group_.blocks.push_back(
        {book_.number, first, last, builder_.Finish(root_), std::exchange(replaced_, {})});
    if (!small) book_.tail.Clear();
    for (const PendingEntry* entry : framed_) {
      if (!small) break;
      book_.tail.Add(entry->seq, entry->bytes, entry->summary, entry == framed_.front());
    }
    framed_.clear();
    return {};
  }
  /// Of the tree with the last entry that was framed.
  [[nodiscard]] const Hash32& root() const { return root_; }

 private:
  void Keep(const proof::TileId& id, std::span<const Hash32> hashes) {
    group_.tiles.push_back({{book_.number, static_cast<std::uint8_t>(id.level), id.index},
                            std::string{AsText(proof::TileBytes(hashes))}});
  }

  CommitBook& book_;
  store::CommitGroup& group_;
  store::BlockBuilder builder_;
  std::vector<PendingEntry*> framed_;    ///< of this group, in the builder
  std::vector<Seq> replaced_;            ///< by the block in the builder
  std::vector<PendingEntry*> unhashed_;  ///< the last ones in the builder
  std::vector<ByteSpan> messages_;
  std::vector<Hash32> leaves_;
  Hash32 root_;
};

}  // namespace

Committer::Committer(store::EventStore& store, Guard* guard, CommitterOptions options)
    : store_(store), guard_(guard), options_(options), thread_([this] { Run(); }) {}

Committer::~Committer() {
  {
    const MutexLock lock{mutex_};
    stopping_ = true;
  }
  work_.NotifyAll();
  thread_.join();
}

void Committer::Enqueue(CommitBook& book, std::shared_ptr<PendingEntry> entry) {
  const MutexLock lock{mutex_};
  while (queue_bytes_ > options_.queue_bytes_max && failure_.ok()) done_.Wait(mutex_);
  if (!failure_.ok()) return;
  queue_bytes_ += entry->bytes.size();
  queue_.push_back({&book, std::move(entry), nullptr});
  if (queue_.size() >= wanted_) work_.NotifyOne();
}

Status Committer::WaitDurable(const CommitBook& book, Seq seq) {
  const MutexLock lock{mutex_};
  ++waiting_;
  while (book.durable < seq && failure_.ok()) done_.Wait(mutex_);
  --waiting_;
  return book.durable >= seq ? Status{} : failure_.Clone();
}

Result<HeadMark> Committer::MarkHead(CommitBook& book) {
  HeadMark mark;
  const MutexLock lock{mutex_};
  queue_.push_back({&book, nullptr, &mark});
  mark_queued_ = true;
  work_.NotifyOne();
  while (!mark.done && failure_.ok()) done_.Wait(mutex_);
  if (mark.done) return mark;
  // The committer has stopped; take the mark back before it goes out of scope.
  std::erase_if(queue_, [&](const Item& item) { return item.mark == &mark; });
  return failure_.Clone();
}

Seq Committer::DurableHead(const CommitBook& book) const {
  const MutexLock lock{mutex_};
  return book.durable;
}

Seq Committer::IndexedHead(const CommitBook& book) const {
  const MutexLock lock{mutex_};
  return book.indexed;
}

Status Committer::failure() const {
  if (!failed_) return {};
  const MutexLock lock{mutex_};
  return failure_.Clone();
}

std::deque<Committer::Item> Committer::TakeGroup() {
  const MutexLock lock{mutex_};
  AwaitReturning();
  while (!stopping_ && queue_.empty()) work_.Wait(mutex_);
  mark_queued_ = false;
  std::deque<Item> items;
  std::size_t bytes = 0;
  while (!queue_.empty() && bytes < options_.group_bytes_max) {
    if (queue_.front().entry != nullptr) bytes += queue_.front().entry->bytes.size();
    items.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queue_bytes_ -= bytes;
  return items;
}

// Clients that wait for each answer come back together. Whoever is first would make a group of its
// own, and the others would wait for its sync before theirs begins.
void Committer::AwaitReturning() {
  const auto deadline = Now() + std::min(last_write_ / 4, kAwaitMax);
  wanted_ = std::max<std::size_t>(returning_, 1);
  while (!stopping_ && !mark_queued_ && queue_.size() < wanted_ && wanted_ > 1) {
    if (!work_.WaitUntil(mutex_, deadline)) break;
  }
  wanted_ = 1;
}

void Committer::Run() {
  Status failed;
  try {
    Result<bool> more = CommitNext();
    while (more.ok() && *more) more = CommitNext();
    if (more.ok()) return;
    failed = std::move(more).error();
  } catch (const std::exception& error) {
    failed = MakeError(StatusCode::kUnknown, "{}", error.what());
  } catch (...) {
    failed = MakeError(StatusCode::kUnknown, "an exception of no known kind");
  }
  const MutexLock lock{mutex_};
  failure_ =
      std::move(failed).WithContext("the log could not be written and the ledger has stopped");
  failed_ = true;
  done_.NotifyAll();
}

Result<bool> Committer::CommitNext() {
  SUANPAN_RETURN_IF_ERROR(WriteKeysInTime());
  std::deque<Item> items = TakeGroup();
  if (items.empty()) return false;  // stopping, and nothing left
  const auto begin = Now();
  SUANPAN_RETURN_IF_ERROR(WriteGroup(items));
  last_write_ = Now() - begin;
  const Written written = WhatRemains(items);
  // Before anybody is answered: the deciding side has them still, and frees what it allocated.
  items.clear();
  Publish(written);
  return true;
}

Committer::Written Committer::WhatRemains(const std::deque<Item>& items) {
  Written written;
  written.items = items.size();
  for (const Item& item : items) {
    if (item.entry == nullptr) {
      written.marks.push_back(item.mark);
      continue;
    }
    written.heads[item.book] = item.entry->seq;
    std::vector<store::KeyBinding>& keys = unwritten_[item.book];
    if (item.entry->key.form == store::KeyForm::kEngine) continue;
    keys.push_back({item.entry->source, item.entry->key, item.entry->seq});
    ++unwritten_keys_;
  }
  return written;
}

Status Committer::WriteGroup(std::deque<Item>& items) {
  store::CommitGroup group;
  std::map<CommitBook*, BookFramer> framers;
  for (Item& item : items) {
    if (item.entry != nullptr) {
      const auto framer = framers.try_emplace(item.book, *item.book, group, item.entry->seq).first;
      SUANPAN_RETURN_IF_ERROR(framer->second.Add(*item.entry));
    } else {
      const auto framer = framers.find(item.book);
      if (framer != framers.end()) SUANPAN_RETURN_IF_ERROR(framer->second.Hash());
      item.mark->size = item.book->tree.size();
      item.mark->root = item.book->tree.Root();
    }
  }
  for (auto& [book, framer] : framers) SUANPAN_RETURN_IF_ERROR(framer.Finish());
  if (group.empty()) return {};
  SUANPAN_RETURN_IF_ERROR(store_.Commit(group));
  for (auto& [book, framer] : framers) {
    book->exists = true;
    if (guard_ == nullptr) continue;
    SUANPAN_RETURN_IF_ERROR(guard_->WriteDurable(book->number, {book->tree.size(), framer.root()}));
  }
  return {};
}

void Committer::Publish(const Written& written) {
  const MutexLock lock{mutex_};
  for (const auto& [book, head] : written.heads) book->durable = head;
  for (HeadMark* const mark : written.marks) mark->done = true;
  returning_ = std::min(waiting_, written.items);
  done_.NotifyAll();
}

Status Committer::WriteKeysInTime() {
  bool idle = false;
  {
    const MutexLock lock{mutex_};
    idle = queue_.empty();
  }
  return idle || unwritten_keys_ >= kKeysTogether ? WriteKeys() : Status{};
}

Status Committer::WriteKeys() {
  for (auto& [book, keys] : unwritten_) {
    // In the order of the rows: each is then inserted near the one before.
    std::ranges::sort(keys, {}, [](const store::KeyBinding& binding) {
      return std::pair{binding.source, binding.key};
    });
    const Seq head = DurableHead(*book);
    SUANPAN_RETURN_IF_ERROR(store_.WriteKeys(book->number, keys, head));
    const MutexLock lock{mutex_};
    book->indexed = head;
  }
  unwritten_.clear();
  unwritten_keys_ = 0;
  return {};
}

}  // namespace suanpan::engine
