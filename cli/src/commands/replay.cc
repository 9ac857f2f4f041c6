// suanpan replay verify | state-root

#include <fmt/format.h>

#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/watched_replay.h"
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

int Verify(const Context& context) {
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<std::vector<store::BookRow>> books = ChooseBooks(context, **reader);
  if (!books.ok()) return Fail(books.error());
  const Result<std::vector<replay::ReplayVerification>> results =
      VerifyAll(context, **reader, *books);
  if (!results.ok()) return Fail(results.error());
  report::Document document;
  document.name = "replay-verify";
  document.columns = {{"book", "book"},           {"seq", "at"},
                      {"events", "events"},       {"checkpoints", "checkpoints"},
                      {"result", "result"},       {"expected", "expected", false},
                      {"actual", "actual", false}};
  document.empty_text = "no book";
  bool differ = false;
  for (std::size_t i = 0; i < results->size(); ++i) {
    const replay::ReplayVerification& result = (*results)[i];
    if (result.differences.empty()) {
      document.rows.push_back(
          {(*books)[i].ref,
           result.head.value(),
           result.events,
           std::uint64_t{result.checkpoints},
           std::string{result.checkpoints == 0 ? "no checkpoint to compare" : "equal"},
           {},
           {}});
    }
    for (const replay::ReplayDifference& difference : result.differences) {
      differ = true;
      document.rows.push_back({(*books)[i].ref, difference.seq.value(), result.events,
                               std::uint64_t{result.checkpoints}, difference.what + " differs",
                               difference.expected, difference.actual});
    }
  }
  const int printed = Print(context, document);
  return printed != kExitOk ? printed : (differ ? kExitFound : kExitOk);
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
  auto at = std::make_shared<std::uint64_t>(0);
  CLI::App* root = AddCommand(*replay, "state-root", "the digest of all state at a position",
                              "suanpan replay state-root --book jx-001 --at 1000", context,
                              [&context, at] { return StateRoot(context, *at); });
  root->add_option("--at", *at, "position (else the head)")->check(CheckPositive);
}

}  // namespace suanpan::cli
