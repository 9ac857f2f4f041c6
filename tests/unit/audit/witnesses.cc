#include "witnesses.h"

#include "suanpan/proof/key.h"
#include "suanpan/proof/note.h"

namespace suanpan::audit {
namespace {

proof::Ed25519Key SecretOf(std::uint8_t n) {
  proof::Ed25519Seed seed{};
  seed.fill(n);
  return proof::Ed25519Key::FromSeed(seed).value();
}

}  // namespace

std::string WitnessKey(std::uint8_t n) {
  return proof::ToText(proof::MakeVerifierKey("witness" + std::to_string(n),
                                              proof::SignatureType::kCosignatureV1,
                                              SecretOf(n).public_key())
                           .value());
}

std::string CosignatureLine(std::uint8_t n, std::uint64_t time_s, std::string_view text) {
  const proof::Ed25519Signature signature =
      SecretOf(n).Sign(AsBytes(proof::CosignedMessage(time_s, text))).value();
  std::string timed;
  AppendBig(timed, time_s);
  timed.append(AsText(signature));
  return proof::FormatSignatureLine(proof::ParseVerifierKey(WitnessKey(n)).value(), AsBytes(timed));
}

}  // namespace suanpan::audit
