#pragma once

// Ed25519 (RFC 8032), the one adapter of the library's key objects.

#include <array>
#include <cstdint>
#include <memory>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"

namespace suanpan::proof {

using Ed25519Seed = std::array<std::uint8_t, 32>;
using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

/// True where `signature` is a valid signature of `message`; false for any other length too.
[[nodiscard]] bool VerifyEd25519(const Ed25519PublicKey& key, ByteSpan message, ByteSpan signature);

/// A private key. Copies share it; it is wiped with the last one. Signing is const and may be
/// called from several threads.
class Ed25519Key {
 public:
  [[nodiscard]] static Result<Ed25519Key> FromSeed(const Ed25519Seed& seed);
  /// A fresh key from the operating system's random source.
  [[nodiscard]] static Result<Ed25519Key> Generate();

  [[nodiscard]] Result<Ed25519Signature> Sign(ByteSpan message) const;
  [[nodiscard]] const Ed25519PublicKey& public_key() const;
  [[nodiscard]] const Ed25519Seed& seed() const;

 private:
  struct Impl;
  explicit Ed25519Key(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace suanpan::proof
