// suanpan replay verify | rebuild | state-root

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/watched_replay.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/replay/parallel.h"
#include "suanpan/replay/verify.h"

namespace suanpan::cli {
namespace {

Result<std::vector<replay::ReplayVerification>> VerifyAll(
    const Context& context, const store::EventReader& reader,
    const std::vector<store::BookRow>& books) {
  std::vector<replay::ReplayVerification> results(books.size());
  Progress progress{"replay", "events", std::nullopt, context.quiet};
  const replay::ReplayOptions options = WatchedReplay(context, progress, books.size());
  SUANPAN_RETURN_IF_ERROR(
      replay::ForEachParallel(books.size(), context.Threads(), [&](std::size_t i) -> Status {
        SUANPAN_ASSIGN_OR_RETURN(results[i], replay::VerifyBook(reader, books[i].book, options),
                                 books[i].ref);
        return {};
      }));
  return results;
}

using Cells = std::vector<report::Cell>;

/// The rows of one book; what is not stored stands in each.
std::vector<Cells> RowsOf(const std::string& book, const replay::ReplayVerification& result,
                          TreeSize unstored) {
  const std::uint64_t checkpoints{result.checkpoints};
  std::vector<Cells> rows;
  if (result.differences.empty()) {
    const char* const equal = result.checkpoints == 0 ? "no checkpoint to compare" : "equal";
    rows.push_back({book,
                    result.head.value(),
                    result.events,
                    checkpoints,
                    CellOf(unstored),
                    std::string{equal},
                    {},
                    {}});
  }
  for (const replay::ReplayDifference& difference : result.differences) {
    rows.push_back({book, difference.seq.value(), result.events, checkpoints, CellOf(unstored),
                    difference.what + " differs", difference.expected, difference.actual});
  }
  return rows;
}

report::Document VerifyDocument(const std::vector<store::BookRow>& books,
                                const std::vector<replay::ReplayVerification>& results,
                                const std::vector<TreeSize>& unstored) {
  report::Document document;
  document.name = "replay-verify";
  document.columns = {{"book", "book"},
                      {"seq", "at"},
                      {"events", "events"},
                      {"checkpoints", "checkpoints"},
                      UnstoredColumn(),
                      {"result", "result"},
                      {.name = "expected", .title = "expected", .below = true},
                      {.name = "actual", .title = "actual", .below = true}};
  document.empty_text = "no book";
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::vector<Cells> rows = RowsOf(books[i].ref, results[i], unstored[i]);
    std::ranges::move(rows, std::back_inserter(document.rows));
  }
  return document;
}

/// Tells what helps against what was found; false where nothing was.
bool AdviseOn(const std::vector<replay::ReplayVerification>& results) {
  bool keys = false;
  bool trials = false;
  bool others = false;
  for (const replay::ReplayVerification& result : results) {
    for (const replay::ReplayDifference& difference : result.differences) {
      const bool trial = difference.what.starts_with(replay::kDryRunDiffers);
      (trial ? trials : difference.what == replay::kKeyIndexDiffers ? keys : others) = true;
    }
  }
  if (others) {
    TellError(
        "the log is not what was sealed of it: append nothing, keep this directory and restore a "
        "copy beside it; `suanpan replay verify` and `suanpan audit verify` tell which is sound");
  }
  if (keys) {
    TellError(fmt::format("the index of command keys is not what the log says: {}",
                          store::kWriteKeysAgain));
  }
  if (trials) {
    TellError(
        "a policy that reaches back was adopted by another table than its dry run gives: compare "
        "`suanpan replay what-if --with PROPOSAL --at SEQ` with what was approved");
  }
  return keys || trials || others;
}

int Verify(const Context& context) {
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<std::vector<store::BookRow>> books = ChooseBooks(context, **reader);
  if (!books.ok()) return Fail(books.error());
  const Result<std::vector<TreeSize>> unstored = WarnOfUnstoredHeads(context, **reader, *books);
  if (!unstored.ok()) return Fail(unstored.error());
  const Result<std::vector<replay::ReplayVerification>> results =
      VerifyAll(context, **reader, *books);
  if (!results.ok()) return Fail(results.error());
  const int printed = Print(context, VerifyDocument(*books, *results, *unstored));
  if (printed != kExitOk) return printed;
  return AdviseOn(*results) ? kExitFound : kExitOk;
}

/// What differs before an index is written again, or why that cannot be told.
Result<std::vector<engine::KeyDifference>> DifferencesOf(const store::EventReader& reader,
                                                         const store::BookRow& book) {
  SUANPAN_ASSIGN_OR_RETURN(
      engine::KeyComparison keys,
      engine::CompareIndex(reader, book.book, rules::Catalogue::Standard().kinds()));
  if (keys.count > keys.differences.size()) {
    keys.differences.push_back(
        {{}, "", fmt::format("{} more differences", keys.count - keys.differences.size())});
  }
  return std::move(keys.differences);
}

using Differences = std::map<std::string, std::vector<engine::KeyDifference>>;

/// By book. An index that keeps the directory from being opened has one difference of no book.
Result<Differences> DifferencesBefore(const Context& context) {
  Differences differences;
  SUANPAN_ASSIGN_OR_RETURN(const KeysBefore before, OpenBeforeNewKeys(context));
  if (!before.damage.ok()) {
    LogWarning(before.damage.message());
    differences[""].push_back({{}, "tables that can be opened", "damaged ones"});
    return differences;
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, before.reader->Books());
  for (const store::BookRow& book : books) {
    SUANPAN_ASSIGN_OR_RETURN(differences[book.ref], DifferencesOf(*before.reader, book), book.ref);
  }
  return differences;
}

/// Compares the index with the log, writes it again from the log, and compares once more.
Result<report::Document> RebuildKeys(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(const Differences before, DifferencesBefore(context));
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<engine::Ledger> ledger,
                           OpenLedgerWithNewKeys(context));
  report::Document document;
  document.name = "replay-rebuild";
  document.columns = {{"book", "book"},
                      {"projection", "projection"},
                      {"seq", "at"},
                      {"result", "result"},
                      {.name = "expected", .title = "expected", .below = true},
                      {.name = "actual", .title = "actual", .below = true}};
  document.empty_text = "no book";
  for (const auto& [book, differences] : before) {
    for (const engine::KeyDifference& difference : differences) {
      document.rows.push_back({book, "keys", difference.seq.value(), "differed",
                               difference.expected, difference.actual});
    }
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, ledger->reader().Books());
  for (const store::BookRow& book : books) {
    SUANPAN_ASSIGN_OR_RETURN(const std::vector<engine::KeyDifference> after,
                             DifferencesOf(ledger->reader(), book), book.ref);
    if (!after.empty()) {
      return MakeError(StatusCode::kCorruption, "book {}: written again, the index of keys differs",
                       book.ref);
    }
    SUANPAN_ASSIGN_OR_RETURN(const Seq watermark, ledger->reader().KeyWatermark(book.book));
    document.rows.push_back({book.ref, "keys", watermark.value(), "written again", {}, {}});
  }
  return document;
}

int Rebuild(const Context& context) {
  const Result<report::Document> document = RebuildKeys(context);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

int StateRoot(const Context& context, std::uint64_t at) {
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<std::vector<store::BookRow>> books = ChooseBooks(context, **reader);
  if (!books.ok()) return Fail(books.error());
  std::vector<engine::StateDigest> digests(books->size());
  Progress progress{"replay", "events", std::nullopt, context.quiet};
  replay::ReplayOptions options = WatchedReplay(context, progress, books->size());
  if (at != 0) options.until = Seq{at};
  const Status status =
      replay::ForEachParallel(books->size(), context.Threads(), [&](std::size_t i) -> Status {
        SUANPAN_ASSIGN_OR_RETURN(const replay::ReplayedBook replayed,
                                 replay::ReplayBook(**reader, (*books)[i].book, options),
                                 (*books)[i].ref);
        if (at != 0 && replayed.state->head.get() != Seq{at}) {
          return MakeError(StatusCode::kNotFound,
                           "book {} has {} entries, --at {} is not among them; name the book that "
                           "is meant with --book",
                           (*books)[i].ref, replayed.state->head.get().value(), at);
        }
        digests[i] = engine::DigestState(*replayed.state);
        return {};
      });
  if (!status.ok()) return Fail(status);
  report::Document document;
  document.name = "state-root";
  document.columns = {{"book", "book"}, {"seq", "at"}, {"state_root", "state root"}};
  document.empty_text = "no book";
  for (std::size_t i = 0; i < digests.size(); ++i) {
    document.rows.push_back(
        {(*books)[i].ref, digests[i].seq.value(), ToHex(digests[i].root.bytes)});
  }
  return Print(context, document);
}

}  // namespace

void AddReplay(CLI::App& app, Context& context) {
  CLI::App* replay = AddGroup(app, "replay", "rebuild and compare", "suanpan replay verify");
  AddCommand(*replay, "verify",
             "replay from genesis and compare with every state root the writer stored",
             "suanpan replay verify --threads 2", context, [&context] { return Verify(context); });
  CLI::App* rebuild = AddCommand(
      *replay, "rebuild", "write what is derived from the log again, and tell what differed",
      "suanpan replay rebuild --projection keys", context, [&context] { return Rebuild(context); },
      Unused{.book = true});
  rebuild->add_option("--projection", "keys: the index of command keys, the only one so far")
      ->check(CLI::IsMember({"keys"}));
  auto at = std::make_shared<std::uint64_t>(0);
  CLI::App* root = AddCommand(*replay, "state-root", "the digest of all state at a position",
                              "suanpan replay state-root --book jx-001 --at 1000", context,
                              [&context, at] { return StateRoot(context, *at); });
  root->add_option("--at", *at, "position (else the head)")->check(CheckPositive);
  AddWhatIf(*replay, context);
}

}  // namespace suanpan::cli
