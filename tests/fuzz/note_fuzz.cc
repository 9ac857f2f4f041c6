// Signed notes from arbitrary bytes, with the key of a log and the key of a witness: no crash; what
// opens holds the very lines that those keys write; and the text of any well-formed note can be
// signed and cosigned.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/note.h"

namespace proof = suanpan::proof;

namespace {

constexpr std::uint64_t kTimeMax = ~std::uint64_t{0} >> 1U;

struct Keys {
  proof::Signer log = proof::Signer::FromSeed("example.com/log", proof::Ed25519Seed{}).value();
  proof::Ed25519Key witness_key = proof::Ed25519Key::FromSeed(proof::Ed25519Seed{1}).value();
  proof::VerifierKey witness =
      proof::MakeVerifierKey("witness", proof::SignatureType::kCosignatureV1,
                             witness_key.public_key())
          .value();
  std::vector<proof::VerifierKey> known{log.verifier(), witness};
};

std::string CosignatureLine(const Keys& keys, std::uint64_t time_s, std::string_view text) {
  std::string bytes;
  suanpan::AppendBig(bytes, time_s);
  const std::string message = proof::CosignedMessage(time_s, text);
  bytes += suanpan::AsText(keys.witness_key.Sign(suanpan::AsBytes(message)).value());
  return proof::FormatSignatureLine(keys.witness, suanpan::AsBytes(bytes));
}

/// Ed25519 gives one signature per message, so a line that verifies is the line we write.
void CheckOpened(const Keys& keys, std::string_view file, const proof::OpenedNote& opened) {
  SUANPAN_INVARIANT(!opened.verified.empty());
  for (const proof::VerifiedSignature& line : opened.verified) {
    SUANPAN_INVARIANT(line.time_s.has_value() == (line.key == keys.witness));
    const std::string written = line.time_s ? CosignatureLine(keys, *line.time_s, opened.text)
                                            : proof::SignatureLine(opened.text, keys.log).value();
    SUANPAN_INVARIANT(file.find(written, opened.text.size()) != std::string_view::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Keys keys;
  const std::string_view file{reinterpret_cast<const char*>(data), size};
  const auto note = proof::ParseNote(file);
  const auto opened = proof::OpenNote(file, keys.known);
  SUANPAN_INVARIANT(!opened.ok() || note.ok());
  if (opened.ok()) CheckOpened(keys, file, *opened);
  if (!note.ok() || note->text.size() + 400 > proof::kNoteBytesMax) return 0;
  SUANPAN_INVARIANT(file.substr(0, note->text.size()) == note->text);
  const std::string signed_note = proof::SignNote(note->text, keys.log).value();
  // Any eight bytes of the note do for a time, also one that no witness may state.
  const auto time_s = suanpan::LoadBig<std::uint64_t>(data + size - 8) << (size % 3);
  const std::string cosigned = signed_note + CosignatureLine(keys, time_s, note->text);
  const auto reopened = proof::OpenNote(cosigned, keys.known);
  SUANPAN_INVARIANT(reopened.ok() == (time_s <= kTimeMax));
  if (!reopened.ok()) return 0;
  SUANPAN_INVARIANT(reopened->text == note->text && reopened->verified.size() == 2);
  CheckOpened(keys, cosigned, *reopened);
  return 0;
}
