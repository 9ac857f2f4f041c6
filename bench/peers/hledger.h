#pragma once

// hledger as a peer: the balances of a journal with the same postings, a transaction an entry.

#include <string>

#include "peers/plain_log.h"

namespace suanpan::bench {

struct HledgerRun {
  bool absent = false;  ///< it is not installed; nothing else is set
  bool right = false;   ///< every balance is the ledger's
  double seconds = 0;   ///< from start to end of the process
  double peak_mib = 0;  ///< resident
};

/// Writes the journal of one book's log; how many transactions it has (entries that post).
std::size_t WriteJournal(const PlainLog& log, const std::string& path);

/// `hledger balance` of the journal.
[[nodiscard]] HledgerRun RunHledger(const PlainLog& log, const std::string& path);

}  // namespace suanpan::bench
