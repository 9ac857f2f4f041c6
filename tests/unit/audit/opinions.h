#pragma once

// Two opinions on a log: the audit's, and the one of a writer that keeps all rules. They must
// agree, but for what the audit is known not to look at.

#include <string>
#include <vector>

#include "forged_log.h"
#include "sample_log.h"
#include "writer_judge.h"

namespace suanpan::audit {

struct Opinions {
  std::string why_no_writer;  ///< empty: a writer would have written it
  VerifyReport report;

  [[nodiscard]] bool verified() const { return report.verdict == Verdict::kVerified; }
  [[nodiscard]] bool agree() const;
  [[nodiscard]] std::string ToText() const;
};

/// Asks for both; keeps a directory to write the export to.
class OpinionsOn {
 public:
  [[nodiscard]] Opinions On(const std::vector<std::string>& entries) const;

 private:
  test::TempDir dir_;
};

/// Moves entries or events about in the log, the way with a number; what was done, or nothing where
/// there are fewer ways.
[[nodiscard]] std::optional<std::string> Move(ForgedLog& log, std::size_t number);

}  // namespace suanpan::audit
