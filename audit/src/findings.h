#pragma once

// The bounded list of findings of one book, and what they say about each step.

#include <array>
#include <numeric>
#include <string>
#include <utility>

#include "suanpan/audit/report.h"

namespace suanpan::audit {

/// Numbers of the steps, V1 to V9.
enum StepNo : unsigned { kV1 = 1, kV2, kV3, kV4, kV5, kV6, kV7, kV8, kV9 };
inline constexpr std::array<std::string_view, 10> kStepNames = {"",   "V1", "V2", "V3", "V4",
                                                                "V5", "V6", "V7", "V8", "V9"};

/// What a finding makes of its step.
[[nodiscard]] constexpr StepResult ResultOf(Severity severity) {
  switch (severity) {
    case Severity::kFailed:
      return StepResult::kFailed;
    case Severity::kUndecided:
      return StepResult::kUndecided;
    case Severity::kNote:
      return StepResult::kOk;
  }
  return StepResult::kUndecided;
}

/// Collects findings in the order they are added and keeps the worst result of each step.
class Findings {
 public:
  /// `slug` is the part of Finding::check after the step.
  void Add(StepNo step, std::string_view slug, Finding finding) {
    finding.check = std::string{kStepNames[step]} + "/" + std::string{slug};
    Worsen(step, ResultOf(finding.severity));
    // Notes are counted apart, so that many of them hide nothing that is wrong.
    std::size_t& kept = finding.severity == Severity::kNote ? notes_[step] : kept_[step];
    if (kept < kFindingsMax) {
      list_.push_back({step, std::move(finding)});
      ++kept;
    } else {
      ++more_[step];
    }
  }
  void Fail(StepNo step, std::string_view slug, std::uint64_t seq, std::string text,
            std::string expected = {}, std::string actual = {}) {
    Add(step, slug,
        {{}, Severity::kFailed, seq, std::move(expected), std::move(actual), std::move(text)});
  }
  void Doubt(StepNo step, std::string_view slug, std::uint64_t seq, std::string text) {
    Add(step, slug, {{}, Severity::kUndecided, seq, {}, {}, std::move(text)});
  }
  void Note(StepNo step, std::string_view slug, std::uint64_t seq, std::string text,
            std::string expected = {}, std::string actual = {}) {
    Add(step, slug,
        {{}, Severity::kNote, seq, std::move(expected), std::move(actual), std::move(text)});
  }
  /// Marks a step that was not carried out; no effect where it has a worse result.
  void Worsen(StepNo step, StepResult result) {
    StepResult& now = results_[step];
    if (result == StepResult::kOk || now == StepResult::kFailed) return;
    now = result;
  }
  void NotAsked(StepNo step) { results_[step] = StepResult::kNotAsked; }
  /// Forgets what a step found: its input was not the log.
  void Withdraw(StepNo step) {
    std::erase_if(list_, [step](const auto& item) { return item.first == step; });
    results_[step] = StepResult::kUndecided;
    kept_[step] = 0;
    notes_[step] = 0;
    more_[step] = 0;
  }
  [[nodiscard]] StepResult result(StepNo step) const { return results_[step]; }
  [[nodiscard]] bool ok(StepNo step) const { return results_[step] == StepResult::kOk; }

  [[nodiscard]] std::vector<std::pair<StepNo, Finding>>& list() { return list_; }
  /// Found beyond those that were kept.
  [[nodiscard]] std::uint64_t more() const {
    return std::accumulate(more_.begin(), more_.end(), std::uint64_t{0});
  }

 private:
  std::vector<std::pair<StepNo, Finding>> list_;
  std::array<std::size_t, 10> kept_{};
  std::array<std::size_t, 10> notes_{};
  std::array<std::uint64_t, 10> more_{};
  std::array<StepResult, 10> results_{};
};

}  // namespace suanpan::audit
