#include "suanpan/proof/ed25519.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <utility>

namespace suanpan::proof {

namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeKey>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Status LibraryError(const char* what) {
  return MakeError(StatusCode::kUnavailable, "the crypto library failed: {}", what);
}

}  // namespace

struct Ed25519Key::Impl {
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { OPENSSL_cleanse(seed.data(), seed.size()); }

  Ed25519Seed seed{};
  Ed25519PublicKey public_key{};
  KeyPtr key;
};

Ed25519Key::Ed25519Key(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<Ed25519Key> Ed25519Key::FromSeed(const Ed25519Seed& seed) {
  auto impl = std::make_shared<Impl>();
  impl->seed = seed;
  impl->key.reset(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  std::size_t size = impl->public_key.size();
  if (!impl->key ||
      EVP_PKEY_get_raw_public_key(impl->key.get(), impl->public_key.data(), &size) != 1 ||
      size != impl->public_key.size()) {
    return LibraryError("making an Ed25519 key");
  }
  return Ed25519Key{std::move(impl)};
}

Result<Ed25519Key> Ed25519Key::Generate() {
  Ed25519Seed seed{};
  if (RAND_bytes(seed.data(), static_cast<int>(seed.size())) != 1) {
    return LibraryError("reading random bytes");
  }
  Result<Ed25519Key> key = FromSeed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

Result<Ed25519Signature> Ed25519Key::Sign(ByteSpan message) const {
  const ContextPtr context{EVP_MD_CTX_new()};
  Ed25519Signature signature{};
  std::size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1 ||
      size != signature.size()) {
    return LibraryError("signing with Ed25519");
  }
  return signature;
}

const Ed25519PublicKey& Ed25519Key::public_key() const { return impl_->public_key; }
const Ed25519Seed& Ed25519Key::seed() const { return impl_->seed; }

bool VerifyEd25519(const Ed25519PublicKey& key, ByteSpan message, ByteSpan signature) {
  if (signature.size() != Ed25519Signature{}.size()) return false;
  const KeyPtr public_key{
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size())};
  const ContextPtr context{EVP_MD_CTX_new()};
  return public_key && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, public_key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace suanpan::proof
