#pragma once

// What a peer is given: the entries of a ledger as plain values, with the postings that each event
// makes, so that it does the same work without our rules. Made before anything is timed.

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/schema/account_key.h"
#include "suanpan/store/event_store.h"

namespace suanpan::bench {

struct PlainPosting {
  std::uint32_t account = 0;  ///< index into PlainLog::accounts
  std::int64_t amount = 0;    ///< + debit, - credit
};

struct PlainEvent {
  std::uint16_t kind = 0;
  std::string_view payload;        ///< head, tail and fields as stored
  std::uint32_t postings_end = 0;  ///< those of the previous event end where these begin
};

struct PlainEntry {
  std::uint32_t book = 0;
  std::uint64_t seq = 0;
  std::array<std::uint8_t, 16> key{};  ///< unique within its book
  std::uint32_t events_end = 0;
  std::string_view bytes;  ///< of the whole entry
};

struct PlainAccount {
  std::uint32_t book = 0;
  std::string path;
  schema::UnitOfAccount unit{};
  std::int64_t balance = 0;  ///< what the ledger's own state says at the end
};

/// The books are dealt out to parts, which follow each other. In a part, entries are in the order
/// of their sequences, book after book within one.
struct PlainLog {
  std::vector<PlainEntry> entries;
  std::vector<PlainEvent> events;
  std::vector<PlainPosting> postings;
  std::vector<PlainAccount> accounts;
  std::vector<std::size_t> part_ends;  ///< of each part's entries
  std::deque<std::string> bytes;       ///< owns what the views see

  PlainLog() = default;
  PlainLog(PlainLog&&) = default;
  PlainLog(const PlainLog&) = delete;
  PlainLog& operator=(const PlainLog&) = delete;

  [[nodiscard]] std::uint32_t EventsBegin(std::size_t entry) const {
    return entry == 0 ? 0 : entries[entry - 1].events_end;
  }
  [[nodiscard]] std::uint32_t PostingsBegin(std::size_t event) const {
    return event == 0 ? 0 : events[event - 1].postings_end;
  }
  /// Whether these, by account, are what the ledger's state says.
  [[nodiscard]] bool AreBalances(const std::vector<std::int64_t>& balances) const;
};

/// All books of a store. Stops the process where a replay of it fails, and where the postings do
/// not add up to the balances of the replayed state.
[[nodiscard]] PlainLog MakePlainLog(const store::EventReader& reader, std::uint32_t parts = 1);

/// What a batch of entries adds to each account it touches, ascending by account.
[[nodiscard]] std::vector<PlainPosting> SumsOf(const PlainLog& log, std::size_t entry_begin,
                                               std::size_t entry_end);

}  // namespace suanpan::bench
