#pragma once

// V1 and V2: the checkpoint, its signature, its origin, its cosignatures. V3: that it continues
// what the auditor has seen before.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/findings.h"
#include "src/trust/pins.h"
#include "suanpan/proof/checkpoint.h"

namespace suanpan::audit {

/// An opened checkpoint of the export.
struct Head {
  proof::Checkpoint checkpoint;
  std::string note;  ///< the file
  std::string text;  ///< what is signed
};

/// Opens DIR/checkpoint. Nothing where it cannot be read at all; findings say what is wrong.
/// `folder` is the book's folder name, empty where the export has one book only.
[[nodiscard]] std::optional<Head> OpenHead(const std::filesystem::path& dir,
                                           const std::string& folder, const Pins& pins,
                                           const VerifyOptions& options, Findings& findings);

/// A checkpoint of an earlier visit or of another source, with its signature verified.
struct Mark {
  proof::Checkpoint checkpoint;
  std::string source;  ///< the file, for messages
};

/// The marks of one origin against the head, as far as sizes tell.
void CompareSizes(const Head& head, const std::vector<Mark>& marks, Findings& findings);
/// The same against the roots worked out from the entries.
void CompareRoots(const std::map<std::uint64_t, Hash32>& roots, const std::vector<Mark>& marks,
                  Findings& findings);

/// "<hex sha256(origin)>.checkpoint"
[[nodiscard]] std::string StateFileName(std::string_view origin);

/// The auditor's checkpoints by origin: all files of the state folder and all anchors. What cannot
/// be read or verified is a finding of the whole export, and so is an origin that the pinned keys
/// serve and that is not in `origins`: a book has disappeared.
[[nodiscard]] std::map<std::string, std::vector<Mark>> ReadMarks(
    const VerifyOptions& options, const Pins& pins, const std::vector<std::string>& origins,
    std::vector<Finding>& findings);

}  // namespace suanpan::audit
