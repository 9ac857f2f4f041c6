// Signed notes from arbitrary bytes: no crash; a well-formed note has a text that can be signed,
// and nothing opens that our key did not sign.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/note.h"

namespace proof = suanpan::proof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const proof::Signer signer =
      proof::Signer::FromSeed("example.com/log", proof::Ed25519Seed{}).value();
  const std::string_view file{reinterpret_cast<const char*>(data), size};
  const auto note = proof::ParseNote(file);
  const auto opened = proof::OpenNote(file, std::vector{signer.verifier()});
  SUANPAN_INVARIANT(!opened.ok() || note.ok());
  if (!note.ok()) return 0;
  SUANPAN_INVARIANT(file.substr(0, note->text.size()) == note->text);
  const auto again = proof::SignNote(note->text, signer);
  SUANPAN_INVARIANT(again.ok() || note->text.size() + 200 > proof::kNoteBytesMax);
  if (!again.ok()) return 0;
  const auto reopened = proof::OpenNote(*again, std::vector{signer.verifier()});
  SUANPAN_INVARIANT(reopened.ok() && reopened->text == note->text);
  return 0;
}
