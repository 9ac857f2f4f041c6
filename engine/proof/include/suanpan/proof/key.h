#pragma once

// Keys of signed notes in their text forms (C2SP signed-note):
//   verifier key ("vkey")  name+hex8(key id)+base64(type || public key)
//   signer key             PRIVATE+KEY+name+hex8(key id)+base64(0x01 || seed)
//   key id                 SHA-256(name || 0x0A || type || public key)[0:4], big-endian
// A key name is valid UTF-8, not empty, without control characters, Unicode spaces or "+".
// Malformed keys are kInvalidArgument; messages never quote secret bytes.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"
#include "suanpan/proof/ed25519.h"

namespace suanpan::proof {

/// The signature types we implement; the numbers are those of C2SP signed-note.
enum class SignatureType : std::uint8_t {
  kEd25519 = 0x01,        ///< 64 bytes over the note's text
  kCosignatureV1 = 0x04,  ///< time and 64 bytes over "cosignature/v1", the time and the text
};

[[nodiscard]] bool IsKeyName(std::string_view name);

struct VerifierKey {
  std::string name;
  SignatureType type = SignatureType::kEd25519;
  std::uint32_t id = 0;  ///< always that of name, type and public_key
  Ed25519PublicKey public_key{};
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

/// The key with its id computed.
[[nodiscard]] Result<VerifierKey> MakeVerifierKey(std::string_view name, SignatureType type,
                                                  const Ed25519PublicKey& public_key);
[[nodiscard]] Result<VerifierKey> ParseVerifierKey(std::string_view vkey);
[[nodiscard]] std::string ToText(const VerifierKey& key);

/// The key of one book, NAME/book: the same public key under another name and therefore with
/// another id. One key serves all books of a data directory and still binds each checkpoint to its
/// book.
[[nodiscard]] Result<VerifierKey> ForBook(const VerifierKey& key, std::string_view book);

/// A note signing key (type Ed25519). Cheap to copy; const use from several threads is safe.
class Signer {
 public:
  /// From "PRIVATE+KEY+...".
  [[nodiscard]] static Result<Signer> Parse(std::string_view text);
  [[nodiscard]] static Result<Signer> FromSeed(std::string_view name, const Ed25519Seed& seed);

  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
  [[nodiscard]] const std::string& name() const { return verifier_.name; }
  /// The signer of NAME/book.
  [[nodiscard]] Result<Signer> ForBook(std::string_view book) const;
  [[nodiscard]] Result<Ed25519Signature> Sign(ByteSpan message) const { return key_.Sign(message); }
  /// "PRIVATE+KEY+...": a secret, for a file of mode 0600.
  [[nodiscard]] std::string SecretText() const;

 private:
  friend Result<Signer> GenerateSigner(std::string_view name);
  Signer(VerifierKey verifier, Ed25519Key key)
      : verifier_(std::move(verifier)), key_(std::move(key)) {}
  static Result<Signer> Make(std::string_view name, Ed25519Key key);

  VerifierKey verifier_;
  Ed25519Key key_;
};

/// A signer with a fresh random key.
[[nodiscard]] Result<Signer> GenerateSigner(std::string_view name);

}  // namespace suanpan::proof
