#include "suanpan/engine/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/book.h"
#include "src/restore_plan.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::engine {

using schema::Refusal;
using schema::RefusalCode;
using schema::Refuse;

namespace {

/// Of entries that are kept though durable, since commands name what was entered in the days
/// before: some 40,000 of one sale. Reading one from the log is decompressing a block. What holds
/// them in order comes on top, about a tenth.
constexpr std::size_t kKeptBytes = std::size_t{16} << 20U;

std::size_t MemoryOf(const PendingEntry& entry) { return sizeof entry + entry.bytes.size(); }

static_assert(schema::kEntryBytesMax == store::kEntryBytesMax, "every entry fits a block");

/// The command's key as it was stated.
std::string StatedKey(const schema::Command& command) {
  switch (command.key.form) {
    case schema::KeyForm::kUuid:
      return ToText(command.key.uuid);
    case schema::KeyForm::kStream:
      return fmt::format("{}/{}", command.names[command.key.stream.value() - 1],
                         command.key.counter);
    case schema::KeyForm::kEngine:
      break;
  }
  return {};
}

/// The command's key with ids of the book; nothing when a name of it was never seen, so that it
/// cannot be bound.
std::optional<BoundKey> KeyInBook(const rules::BookState& state, const schema::Command& command,
                                  std::string_view source) {
  BoundKey bound{state.names.Find(source), StoreKey(command.key)};
  if (bound.source.value() == 0) return std::nullopt;
  if (command.key.form == schema::KeyForm::kStream) {
    bound.key.stream = state.names.Find(command.names[command.key.stream.value() - 1]);
    if (bound.key.stream.value() == 0) return std::nullopt;
  }
  return bound;
}

}  // namespace

Ledger::Ledger(std::unique_ptr<store::EventReader> reader, store::EventStore* store,
               LedgerOptions options)
    : catalogue_(options.catalogue != nullptr ? *options.catalogue : rules::Catalogue::Standard()),
      options_(std::move(options)),
      reader_(std::move(reader)),
      store_(store) {
  SUANPAN_INVARIANT(options_.clock != nullptr);
}

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::Open(std::unique_ptr<store::EventStore> store,
                                             LedgerOptions options) {
  store::EventStore* writer = store.get();
  std::unique_ptr<Ledger> ledger{new Ledger{std::move(store), writer, std::move(options)}};
  {
    const MutexLock lock{ledger->mutex_};
    SUANPAN_RETURN_IF_ERROR(
        WithPlan(*ledger->reader_, ledger->options_.guard.get(), ledger->Fold()));
  }
  // Nothing is left to accept, or the guard would have said so.
  if (ledger->options_.guard != nullptr) SUANPAN_RETURN_IF_ERROR(DropPlan(*writer));
  ledger->committer_ = std::make_unique<Committer>(*writer, ledger->options_.guard.get(),
                                                   ledger->options_.committer);
  return ledger;
}

Result<std::unique_ptr<Ledger>> Ledger::OpenDry(std::unique_ptr<store::EventReader> reader,
                                                LedgerOptions options) {
  std::unique_ptr<Ledger> ledger{new Ledger{std::move(reader), nullptr, std::move(options)}};
  {
    const MutexLock lock{ledger->mutex_};
    SUANPAN_RETURN_IF_ERROR(
        WithPlan(*ledger->reader_, ledger->options_.guard.get(), ledger->Fold()));
  }
  return ledger;
}

Result<Submission> Ledger::Submit(const schema::Command& command, std::string_view source) {
  const MutexLock lock{mutex_};
  Submission submission;
  SUANPAN_RETURN_IF_ERROR(Route(command, source, submission));
  if (submission.outcome == Submission::Outcome::kRefused) {
    submission.book_ref = command.book;
    submission.key = StatedKey(command);
  }
  return submission;
}

Submission Ledger::RefuseText(Refusal refusal, std::string_view book, std::string_view key) const {
  const MutexLock lock{mutex_};
  Submission submission;
  submission.refusal = std::move(refusal);
  submission.book_ref = book;
  submission.key = key;
  const auto it = books_.find(book);
  if (it != books_.end()) submission.head = it->second->state.head.get();
  return submission;
}

Status Ledger::Route(const schema::Command& command, std::string_view source,
                     Submission& submission) {
  if (committer_ != nullptr) SUANPAN_RETURN_IF_ERROR(committer_->failure());
  if (!schema::IsRef(source))
    return MakeError(StatusCode::kInvalidArgument, "source '{}' is not a ref", source);
  const auto it = books_.find(command.book);
  if (it != books_.end()) return SubmitTo(*it->second, false, command, source, submission);
  if (command.envelope_fault) {
    submission.refusal = *command.envelope_fault;
    return {};
  }
  if (command.facts.empty() || command.facts.front().kind == nullptr ||
      command.facts.front().kind->number != schema::BookOpened::kKind) {
    if (command.expected_seq && command.expected_seq->value() != 0) {
      submission.refusal =
          Refuse(RefusalCode::seq_mismatch, "expected_seq").WithCount("head_seq", 0);
      return {};
    }
    submission.refusal = command.fault && command.fault->fact == 0
                             ? command.fault->refusal
                             : Refuse(RefusalCode::book_not_open, "book");
    submission.refusal.fact = 0;
    return {};
  }
  auto book = std::make_unique<Book>(BookNo{last_number_ + 1}, std::string{command.book},
                                     catalogue_, options_.schema, *reader_, key_filter_);
  SUANPAN_RETURN_IF_ERROR(SubmitTo(*book, true, command, source, submission));
  if (submission.outcome != Submission::Outcome::kAccepted) {
    submission.book = nullptr;
    return {};
  }
  ++last_number_;
  books_.emplace(command.book, std::move(book));
  return {};
}

Status Ledger::SubmitTo(Book& book, bool is_new, const schema::Command& command,
                        std::string_view source, Submission& submission) {
  if (!is_new) {
    const std::optional<BoundKey> bound = KeyInBook(book.state, command, source);
    if (bound) book.keys.Prefetch(*bound);
    if (committer_ != nullptr && book.IsTrimDue())
      book.keys.Trim(committer_->IndexedHead(book.commit));
    if (bound) {
      SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> seq,
                               book.keys.Find(*reader_, book.commit.number, *bound));
      if (seq) return Repeat(book, *seq, *bound, command, submission);
    }
  }
  return DecideNew(book, command, source, submission);
}

Status Ledger::Repeat(Book& book, Seq seq, const BoundKey& bound, const schema::Command& command,
                      Submission& repeated) {
  repeated.book = &book;
  repeated.head = book.state.head.get();
  SUANPAN_ASSIGN_OR_RETURN(repeated.entry, book.events.Load(seq));
  Arena arena;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView stored,
                           schema::DecodeEntry(repeated.entry->bytes, catalogue_.kinds(), arena));
  if (stored.common.source != bound.source || StoreKey(stored.common.key) != bound.key) {
    return MakeError(StatusCode::kCorruption,
                     "the index of command keys leads from key {} to entry {}, which has another "
                     "key; opening again writes the index again from the log",
                     StatedKey(command), seq.value());
  }
  const std::optional<rules::RepeatDifference> difference =
      rules::CompareRepeat(book.state.names, seq, stored, command, arena);
  if (!difference) {
    repeated.outcome = Submission::Outcome::kDuplicate;
    return {};
  }
  repeated.entry = nullptr;
  repeated.refusal = Refuse(RefusalCode::key_conflict, difference->field);
  repeated.refusal.fact = difference->fact;
  repeated.refusal = std::move(repeated.refusal)
                         .WithCount("seq", seq.value())
                         .WithCount("fact", difference->fact)
                         .With("field", difference->field);
  return {};
}

Status Ledger::DecideNew(Book& book, const schema::Command& command, std::string_view source,
                         Submission& submission) {
  submission.book = &book;
  const InstantUs now = std::max(options_.clock(), book.last_recorded);
  std::variant<schema::EntryView, Refusal> decided =
      book.decider.Decide(book.state, book.events, command, source, now);
  const Status read = book.events.Reset();
  const auto* view = std::get_if<schema::EntryView>(&decided);
  if (!read.ok()) {
    if (view != nullptr) book.state.Rollback();
    return std::move(read.Clone()).WithContext("reading an event that the command names");
  }
  std::shared_ptr<PendingEntry> pending;
  if (view != nullptr) {
    std::string& bytes = book.encoded;
    bytes.clear();
    book.encoder.Encode(view->common, view->events, bytes);
    if (bytes.size() > schema::kEntryBytesMax) {
      book.state.Rollback();
      decided = Refuse(RefusalCode::entry_full).WithCount("bytes", bytes.size());
      view = nullptr;
    } else {
      pending = entries_.Make(AsBytes(bytes));
    }
  }
  submission.head = book.state.head.get();
  if (view == nullptr) {
    submission.refusal = std::get<Refusal>(std::move(decided));
    return {};
  }
  book.last_recorded = now;
  Accept(book, *view, pending);
  submission.outcome = Submission::Outcome::kAccepted;
  submission.entry = std::move(pending);
  return {};
}

Status Ledger::AppendRestored(std::string_view ref, Seq from, std::string_view reason) {
  SUANPAN_INVARIANT(committer_ != nullptr && options_.guard == nullptr && schema::IsCode(reason));
  Submission submission;
  {
    const MutexLock lock{mutex_};
    const auto it = books_.find(ref);
    if (it == books_.end()) return MakeError(StatusCode::kNotFound, "there is no book '{}'", ref);
    Book& book = *it->second;
    const InstantUs now = std::max(options_.clock(), book.last_recorded);
    const schema::EntryView view = book.decider.Restored(book.state, from, reason, now);
    std::string bytes;
    book.encoder.Encode(view.common, view.events, bytes);
    auto pending = entries_.Make(AsBytes(bytes));
    book.last_recorded = now;
    Accept(book, view, pending);
    submission.book = &book;
    submission.entry = std::move(pending);
  }
  return WaitDurable(submission);
}

void Ledger::Accept(Book& book, const schema::EntryView& view,
                    const std::shared_ptr<PendingEntry>& pending) {
  book.state.Commit();
  pending->seq = book.state.head.get();
  pending->summary = SummaryOf(view);
  pending->source = view.common.source;
  pending->key = StoreKey(view.common.key);
  if (pending->key.form != store::KeyForm::kEngine) {
    book.keys.Bind({pending->source, pending->key}, pending->seq);
  }
  book.recent.push_back(pending);
  if (committer_ == nullptr) {
    pending->leaf = proof::LeafHash(pending->bytes);  // nobody else will
    return;                                           // and no log will ever have it
  }
  committer_->Enqueue(book.commit, pending);
  kept_.push_back(&book);
  kept_bytes_ += MemoryOf(*pending);
  ForgetOldest();
}

void Ledger::ForgetOldest() {
  while (kept_bytes_ > kKeptBytes) {
    Book& book = *kept_.front();
    const PendingEntry& oldest = *book.recent.front();
    if (oldest.seq > book.durable_seen) book.durable_seen = committer_->DurableHead(book.commit);
    if (oldest.seq > book.durable_seen) return;
    kept_bytes_ -= MemoryOf(oldest);
    book.recent.pop_front();
    kept_.pop_front();
  }
}

Status Ledger::WaitDurable(const Submission& submission) {
  if (submission.entry == nullptr || committer_ == nullptr) return {};
  return committer_->WaitDurable(submission.book->commit, submission.entry->seq);
}

Result<std::vector<BalanceChange>> Ledger::ChangesOf(const Submission& submission) {
  class Collector final : public rules::PostingSink {
   public:
    void Add(const rules::AccountKey& key, rules::AnyUnits amount) override {
      sums[key] += amount.wide();
    }
    std::map<rules::AccountKey, Wide> sums;
  };
  const MutexLock lock{mutex_};
  std::vector<BalanceChange> changes;
  if (submission.outcome != Submission::Outcome::kAccepted) return changes;
  const rules::BookState& state = submission.book->state;
  Arena arena;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(submission.entry->bytes, catalogue_.kinds(), arena));
  Collector collector;
  for (const schema::Event& event : view.events)
    rules::PostingsOf(catalogue_, state, event, collector);
  for (const auto& [key, sum] : collector.sums) {
    if (sum == 0) continue;
    const rules::AnyUnits after = state.accounts.BalanceOn(key);
    changes.push_back({PathOf(key, state.names), UnitOf(key.account_class),
                       rules::AnyUnits{static_cast<std::int64_t>(after.wide() - sum)}, after});
  }
  std::sort(changes.begin(), changes.end(),
            [](const BalanceChange& a, const BalanceChange& b) { return a.account < b.account; });
  return changes;
}

std::vector<std::string> Ledger::Books() const {
  const MutexLock lock{mutex_};
  std::vector<std::string> refs;
  for (const auto& [ref, book] : books_) refs.push_back(ref);
  return refs;
}

Result<BookNo> Ledger::NumberOf(std::string_view ref) const {
  const MutexLock lock{mutex_};
  const auto it = books_.find(ref);
  if (it == books_.end()) return MakeError(StatusCode::kNotFound, "there is no book '{}'", ref);
  return it->second->commit.number;
}

Result<std::optional<Seq>> Ledger::FindCounter(std::string_view ref, std::string_view source,
                                               std::string_view stream,
                                               std::uint64_t counter) const {
  const MutexLock lock{mutex_};
  const auto it = books_.find(ref);
  if (it == books_.end()) return std::optional<Seq>{};
  const Book& book = *it->second;
  BoundKey bound{book.state.names.Find(source), {}};
  bound.key.form = store::KeyForm::kStream;
  bound.key.stream = book.state.names.Find(stream);
  bound.key.counter = counter;
  if (bound.source == NameId{} || bound.key.stream == NameId{}) return std::optional<Seq>{};
  return book.keys.Find(*reader_, book.commit.number, bound);
}

Result<SealedHead> Ledger::Seal(std::string_view ref) {
  SUANPAN_INVARIANT(committer_ != nullptr, "a dry ledger cannot be sealed");
  const MutexLock lock{mutex_};
  const auto it = books_.find(ref);
  if (it == books_.end()) return MakeError(StatusCode::kNotFound, "there is no book '{}'", ref);
  SealedHead head;
  head.state = DigestState(it->second->state);
  SUANPAN_ASSIGN_OR_RETURN(const HeadMark mark, committer_->MarkHead(it->second->commit));
  head.size = mark.size;
  head.root = mark.root;
  SUANPAN_INVARIANT(head.size.value() == head.state.seq.value());
  return head;
}

}  // namespace suanpan::engine
