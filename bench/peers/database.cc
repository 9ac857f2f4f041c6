#include "peers/database.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "suanpan/base/invariant.h"
#include "support/disk.h"

namespace suanpan::bench {

namespace {

using Sessions = std::vector<std::unique_ptr<PeerSession>>;

void AppendPart(PeerSession& session, const PlainLog& log, std::size_t part, std::size_t together,
                Balances balances) {
  const std::size_t end = log.part_ends[part];
  for (std::size_t at = part == 0 ? 0 : log.part_ends[part - 1]; at < end; at += together)
    session.Append(log, at, std::min(at + together, end), balances);
}

/// A part a thread, or all of them on this one where there is one session.
void AppendParts(const Sessions& sessions, const PlainLog& log, std::size_t together,
                 Balances balances) {
  std::vector<std::thread> others;
  for (std::size_t part = 0; part < log.part_ends.size(); ++part) {
    if (sessions.size() == 1) {
      AppendPart(*sessions.front(), log, part, together, balances);
    } else {
      others.emplace_back(
          [&, part] { AppendPart(*sessions[part], log, part, together, balances); });
    }
  }
  for (std::thread& other : others) other.join();
}

}  // namespace

double AppendAll(PeerDatabase& database, const PlainLog& log, std::size_t together,
                 Balances balances) {
  database.Reset();
  Sessions sessions;
  const std::size_t wanted = database.TakesSeveral() ? log.part_ends.size() : 1;
  while (sessions.size() < wanted) sessions.push_back(database.Connect());
  SettleDisk();
  const auto begin = std::chrono::steady_clock::now();
  AppendParts(sessions, log, together, balances);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  SUANPAN_INVARIANT(log.AreBalances(database.Balances(log.accounts.size())));
  return seconds.count();
}

}  // namespace suanpan::bench
