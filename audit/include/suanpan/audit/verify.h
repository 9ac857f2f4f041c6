#pragma once

// `audit verify`: an export judged by itself, the auditor's key and the auditor's own files. Trusts
// no engine and no state; steps V1 to V9 of docs/format.md. Memory does not grow with the number of
// entries but for 32 bytes per 65,536 of them and their like, and with what a book keeps of them:
// accounts, names, months, refunded lines, approvals, requests. Temporary files hold 32 bytes per
// command with a UUID key.

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "suanpan/audit/report.h"
#include "suanpan/base/date.h"
#include "suanpan/base/status.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/schema_files.h"

namespace suanpan::audit {

struct VerifyOptions {
  std::filesystem::path dir;
  /// Verifier key in text form, of the directory or of one book. Never from the export.
  std::string vkey;
  /// Text of a policy file (policy.h), and what messages call it. Beside a `vkey` its logs count
  /// for nothing, but that a log of the same name must have the same key (else kInvalidArgument).
  std::optional<std::string> policy;
  std::string policy_name = "policy";
  /// Folder of the auditor's last verified checkpoints, one `<hex sha256(origin)>.checkpoint` a
  /// book. Read, and replaced when the verdict is `verified`.
  std::optional<std::filesystem::path> state_dir;
  std::vector<std::filesystem::path> anchors;  ///< checkpoint files from elsewhere
  std::uint32_t threads = 1;

  /// Cosignatures may not be older than this many seconds, nor from the future. Needs `now` and a
  /// policy with a quorum, without which the verdict is `undecided`.
  std::optional<std::uint64_t> max_age_s;
  std::optional<InstantUs> now;

  /// Schemas whose digests `schema.added` may name.
  std::span<const schema::SchemaFile> schemas = schema::SchemaFiles();
  const rules::Catalogue* catalogue = nullptr;  ///< null: the standard one

  /// Called now and then, one call at a time, with entries done and to do.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_progress;
  /// For the seconds of each step; null: they are absent, and equal inputs give equal reports.
  std::function<InstantUs()> clock;
};

/// The report; an error only for options that make no sense (a malformed key or policy, a missing
/// directory: kInvalidArgument, kNotFound). Whatever is wrong with the export is in the report, and
/// so is a book that could not be verified for want of memory.
/// Equal for any number of threads.
[[nodiscard]] Result<VerifyReport> VerifyExport(const VerifyOptions& options);

}  // namespace suanpan::audit
