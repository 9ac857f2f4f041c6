#include "peers/database.h"

#include <algorithm>
#include <chrono>

#include "suanpan/base/invariant.h"

namespace suanpan::bench {

double AppendAll(PeerDatabase& database, const PlainLog& log, std::size_t together) {
  database.Reset();
  const std::unique_ptr<PeerSession> session = database.Connect();
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t at = 0; at < log.entries.size(); at += together)
    session->Append(log, at, std::min(at + together, log.entries.size()));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  SUANPAN_INVARIANT(log.AreBalances(database.Balances(log.accounts.size())));
  return seconds.count();
}

}  // namespace suanpan::bench
