#include "suanpan/proof/base64.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <random>
#include <string>

namespace suanpan::proof {
namespace {

std::string EvpBase64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

TEST(Base64, AgreesWithAnotherEncoderAndComesBack) {
  std::mt19937_64 random{7};
  for (std::size_t size = 0; size <= 200; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const std::string text = EncodeBase64(AsBytes(bytes));
    EXPECT_EQ(text, EvpBase64(bytes));
    EXPECT_EQ(DecodeBase64(text), bytes);
  }
}

TEST(Base64, ExactlyOneTextOfFourCharactersGivesEachByte) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int accepted = 0;
  for (const char first : alphabet) {
    for (const char second : alphabet) {
      accepted += DecodeBase64(std::string{first, second, '=', '='}) ? 1 : 0;
    }
  }
  EXPECT_EQ(accepted, 256);
}

TEST(Base64, RefusesEverySpellingButTheCanonicalOne) {
  ASSERT_EQ(DecodeBase64("TQ=="), "M");
  ASSERT_EQ(DecodeBase64("TWE="), "Ma");
  for (const char* text :
       {"TQ", "TQ=", "TQ===", "TR==", "TWF=", "T===", "====", "=", "TQ==TQ==", "TW=E",
        "T=E=", " TQ==", "TQ== ", "TQ==\n", "TQ\n==", "T-_=", "TWE\xff", "TWFu\r\n", "TWFuTQ"}) {
    EXPECT_FALSE(DecodeBase64(text)) << text;
  }
  EXPECT_FALSE(DecodeBase64(std::string_view{"TQ=\0", 4}));
}

TEST(Base64Hash, TakesThirtyTwoBytesOnly) {
  Hash32 hash;
  hash.bytes.fill(0xfb);
  const std::string text = EncodeBase64(hash.bytes);
  EXPECT_EQ(text.size(), 44U);
  EXPECT_EQ(DecodeBase64Hash(text), hash);
  EXPECT_FALSE(DecodeBase64Hash(EncodeBase64(ByteSpan{hash.bytes}.first(31))));
  EXPECT_FALSE(DecodeBase64Hash(EncodeBase64(AsBytes(std::string(33, 'x')))));
  EXPECT_FALSE(DecodeBase64Hash(""));
}

}  // namespace
}  // namespace suanpan::proof
