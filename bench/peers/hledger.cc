#include "peers/hledger.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <map>

#include "suanpan/base/invariant.h"
#include "support/child.h"

namespace suanpan::bench {
namespace {

constexpr const char* kProgram = "/usr/bin/hledger";

/// A line `"ACCOUNT","AMOUNT UNIT"` of the CSV; false for others, such as its heading.
bool ReadLine(std::string_view line, std::string& account, std::int64_t& amount) {
  const std::size_t middle = line.find("\",\"");
  if (middle == std::string_view::npos || line.front() != '"') return false;
  account = line.substr(1, middle - 1);
  const std::string_view number = line.substr(middle + 3);
  const auto [_, error] = std::from_chars(number.data(), number.data() + number.size(), amount);
  return error == std::errc{};
}

bool SameBalances(const PlainLog& log, const std::string& path) {
  std::map<std::string, std::int64_t> found;
  std::ifstream file{path};
  std::string account;
  std::int64_t amount = 0;
  for (std::string line; std::getline(file, line);)
    if (ReadLine(line, account, amount)) found[account] = amount;
  for (const PlainAccount& expected : log.accounts) {
    const auto it = found.find(expected.path);
    if (it == found.end() || it->second != expected.balance) return false;
  }
  return found.size() == log.accounts.size();
}

}  // namespace

std::size_t WriteJournal(const PlainLog& log, const std::string& path) {
  std::ofstream file{path};
  std::size_t transactions = 0;
  for (std::size_t entry = 0; entry < log.entries.size(); ++entry) {
    const std::size_t begin = log.PostingsBegin(log.EventsBegin(entry));
    const std::size_t end = log.PostingsBegin(log.entries[entry].events_end);
    if (begin == end) continue;
    ++transactions;
    file << fmt::format("2025-01-01 {}\n", log.entries[entry].seq);
    for (std::size_t i = begin; i < end; ++i) {
      const PlainAccount& account = log.accounts[log.postings[i].account];
      file << fmt::format("    {}  {} {}\n", account.path, log.postings[i].amount,
                          schema::ToText(account.unit));
    }
    file << '\n';
  }
  SUANPAN_INVARIANT(file.flush().good(), "{}", path);
  return transactions;
}

HledgerRun RunHledger(const PlainLog& log, const std::string& path) {
  HledgerRun run;
  run.absent = ::access(kProgram, X_OK) != 0;
  if (run.absent) return run;
  const ChildRun child = RunChild(
      {kProgram, "-f", path, "balance", "--flat", "--empty", "--no-total", "--output-format=csv"},
      path + ".balances");
  run.seconds = child.seconds;
  run.peak_mib = static_cast<double>(child.peak_kib) / 1024;
  run.right = child.exit_code == 0 && SameBalances(log, path + ".balances");
  return run;
}

}  // namespace suanpan::bench
