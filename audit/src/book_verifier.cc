#include "src/book_verifier.h"

#include <algorithm>
#include <tuple>

#include "src/checks/replay_check.h"
#include "src/checks/tree_check.h"
#include "src/files/bundle.h"
#include "src/ordered_work.h"

namespace suanpan::audit {

namespace {

/// Where roots are wanted: what is as long as the head or longer is compared with the head itself.
std::vector<std::uint64_t> SizesBelow(TreeSize size, const std::vector<Mark>& marks) {
  std::vector<std::uint64_t> sizes;
  for (const Mark& mark : marks) {
    if (mark.checkpoint.size < size) sizes.push_back(mark.checkpoint.size.value());
  }
  return sizes;
}

}  // namespace

BookVerifier::BookVerifier(const VerifyContext& context, std::string folder)
    : context_(context), dir_(context.options.dir / folder) {
  report_.folder = std::move(folder);
  for (const StepNo step : {kV8, kV9}) findings_.NotAsked(step);
}

std::int64_t BookVerifier::Now() const {
  return context_.options.clock == nullptr ? 0 : context_.options.clock().value();
}

const std::optional<Head>& BookVerifier::Open() {
  const std::int64_t since = Now();
  head_ = OpenHead(dir_, report_.folder, context_.pins, context_.options, findings_);
  if (head_) {
    report_.origin = head_->checkpoint.origin;
    report_.size = head_->checkpoint.size.value();
    report_.root = head_->checkpoint.root;
    report_.checkpoint = head_->text;
  }
  Spend(kV1, since);
  return head_;
}

void BookVerifier::Verify(const std::vector<Mark>& marks, std::uint32_t threads) {
  const auto stop_from = [this](unsigned first) {
    for (unsigned step = first; step <= kV7; ++step) {
      findings_.Worsen(static_cast<StepNo>(step), StepResult::kUndecided);
    }
  };
  if (!head_ || findings_.result(kV1) == StepResult::kFailed) return stop_from(kV2);
  if (findings_.result(kV2) == StepResult::kFailed) return stop_from(kV3);
  if (marks.empty()) findings_.NotAsked(kV3);
  CompareSizes(*head_, marks, findings_);
  // A log that is not the one of an earlier visit is judged by itself all the same: its signed head
  // is what V4 to V7 stand on, and a loss that was told in it (V6/log_restored) may be why.
  VerifyEntries(marks, threads);
}

void BookVerifier::GiveUp(const char* why) noexcept {
  if (findings_.result(kV3) != StepResult::kNotAsked) {
    findings_.Worsen(kV3, StepResult::kUndecided);
  }
  findings_.Worsen(kV4, StepResult::kUndecided);
  for (const StepNo step : {kV5, kV6, kV7}) findings_.Withdraw(step);
  try {
    findings_.Doubt(kV4, "given_up", 0, fmt::format("the book could not be verified: {}", why));
  } catch (...) {  // no memory for the sentence: the steps say it
    return;
  }
}

void BookVerifier::VerifyEntries(const std::vector<Mark>& marks, std::uint32_t threads) {
  const TreeSize size = head_->checkpoint.size;
  TreeCheck tree{dir_, size, SizesBelow(size, marks)};
  OldEntries entries{dir_, size, context_.catalogue.kinds()};
  ReplayCheck replay{context_.catalogue, context_.accepted_schemas, entries, findings_};
  const std::uint64_t bundles = (size.value() + proof::kTileWidth - 1) / proof::kTileWidth;
  std::int64_t since = Now();
  RunOrdered<PreparedBundle>(
      bundles, threads,
      [&](PreparedBundle& bundle, std::uint64_t index) {
        const proof::TileId tile{proof::kEntriesLevel, index,
                                 proof::TileWidthAt(size, proof::kEntriesLevel, index)};
        PrepareBundle(dir_, tile, context_.catalogue.kinds(), bundle);
      },
      [&](PreparedBundle& bundle, std::uint64_t) {
        tree.Take(bundle, findings_);
        const std::int64_t replay_since = Now();
        Spend(kV4, since);
        replay.Take(bundle);
        Spend(kV6, replay_since);
        since = Now();
        if (context_.on_entries != nullptr) context_.on_entries(bundle.tile.width);
      });
  tree.Finish(head_->checkpoint.root, findings_);
  Spend(kV4, since);
  if (!tree.entries_proven()) {
    // What was read is not what was signed: neither an earlier root nor a total follows from it.
    if (!marks.empty()) findings_.Worsen(kV3, StepResult::kUndecided);
    for (const StepNo step : {kV5, kV6, kV7}) findings_.Withdraw(step);
    return;
  }
  CompareRoots(tree.roots(), marks, findings_);
  since = Now();
  replay.Finish(report_);
  Spend(kV7, since);
}

void BookVerifier::Share(const Finding& finding) {
  // A book that is missing says nothing of those that are there; a checkpoint of the auditor's that
  // is of no use may have been about any of them.
  const bool of_another = finding.severity == Severity::kFailed && finding.check.starts_with("V3");
  if (of_another || finding.severity == Severity::kNote) return;
  for (const StepNo step : {kV1, kV3, kV4, kV5}) {
    if (finding.check.starts_with(kStepNames[step])) {
      findings_.Worsen(step, ResultOf(finding.severity));
    }
  }
}

BookReport BookVerifier::TakeReport() {
  bool failed = false;
  bool undecided = false;
  for (unsigned step = kV1; step <= kV9; ++step) {
    const StepResult result = findings_.result(static_cast<StepNo>(step));
    failed = failed || result == StepResult::kFailed;
    undecided = undecided || (result == StepResult::kUndecided && step != kV9);
    Step done{kStepNames[step], result, std::nullopt};
    if (context_.options.clock != nullptr) done.micros = micros_[step];
    report_.steps.push_back(done);
  }
  report_.verdict = failed      ? Verdict::kFailed
                    : undecided ? Verdict::kUndecided
                                : Verdict::kVerified;
  for (auto& [step, finding] : findings_.list()) report_.findings.push_back(std::move(finding));
  std::ranges::stable_sort(report_.findings, {}, [](const Finding& finding) {
    // What names an entry comes before what follows from it.
    return std::tuple{finding.check.substr(0, 2), finding.seq == 0, finding.seq};
  });
  report_.findings_more = findings_.more();
  return std::move(report_);
}

}  // namespace suanpan::audit
