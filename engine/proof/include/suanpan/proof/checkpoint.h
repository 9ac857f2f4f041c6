#pragma once

// Checkpoints (C2SP tlog-checkpoint): the signed head of a tree. The text of the note is
//
//   origin "\n"  decimal size "\n"  base64(root) "\n"  *( extension "\n" )
//
// Our own logs never carry extension lines. Malformed or unverified input is kCorruption.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/key.h"
#include "suanpan/proof/note.h"

namespace suanpan::proof {

struct Checkpoint {
  std::string origin;  ///< NAME/book; the name of the key that signs
  TreeSize size;       ///< at most kTreeSizeMax
  Hash32 root;
  std::vector<std::string> extensions;  ///< foreign logs only
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

enum class Extensions : std::uint8_t {
  kRefuse,  ///< our own logs: exactly three lines
  kKeep,    ///< logs of others
};

/// The text with its final newline, to be signed.
[[nodiscard]] std::string FormatCheckpoint(const Checkpoint& checkpoint);

/// The checkpoint of a note's text, bytes for bytes: FormatCheckpoint gives `text` again.
[[nodiscard]] Result<Checkpoint> ParseCheckpoint(std::string_view text,
                                                 Extensions extensions = Extensions::kRefuse);

/// What a signed file states; who signed it is not looked at.
[[nodiscard]] Result<Checkpoint> ReadCheckpoint(std::string_view file);

/// The signed file; kInvalidArgument where the origin is not the signer's name.
[[nodiscard]] Result<std::string> SignCheckpoint(const Checkpoint& checkpoint,
                                                 const Signer& signer);

struct OpenedCheckpoint {
  Checkpoint checkpoint;
  std::string text;                             ///< the signed bytes
  std::vector<VerifiedSignature> cosignatures;  ///< of the given witnesses, the log's own left out
};

/// Opens a checkpoint file that must be signed by `log`, whose name must be the origin.
/// Cosignatures of `witnesses` are verified and handed back; how many are enough is for the caller
/// to say.
[[nodiscard]] Result<OpenedCheckpoint> OpenCheckpoint(std::string_view file, const VerifierKey& log,
                                                      std::span<const VerifierKey> witnesses = {},
                                                      Extensions extensions = Extensions::kRefuse);

}  // namespace suanpan::proof
