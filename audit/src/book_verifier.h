#pragma once

// V1 to V7 of one book of an export.

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "src/checks/head_check.h"
#include "src/findings.h"

namespace suanpan::audit {

/// What all books are verified with.
struct VerifyContext {
  const VerifyOptions& options;
  const Pins& pins;
  const rules::Catalogue& catalogue;
  std::set<Hash32> accepted_schemas;
  std::function<void(std::uint64_t)> on_entries;  ///< more entries done; from any thread
};

/// One book: its folder, its head, and at last its report.
class BookVerifier {
 public:
  /// `folder` is empty where the export has one book only.
  BookVerifier(const VerifyContext& context, std::string folder);

  /// V1 and V2. The head, or nothing where there is none.
  [[nodiscard]] const std::optional<Head>& Open();
  /// V3 to V7. `marks` are the auditor's checkpoints of this origin.
  void Verify(const std::vector<Mark>& marks, std::uint32_t threads);
  /// After an exception of Verify (no memory, no thread): what it was about is not decided.
  void GiveUp(const char* why) noexcept;
  /// A finding about what all books of the export share (layout, schemas, the auditor's own files)
  /// makes the book's step no better than it is; the export reports it.
  void Share(const Finding& finding);
  [[nodiscard]] const std::optional<Head>& head() const { return head_; }
  [[nodiscard]] BookReport TakeReport();

 private:
  void VerifyEntries(const std::vector<Mark>& marks, std::uint32_t threads);
  [[nodiscard]] std::int64_t Now() const;
  void Spend(StepNo step, std::int64_t since) { micros_[step] += Now() - since; }

  const VerifyContext& context_;
  std::filesystem::path dir_;
  Findings findings_;
  std::optional<Head> head_;
  BookReport report_;
  std::array<std::int64_t, 10> micros_{};
};

}  // namespace suanpan::audit
