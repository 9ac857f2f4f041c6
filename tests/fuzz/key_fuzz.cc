// Key texts from arbitrary bytes: one spelling per key, for verifiers and signers alike, and what
// an accepted signer signs opens with its verifier.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/note.h"

namespace proof = suanpan::proof;

namespace {

void CheckVerifier(const proof::VerifierKey& key) {
  const auto again = proof::ParseVerifierKey(proof::ToText(key));
  SUANPAN_INVARIANT(again.ok() && *again == key);
  const auto of_book = proof::ForBook(key, "book");
  SUANPAN_INVARIANT(of_book.ok() && proof::IsKeyName(of_book->name));
  SUANPAN_INVARIANT(of_book->public_key == key.public_key && of_book->id != key.id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto key = proof::ParseVerifierKey(text); key.ok()) {
    SUANPAN_INVARIANT(proof::ToText(*key) == text);
    CheckVerifier(*key);
  }
  const auto signer = proof::Signer::Parse(text);
  if (!signer.ok()) return 0;
  SUANPAN_INVARIANT(signer->SecretText() == text);
  CheckVerifier(signer->verifier());
  const auto note = proof::SignNote("text\n", *signer);
  SUANPAN_INVARIANT(note.ok());
  SUANPAN_INVARIANT(proof::OpenNote(*note, std::vector{signer->verifier()}).ok());
  return 0;
}
