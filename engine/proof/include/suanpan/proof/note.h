#pragma once

// Signed notes (C2SP signed-note): a text and lines of signatures.
//
//   note     = text "\n" 1*sigline
//   text     = valid UTF-8 without bytes below 0x20 but "\n", ending in "\n"
//   sigline  = U+2014 " " key name " " base64(key id[4] || signature) "\n"
//
// The last empty line separates the two. Every failure to parse or verify is kCorruption.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/key.h"

namespace suanpan::proof {

inline constexpr std::size_t kNoteBytesMax = std::size_t{64} * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 100;

/// One signature line as it stands in the file, not verified.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string signature;  ///< the bytes after the key id, at least one
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// A well-formed note; says nothing about its signatures.
struct Note {
  std::string text;  ///< with its final newline: the signed bytes
  std::vector<NoteSignature> signatures;
};

/// A signature that verified with one of the known keys.
struct VerifiedSignature {
  VerifierKey key;
  /// POSIX seconds at which a witness signed (cosignature/v1), nothing for a plain signature.
  std::optional<std::uint64_t> time_s;
};

struct OpenedNote {
  std::string text;
  std::vector<VerifiedSignature> verified;  ///< in file order, each key once per time, at least one
  std::vector<NoteSignature> unknown;       ///< lines of other keys: parsed, otherwise ignored
};

[[nodiscard]] Result<Note> ParseNote(std::string_view file);

/// Parses and verifies. Lines of unknown keys are ignored; one line of a known key that fails makes
/// the whole note invalid, wherever it stands; at least one known key must verify. Two different
/// known keys with the same name and id are kInvalidArgument.
[[nodiscard]] Result<OpenedNote> OpenNote(std::string_view file,
                                          std::span<const VerifierKey> known);

/// The bytes that a cosignature/v1 of `text` signs.
[[nodiscard]] std::string CosignedMessage(std::uint64_t time_s, std::string_view text);

/// "— name base64\n". The signature line of a note.
[[nodiscard]] std::string FormatSignatureLine(const VerifierKey& key, ByteSpan signature);

/// The signer's line for `text`, to be put below it (also below other lines); kInvalidArgument
/// where `text` cannot be a note's text.
[[nodiscard]] Result<std::string> SignatureLine(std::string_view text, const Signer& signer);

/// The complete note: text, empty line, one signature line.
[[nodiscard]] Result<std::string> SignNote(std::string_view text, const Signer& signer);

}  // namespace suanpan::proof
