// V3: the log may only grow. Checkpoints that the auditor holds, and what they demand of the head.

#include <algorithm>

#include "src/checks/head_check.h"
#include "suanpan/audit/files.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

Finding AboutMark(std::string slug, Severity severity, std::string text) {
  return {"V3/" + std::move(slug), severity, 0, {}, {}, std::move(text)};
}

/// Reads one checkpoint of the auditor's. A file of an origin that no pinned key serves is not ours
/// to judge.
std::optional<Mark> ReadMark(const fs::path& path, const Pins& pins, bool is_anchor,
                             std::vector<Finding>& findings) {
  std::string note;
  const auto doubt = [&](std::string_view why) {
    findings.push_back(AboutMark("own_file", Severity::kUndecided,
                                 fmt::format("{} is of no use: {}", path.string(), why)));
    return std::nullopt;
  };
  const Status read = ReadFile(path, proof::kNoteBytesMax, note, Links::kFollow);
  if (!read.ok()) return doubt(read.message());
  const Result<proof::Note> parsed = proof::ParseNote(note);
  if (!parsed.ok()) return doubt(parsed.error().message());
  const Result<proof::Checkpoint> stated = proof::ParseCheckpoint(parsed->text);
  if (!stated.ok()) return doubt(stated.error().message());
  if (pins.logs.empty()) return Mark{*stated, path.string()};
  const std::optional<proof::VerifierKey> key = pins.For(stated->origin);
  if (!key) {
    if (is_anchor) return doubt(fmt::format("no pinned key serves {}", stated->origin));
    return std::nullopt;
  }
  const Result<proof::OpenedCheckpoint> opened = proof::OpenCheckpoint(note, *key);
  if (!opened.ok()) return doubt(opened.error().message());
  return Mark{opened->checkpoint, path.string()};
}

std::vector<fs::path> StateFiles(const fs::path& folder, std::vector<Finding>& findings) {
  std::vector<fs::path> files;
  std::error_code error;
  if (!fs::exists(folder, error)) return files;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".checkpoint") files.push_back(at->path());
  }
  if (error) {
    findings.push_back(AboutMark("own_file", Severity::kUndecided,
                                 folder.string() + " cannot be read: " + error.message()));
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::string StateFileName(std::string_view origin) {
  return ToHex(proof::Sha256(AsBytes(origin)).bytes) + ".checkpoint";
}

std::map<std::string, std::vector<Mark>> ReadMarks(const VerifyOptions& options, const Pins& pins,
                                                   const std::vector<std::string>& origins,
                                                   std::vector<Finding>& findings) {
  std::map<std::string, std::vector<Mark>> marks;
  const auto take = [&](const fs::path& path, bool is_anchor) {
    std::optional<Mark> mark = ReadMark(path, pins, is_anchor, findings);
    if (!mark) return;
    const std::string origin = mark->checkpoint.origin;
    if (!is_anchor && path.filename() != StateFileName(origin)) {
      findings.push_back(AboutMark("own_file", Severity::kUndecided,
                                   path.string() + " is not named after its origin " + origin));
      return;
    }
    if (std::ranges::find(origins, origin) == origins.end()) {
      findings.push_back(
          AboutMark("missing_book", Severity::kFailed,
                    fmt::format("{} of size {} is known from {} and is not in the export", origin,
                                mark->checkpoint.size.value(), path.string())));
      return;
    }
    marks[origin].push_back(std::move(*mark));
  };
  if (options.state_dir) {
    for (const fs::path& path : StateFiles(*options.state_dir, findings)) take(path, false);
  }
  for (const fs::path& path : options.anchors) take(path, true);
  return marks;
}

void CompareSizes(const Head& head, const std::vector<Mark>& marks, Findings& findings) {
  for (const Mark& mark : marks) {
    const std::uint64_t size = mark.checkpoint.size.value();
    if (head.checkpoint.size.value() < size) {
      findings.Fail(kV3, "shorter", 0, "the log is shorter than it was in " + mark.source,
                    fmt::format("{} entries or more", size),
                    fmt::format("{}", head.checkpoint.size.value()));
    } else if (head.checkpoint.size.value() == size &&
               head.checkpoint.root != mark.checkpoint.root) {
      findings.Fail(kV3, "other_root", 0,
                    "the log has the size of " + mark.source +
                        " and another root: two signed heads "
                        "that contradict each other",
                    ToHex(mark.checkpoint.root.bytes), ToHex(head.checkpoint.root.bytes));
    }
  }
}

void CompareRoots(const std::map<std::uint64_t, Hash32>& roots, const std::vector<Mark>& marks,
                  Findings& findings) {
  for (const Mark& mark : marks) {
    const auto found = roots.find(mark.checkpoint.size.value());
    if (found == roots.end() || found->second == mark.checkpoint.root) continue;
    findings.Fail(
        kV3, "not_a_prefix", 0,
        fmt::format("the log does not continue the one in {}: its first {} entries are others",
                    mark.source, mark.checkpoint.size.value()),
        ToHex(mark.checkpoint.root.bytes), ToHex(found->second.bytes));
  }
}

}  // namespace suanpan::audit
