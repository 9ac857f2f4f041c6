#include "peers/plain_log.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>

#include "suanpan/base/invariant.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/entry_format.h"
#include "support/raw_rocksdb.h"

namespace suanpan::bench {
namespace {

/// An event on its way into the log: entries are put in order at the end.
struct EventPostings {
  std::vector<PlainPosting> postings;
};

/// Collects the postings of one book's events, one list an event.
class PostingCollector final : public replay::Projection, private rules::PostingSink {
 public:
  explicit PostingCollector(std::uint32_t first_account) : first_account_(first_account) {}

  void OnEvent(const replay::EventContext& context) override {
    by_event_.emplace_back();
    rules::PostingsOf(rules::Catalogue::Standard(), context.state, context.event, *this);
  }

  [[nodiscard]] const std::vector<EventPostings>& by_event() const { return by_event_; }
  [[nodiscard]] const std::vector<schema::AccountKey>& keys() const { return keys_; }

 private:
  void Add(const schema::AccountKey& key, schema::AnyUnits amount) override {
    if (amount.value() == 0) return;
    const auto next = static_cast<std::uint32_t>(first_account_ + keys_.size());
    const auto [it, is_new] = index_.emplace(key, next);
    if (is_new) keys_.push_back(key);
    by_event_.back().postings.push_back({it->second, amount.value()});
  }

  std::uint32_t first_account_;
  std::map<schema::AccountKey, std::uint32_t> index_;
  std::vector<schema::AccountKey> keys_;
  std::vector<EventPostings> by_event_;
};

/// Where an entry and its events' postings come from.
struct Source {
  std::uint32_t part = 0;
  std::uint64_t seq = 0;
  std::uint32_t book = 0;
  const std::string* bytes = nullptr;
  const EventPostings* postings = nullptr;  ///< of the entry's first event
};

template <class T>
T ReadAs(std::string_view bytes, std::size_t at) {
  T value;
  SUANPAN_INVARIANT(at + sizeof value <= bytes.size());
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Splits an entry's bytes into its events.
void AddEntry(const Source& source, PlainLog& log) {
  const std::string_view bytes = *source.bytes;
  const auto head = ReadAs<schema::EntryHead>(bytes, 0);
  std::size_t at = sizeof head;
  for (std::size_t i = 0; i < head.events; ++i) {
    const auto event = ReadAs<schema::EventHead>(bytes, at);
    const std::size_t size = std::size_t{event.size_words} * 8;
    SUANPAN_INVARIANT(size != 0 && at + size <= bytes.size());
    const std::vector<PlainPosting>& postings = source.postings[i].postings;
    log.postings.insert(log.postings.end(), postings.begin(), postings.end());
    log.events.push_back(
        {event.kind, bytes.substr(at, size), static_cast<std::uint32_t>(log.postings.size())});
    at += size;
  }
  SUANPAN_INVARIANT(at == bytes.size(), "entry {}", source.seq);
  log.entries.push_back(
      {source.book, source.seq, head.key, static_cast<std::uint32_t>(log.events.size()), bytes});
}

void AddAccounts(std::uint32_t book, const PostingCollector& collector,
                 const rules::BookState& state, PlainLog& log) {
  for (const schema::AccountKey& key : collector.keys()) {
    log.accounts.push_back({book, schema::PathOf(key, state.names),
                            schema::UnitOf(key.account_class),
                            state.accounts.BalanceOn(key).value()});
  }
}

/// Replays a book for its postings and lists where its entries come from.
void AddBook(const store::EventReader& reader, const store::BookRow& row, std::uint32_t parts,
             PostingCollector& collector, std::vector<Source>& sources, PlainLog& log) {
  const std::uint32_t book = row.book.value();
  replay::Projection* const projection = &collector;
  const auto replayed = replay::ReplayBook(reader, row.book, {}, {&projection, 1});
  SUANPAN_INVARIANT(replayed.ok(), "{}", replayed.error().ToString());
  AddAccounts(book, collector, *replayed->state, log);
  const EventPostings* postings = collector.by_event().data();
  std::uint64_t seq = 0;
  for (std::string& bytes : EntriesOf(reader, row.book)) {
    log.bytes.push_back(std::move(bytes));
    sources.push_back({book % parts, ++seq, book, &log.bytes.back(), postings});
    postings += ReadAs<schema::EntryHead>(log.bytes.back(), 0).events;
  }
  SUANPAN_INVARIANT(postings == collector.by_event().data() + collector.by_event().size());
}

std::vector<std::int64_t> SumOfAll(const PlainLog& log) {
  std::vector<std::int64_t> balances(log.accounts.size());
  for (const PlainPosting& posting : log.postings) balances[posting.account] += posting.amount;
  return balances;
}

}  // namespace

PlainLog MakePlainLog(const store::EventReader& reader, std::uint32_t parts) {
  PlainLog log;
  std::deque<PostingCollector> collectors;
  std::vector<Source> sources;
  const std::vector<store::BookRow> books = reader.Books().value();
  for (const store::BookRow& row : books) {
    collectors.emplace_back(static_cast<std::uint32_t>(log.accounts.size()));
    AddBook(reader, row, parts, collectors.back(), sources, log);
  }
  std::ranges::sort(sources, {}, [](const Source& s) { return std::tuple{s.part, s.seq, s.book}; });
  log.part_ends.resize(parts);
  for (const Source& source : sources) {
    AddEntry(source, log);
    log.part_ends[source.part] = log.entries.size();
  }
  SUANPAN_INVARIANT(log.AreBalances(SumOfAll(log)));
  return log;
}

bool PlainLog::AreBalances(const std::vector<std::int64_t>& balances) const {
  return std::ranges::equal(balances, accounts, {}, {}, &PlainAccount::balance);
}

std::vector<PlainPosting> SumsOf(const PlainLog& log, std::size_t entry_begin,
                                 std::size_t entry_end) {
  if (entry_begin == entry_end) return {};
  const std::size_t begin = log.PostingsBegin(log.EventsBegin(entry_begin));
  const std::size_t end = log.PostingsBegin(log.entries[entry_end - 1].events_end);
  std::vector<PlainPosting> sums{log.postings.begin() + static_cast<std::ptrdiff_t>(begin),
                                 log.postings.begin() + static_cast<std::ptrdiff_t>(end)};
  std::ranges::sort(sums, {}, &PlainPosting::account);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (kept != 0 && sums[kept - 1].account == sums[i].account) {
      sums[kept - 1].amount += sums[i].amount;
    } else {
      sums[kept++] = sums[i];
    }
  }
  sums.resize(kept);
  return sums;
}

}  // namespace suanpan::bench
