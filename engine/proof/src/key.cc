#include "suanpan/proof/key.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "suanpan/proof/base64.h"
#include "suanpan/proof/sha256.h"
#include "utf8.h"

namespace suanpan::proof {

namespace {

constexpr std::string_view kSecretPrefix = "PRIVATE+KEY+";

/// name+hex8+base64(type || 32 bytes), split; the type is not judged yet.
struct KeyParts {
  std::string_view name;
  std::uint32_t id;
  std::uint8_t type;
  std::array<std::uint8_t, 32> key;
};

std::uint32_t KeyId(std::string_view name, SignatureType type, const Ed25519PublicKey& public_key) {
  const std::array<std::uint8_t, 2> middle{0x0a, static_cast<std::uint8_t>(type)};
  Sha256Hasher hasher;
  hasher.Update(AsBytes(name));
  hasher.Update(ByteSpan{middle});
  hasher.Update(ByteSpan{public_key});
  return LoadBig<std::uint32_t>(hasher.Finish().bytes.data());
}

std::optional<KeyParts> SplitKey(std::string_view text) {
  // Base64 may contain "+", so only the first two separate.
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  KeyParts parts{.name = text.substr(0, first), .id = 0, .type = 0, .key = {}};
  std::array<std::uint8_t, 4> id{};
  if (!IsKeyName(parts.name) || !FromHex(text.substr(first + 1, second - first - 1), id)) {
    return std::nullopt;
  }
  parts.id = LoadBig<std::uint32_t>(id.data());
  std::optional<std::string> bytes = DecodeBase64(text.substr(second + 1));
  if (!bytes || bytes->size() != 1 + parts.key.size()) return std::nullopt;
  parts.type = static_cast<std::uint8_t>(bytes->front());
  std::ranges::copy(AsBytes(*bytes).subspan(1), parts.key.begin());
  OPENSSL_cleanse(bytes->data(), bytes->size());
  return parts;
}

std::string JoinKey(std::string_view name, std::uint32_t id, SignatureType type,
                    std::span<const std::uint8_t, 32> key) {
  std::array<std::uint8_t, 33> bytes{static_cast<std::uint8_t>(type)};
  std::ranges::copy(key, bytes.begin() + 1);
  std::string text = fmt::format("{}+{:08x}+{}", name, id, EncodeBase64(bytes));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return text;
}

std::string BookKeyName(std::string_view name, std::string_view book) {
  return fmt::format("{}/{}", name, book);
}

}  // namespace

bool IsKeyName(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::optional<std::uint32_t> code_point = TakeCodePoint(name);
    if (!code_point || *code_point < 0x20 || *code_point == '+' || IsUnicodeSpace(*code_point)) {
      return false;
    }
  }
  return true;
}

Result<VerifierKey> MakeVerifierKey(std::string_view name, SignatureType type,
                                    const Ed25519PublicKey& public_key) {
  if (!IsKeyName(name)) {
    return MakeError(StatusCode::kInvalidArgument,
                     "key name '{}' is empty or holds a space, a control character, '+' or invalid "
                     "UTF-8",
                     name);
  }
  return VerifierKey{.name = std::string{name},
                     .type = type,
                     .id = KeyId(name, type, public_key),
                     .public_key = public_key};
}

Result<VerifierKey> ParseVerifierKey(std::string_view vkey) {
  const std::optional<KeyParts> parts = SplitKey(vkey);
  if (!parts) {
    return MakeError(StatusCode::kInvalidArgument,
                     "verifier key '{}' is not name+hex8+base64 of 33 bytes", vkey);
  }
  const auto type = static_cast<SignatureType>(parts->type);
  if (type != SignatureType::kEd25519 && type != SignatureType::kCosignatureV1) {
    return MakeError(StatusCode::kInvalidArgument, "verifier key '{}' has type {}, not 1 or 4",
                     vkey, parts->type);
  }
  SUANPAN_ASSIGN_OR_RETURN(VerifierKey key, MakeVerifierKey(parts->name, type, parts->key));
  if (key.id != parts->id) {
    return MakeError(StatusCode::kInvalidArgument,
                     "verifier key '{}' has id {:08x}, expected {:08x}", vkey, parts->id, key.id);
  }
  return key;
}

std::string ToText(const VerifierKey& key) {
  return JoinKey(key.name, key.id, key.type, key.public_key);
}

Result<VerifierKey> ForBook(const VerifierKey& key, std::string_view book) {
  if (book.empty()) return MakeError(StatusCode::kInvalidArgument, "a book's name is empty");
  return MakeVerifierKey(BookKeyName(key.name, book), key.type, key.public_key);
}

Result<Signer> Signer::Make(std::string_view name, Ed25519Key key) {
  SUANPAN_ASSIGN_OR_RETURN(VerifierKey verifier,
                           MakeVerifierKey(name, SignatureType::kEd25519, key.public_key()));
  return Signer{std::move(verifier), std::move(key)};
}

Result<Signer> Signer::FromSeed(std::string_view name, const Ed25519Seed& seed) {
  SUANPAN_ASSIGN_OR_RETURN(Ed25519Key key, Ed25519Key::FromSeed(seed));
  return Make(name, std::move(key));
}

Result<Signer> Signer::Parse(std::string_view text) {
  std::optional<KeyParts> parts;
  if (text.starts_with(kSecretPrefix)) parts = SplitKey(text.substr(kSecretPrefix.size()));
  if (!parts || parts->type != static_cast<std::uint8_t>(SignatureType::kEd25519)) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the signer key is not PRIVATE+KEY+name+hex8+base64 of an Ed25519 seed");
  }
  Result<Signer> signer = FromSeed(parts->name, parts->key);
  OPENSSL_cleanse(parts->key.data(), parts->key.size());
  if (signer.ok() && signer->verifier().id != parts->id) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the signer key of '{}' has id {:08x}, expected {:08x}", parts->name,
                     parts->id, signer->verifier().id);
  }
  return signer;
}

Result<Signer> Signer::ForBook(std::string_view book) const {
  if (book.empty()) return MakeError(StatusCode::kInvalidArgument, "a book's name is empty");
  return Make(BookKeyName(name(), book), key_);
}

std::string Signer::SecretText() const {
  return std::string{kSecretPrefix} +
         JoinKey(verifier_.name, verifier_.id, SignatureType::kEd25519, key_.seed());
}

Result<Signer> GenerateSigner(std::string_view name) {
  SUANPAN_ASSIGN_OR_RETURN(Ed25519Key key, Ed25519Key::Generate());
  return Signer::Make(name, std::move(key));
}

}  // namespace suanpan::proof
