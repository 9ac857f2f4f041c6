#include "data_copy.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "src/rocksdb/open_on.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/test_ledger.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;

std::string OpeningOf(std::string_view book) {
  return fmt::format(R"({{"book":"{}","key":"office/1","facts":[{{"kind":"book.opened",)"
                     R"("occurred_at":"2025-06-01T12:00:00+08:00","actor":"p-1","label":"X",)"
                     R"("utc_offset_minutes":480,"unit":"u-zz","level":"community",)"
                     R"("host":"o-host"}}]}})",
                     book);
}

std::string SaleOf(std::string_view book, std::uint64_t n) {
  return fmt::format(R"({{"book":"{}","key":"till/{}","facts":[{{"kind":"sale.recorded",)"
                     R"("occurred_at":"2025-06-01T12:00:00+08:00","actor":"p-1","vendor":"v-1",)"
                     R"("lines":[{{"item":"bread","quantity":1,"amount_fen":{}}}],)"
                     R"("paid":[{{"means":"cash","amount_fen":{}}}]}}]}})",
                     book, n, 100 + n, 100 + n);
}

Result<engine::Submission> Submit(engine::Ledger& ledger, std::string_view json) {
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  const auto parsed = parser.Parse(json);
  SUANPAN_INVARIANT(std::holds_alternative<schema::Command>(parsed), "{}", json);
  SUANPAN_ASSIGN_OR_RETURN(engine::Submission submission,
                           ledger.Submit(std::get<schema::Command>(parsed), "cli"));
  SUANPAN_RETURN_IF_ERROR(ledger.WaitDurable(submission));
  return submission;
}

Status Commit(engine::Ledger& ledger, std::string_view json) {
  SUANPAN_ASSIGN_OR_RETURN(const engine::Submission submission, Submit(ledger, json));
  SUANPAN_INVARIANT(submission.outcome == engine::Submission::Outcome::kAccepted, "{}",
                    ledger.AnswerJson(submission).value());
  return {};
}

template <class Open>
Opened TryToOpen(Open open) {
  Opened opened;
  const Result<std::vector<std::string>> entries = open();
  if (entries.ok()) {
    opened.entries = *entries;
  } else {
    opened.error = entries.error().ToString();
    EXPECT_FALSE(entries.error().message().empty());
  }
  return opened;
}

}  // namespace

std::string Vkey() { return ToText(suanpan::test::TestSigner().verifier()); }

void MakePlace(const Place& place) {
  fs::create_directories(fs::path{place.guard()}.parent_path());
  SUANPAN_INVARIANT(engine::Guard::Create(place.guard(), Vkey()).ok());
  SUANPAN_INVARIANT(store::OpenRocksDb(place.data(), {.create = true}).ok());
}

Result<std::unique_ptr<engine::Ledger>> OpenLedger(const Place& place, Guarded guarded,
                                                   rocksdb::Env* env) {
  engine::LedgerOptions options;
  options.clock = [] { return *ParseInstant("2025-06-02T00:00:00Z"); };
  if (guarded == Guarded::kYes) {
    SUANPAN_ASSIGN_OR_RETURN(
        options.guard, engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kWrite));
  }
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           store::OpenRocksDbOn(env, place.data(), {}));
  return engine::Ledger::Open(std::move(store), std::move(options));
}

Status CommitOpening(engine::Ledger& ledger, std::string_view book) {
  return Commit(ledger, OpeningOf(book));
}
Status CommitSale(engine::Ledger& ledger, std::uint64_t n, std::string_view book) {
  return Commit(ledger, SaleOf(book, n));
}

Result<engine::Submission> SubmitSale(engine::Ledger& ledger, std::uint64_t n,
                                      std::string_view book) {
  return Submit(ledger, SaleOf(book, n));
}

void CommitSales(engine::Ledger& ledger, std::uint64_t first, std::uint64_t last,
                 const std::function<void()>& after_each) {
  if (first == 1) SUANPAN_INVARIANT(CommitOpening(ledger).ok());
  for (std::uint64_t n = first; n <= last; ++n) {
    const Status committed = CommitSale(ledger, n);
    SUANPAN_INVARIANT(committed.ok(), "{}", committed.ToString());
    if (after_each != nullptr) after_each();
  }
}

void RunAndCrash(const std::function<void()>& work) { SUANPAN_INVARIANT(!RunAndSeeIfKilled(work)); }

bool RunAndSeeIfKilled(const std::function<void()>& work) {
  const pid_t child = ::fork();
  SUANPAN_INVARIANT(child >= 0);
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  SUANPAN_INVARIANT(::waitpid(child, &status, 0) == child);
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  SUANPAN_INVARIANT(killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0), "status {}", status);
  return killed;
}

std::string AskAndCrash(const std::function<std::string()>& work) {
  const suanpan::test::TempDir dir;
  RunAndCrash([&] {
    const std::string answer = work();
    std::ofstream{dir / "answer"} << answer;
  });
  std::ifstream file{dir / "answer"};
  return {std::istreambuf_iterator<char>{file}, {}};
}

Result<std::vector<std::string>> EntriesOf(const store::EventReader& reader) {
  std::vector<std::string> entries;
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  if (books.empty()) return entries;
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log,
                           engine::EntryLog::Open(reader, books.front().book));
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) return entries;
    entries.emplace_back(AsText(entry->bytes));
  }
}

Opened OpenToWrite(const Place& place, Guarded guarded) {
  return TryToOpen([&]() -> Result<std::vector<std::string>> {
    SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<engine::Ledger> ledger,
                             OpenLedger(place, guarded));
    return EntriesOf(ledger->reader());
  });
}

Opened OpenToRead(const Place& place) {
  return TryToOpen([&]() -> Result<std::vector<std::string>> {
    SUANPAN_ASSIGN_OR_RETURN(
        const std::unique_ptr<engine::Guard> guard,
        engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kRead));
    SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader,
                             store::OpenRocksDbReader(place.data()));
    SUANPAN_RETURN_IF_ERROR(engine::CheckEnds(*reader, *guard));
    return EntriesOf(*reader);
  });
}

void CopyPlace(const Place& from, const Place& to) {
  fs::remove_all(to.root);
  fs::copy(from.root, to.root, fs::copy_options::recursive);
}

std::vector<std::string> FilesOf(const std::string& directory) {
  std::vector<std::string> names;
  for (const fs::directory_entry& file : fs::directory_iterator{directory}) {
    names.push_back(file.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path WriteAheadLogOf(const Place& place) {
  fs::path newest;
  for (const std::string& name : FilesOf(place.data())) {
    if (name.ends_with(".log")) newest = fs::path{place.data()} / name;
  }
  SUANPAN_INVARIANT(!newest.empty());
  return newest;
}

void FlipBit(const fs::path& path, std::uintmax_t at) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekg(static_cast<std::streamoff>(at));
  const auto byte = static_cast<char>(file.get() ^ 0x10);
  file.seekp(static_cast<std::streamoff>(at));
  file.put(byte);
  file.flush();
  SUANPAN_INVARIANT(file.good(), "{} at {}", path.string(), at);
}

}  // namespace suanpan::fault
