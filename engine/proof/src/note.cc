#include "suanpan/proof/note.h"

#include <algorithm>

#include "suanpan/proof/base64.h"
#include "utf8.h"

namespace suanpan::proof {

namespace {

constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kTimeMax = (std::uint64_t{1} << 63U) - 1;

Status Malformed(std::string_view reason) {
  return MakeError(StatusCode::kCorruption, "malformed note: {}", reason);
}

Status CheckCharacters(std::string_view text) {
  const std::size_t size = text.size();
  while (!text.empty()) {
    const std::size_t offset = size - text.size();
    const std::optional<std::uint32_t> code_point = TakeCodePoint(text);
    if (!code_point) return Malformed(fmt::format("invalid UTF-8 at byte {}", offset));
    if (*code_point < 0x20 && *code_point != '\n') {
      return Malformed(fmt::format("control character at byte {}", offset));
    }
  }
  return {};
}

Result<NoteSignature> ParseSignatureLine(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) {
    return Malformed("a signature line does not begin with a dash and a space");
  }
  line.remove_prefix(kSignaturePrefix.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsKeyName(line.substr(0, space))) {
    return Malformed("a signature line has no valid key name");
  }
  const std::optional<std::string> bytes = DecodeBase64(line.substr(space + 1));
  if (!bytes) return Malformed("a signature is not canonical base64");
  if (bytes->size() <= kKeyIdBytes) return Malformed("a signature is empty");
  return NoteSignature{.name = std::string{line.substr(0, space)},
                       .key_id = LoadBig<std::uint32_t>(bytes->data()),
                       .signature = bytes->substr(kKeyIdBytes)};
}

/// The known key that a signature line claims, or none.
const VerifierKey* FindKey(std::span<const VerifierKey> known, const NoteSignature& line) {
  const auto found = std::ranges::find_if(known, [&](const VerifierKey& key) {
    return key.name == line.name && key.id == line.key_id;
  });
  return found == known.end() ? nullptr : &*found;
}

/// The verified form of a line that claims `key`, or nothing where it does not verify.
std::optional<VerifiedSignature> VerifyLine(std::string_view text, const VerifierKey& key,
                                            ByteSpan signature) {
  if (key.type == SignatureType::kEd25519) {
    if (!VerifyEd25519(key.public_key, AsBytes(text), signature)) return std::nullopt;
    return VerifiedSignature{.key = key, .time_s = std::nullopt};
  }
  if (signature.size() <= kTimeBytes) return std::nullopt;
  const auto time_s = LoadBig<std::uint64_t>(signature.data());
  if (time_s > kTimeMax) return std::nullopt;
  const std::string message = CosignedMessage(time_s, text);
  if (!VerifyEd25519(key.public_key, AsBytes(message), signature.subspan(kTimeBytes))) {
    return std::nullopt;
  }
  return VerifiedSignature{.key = key, .time_s = time_s};
}

Status CheckKnownKeys(std::span<const VerifierKey> known) {
  for (std::size_t i = 0; i < known.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (known[i].name == known[j].name && known[i].id == known[j].id && known[i] != known[j]) {
        return MakeError(StatusCode::kInvalidArgument, "two known keys are called {}+{:08x}",
                         known[i].name, known[i].id);
      }
    }
  }
  return {};
}

}  // namespace

Result<Note> ParseNote(std::string_view file) {
  if (file.size() > kNoteBytesMax) {
    return Malformed(fmt::format("{} bytes, at most {} are read", file.size(), kNoteBytesMax));
  }
  SUANPAN_RETURN_IF_ERROR(CheckCharacters(file));
  const std::size_t split = file.rfind("\n\n");
  if (split == std::string_view::npos) return Malformed("no empty line before the signatures");
  Note note{.text = std::string{file.substr(0, split + 1)}, .signatures = {}};
  std::string_view lines = file.substr(split + 2);
  if (lines.empty()) return Malformed("no signature line");
  if (lines.back() != '\n') return Malformed("the last line is not complete");
  while (!lines.empty()) {
    if (note.signatures.size() == kNoteSignaturesMax) return Malformed("too many signatures");
    const std::size_t end = lines.find('\n');
    SUANPAN_ASSIGN_OR_RETURN(NoteSignature signature, ParseSignatureLine(lines.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    lines.remove_prefix(end + 1);
  }
  return note;
}

Result<OpenedNote> OpenNote(std::string_view file, std::span<const VerifierKey> known) {
  SUANPAN_RETURN_IF_ERROR(CheckKnownKeys(known));
  SUANPAN_ASSIGN_OR_RETURN(Note note, ParseNote(file));
  OpenedNote opened{.text = std::move(note.text), .verified = {}, .unknown = {}};
  for (NoteSignature& line : note.signatures) {
    const VerifierKey* key = FindKey(known, line);
    if (key == nullptr) {
      opened.unknown.push_back(std::move(line));
      continue;
    }
    std::optional<VerifiedSignature> verified =
        VerifyLine(opened.text, *key, AsBytes(line.signature));
    if (!verified) {
      return MakeError(StatusCode::kCorruption, "a signature of {}+{:08x} does not verify",
                       key->name, key->id);
    }
    const bool repeated = std::ranges::any_of(opened.verified, [&](const VerifiedSignature& other) {
      return other.key == verified->key && other.time_s == verified->time_s;
    });
    if (!repeated) opened.verified.push_back(std::move(*verified));
  }
  if (opened.verified.empty()) {
    return MakeError(StatusCode::kCorruption, "no signature of a known key");
  }
  return opened;
}

std::string CosignedMessage(std::uint64_t time_s, std::string_view text) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time_s, text);
}

std::string FormatSignatureLine(const VerifierKey& key, ByteSpan signature) {
  std::string bytes;
  AppendBig(bytes, key.id);
  bytes.append(AsText(signature));
  return fmt::format("{}{} {}\n", kSignaturePrefix, key.name, EncodeBase64(AsBytes(bytes)));
}

Result<std::string> SignatureLine(std::string_view text, const Signer& signer) {
  if (text.empty() || text.back() != '\n' || !CheckCharacters(text).ok()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "a note's text is UTF-8 without control characters and ends in a newline");
  }
  SUANPAN_ASSIGN_OR_RETURN(const Ed25519Signature signature, signer.Sign(AsBytes(text)));
  return FormatSignatureLine(signer.verifier(), signature);
}

Result<std::string> SignNote(std::string_view text, const Signer& signer) {
  SUANPAN_ASSIGN_OR_RETURN(const std::string line, SignatureLine(text, signer));
  return fmt::format("{}\n{}", text, line);
}

}  // namespace suanpan::proof
