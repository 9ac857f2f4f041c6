#include "suanpan/proof/sha256.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace suanpan::proof {
namespace {

Hash32 EvpSha256(std::string_view bytes) {
  Hash32 hash;
  unsigned size = 0;
  EXPECT_EQ(EVP_Digest(bytes.data(), bytes.size(), hash.bytes.data(), &size, EVP_sha256(), nullptr),
            1);
  EXPECT_EQ(size, hash.bytes.size());
  return hash;
}

std::string RandomBytes(std::mt19937_64& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string Bytes(const Hash32& hash) { return std::string{AsText(hash.bytes)}; }

TEST(Sha256, AgreesWithEvpForEveryShortLength) {
  std::mt19937_64 random{1};
  for (std::size_t size = 0; size <= 300; ++size) {
    const std::string bytes = RandomBytes(random, size);
    EXPECT_EQ(Sha256(AsBytes(bytes)), EvpSha256(bytes)) << size;
    EXPECT_EQ(LeafHash(AsBytes(bytes)), EvpSha256(std::string(1, '\0') + bytes)) << size;
  }
}

TEST(Sha256, AgreesWithEvpForLongMessages) {
  std::mt19937_64 random{2};
  for (const std::size_t size : {4096U, 65535U, 1000003U, 5000000U}) {
    const std::string bytes = RandomBytes(random, size);
    EXPECT_EQ(Sha256(AsBytes(bytes)), EvpSha256(bytes)) << size;
  }
}

TEST(Sha256, OfNothingIsTheRootOfTheEmptyTree) {
  EXPECT_EQ(ToHex(EmptyRoot().bytes),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, HasherGivesTheSameHashHoweverTheBytesAreCut) {
  std::mt19937_64 random{3};
  const std::string bytes = RandomBytes(random, 1000);
  Sha256Hasher hasher;
  for (int round = 0; round < 50; ++round) {
    std::size_t offset = 0;
    while (offset < bytes.size()) {
      const std::size_t size = std::min<std::size_t>(random() % 130, bytes.size() - offset);
      hasher.Update(AsBytes(std::string_view{bytes}.substr(offset, size)));
      offset += size;
    }
    EXPECT_EQ(hasher.Finish(), EvpSha256(bytes));
  }
}

TEST(Sha256, CopyOfAHasherForksIt) {
  Sha256Hasher one;
  one.Update(AsBytes("common "));
  Sha256Hasher two = one;
  one.Update(AsBytes("left"));
  two.Update(AsBytes("right"));
  EXPECT_EQ(one.Finish(), EvpSha256("common left"));
  EXPECT_EQ(two.Finish(), EvpSha256("common right"));
}

constexpr HashWay kWays[] = {HashWay::kOneByOne, HashWay::kTwoAtATime, HashWay::kSixteenAtATime};

class ManyHashes : public ::testing::TestWithParam<HashWay> {
 protected:
  void SetUp() override {
    if (!CanHash(GetParam())) GTEST_SKIP() << "not on this processor";
  }
};

INSTANTIATE_TEST_SUITE_P(EachWay, ManyHashes, ::testing::ValuesIn(kWays));

TEST_P(ManyHashes, OfEntriesAreThoseOfEach) {
  std::mt19937_64 random{3};
  std::vector<std::string> texts;
  for (std::size_t size = 0; size < 400; ++size) texts.push_back(RandomBytes(random, size));
  for (const std::size_t size : {1000U, 32768U, 0U, 5U}) texts.push_back(RandomBytes(random, size));
  for (int round = 0; round < 36; ++round) {
    std::shuffle(texts.begin(), texts.end(), random);
    const std::size_t count = round < 18 ? static_cast<std::size_t>(round) : texts.size();
    std::vector<ByteSpan> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back(AsBytes(texts[i]));
    std::vector<Hash32> leaves(count);
    LeafHashes(entries, leaves, GetParam());
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_EQ(leaves[i], EvpSha256(std::string(1, '\0') + texts[i])) << texts[i].size();
  }
}

TEST_P(ManyHashes, OfNodesAreThoseOfEach) {
  std::vector<Hash32> children;
  for (int i = 0; i < 70; ++i) children.push_back(EvpSha256(std::to_string(i)));
  for (std::size_t count = 0; count <= 35; ++count) {
    std::vector<Hash32> parents(count);
    NodeHashes(HashTag::kStateNode, std::span{children}.first(2 * count), parents, GetParam());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string pair = Bytes(children[2 * i]) + Bytes(children[2 * i + 1]);
      EXPECT_EQ(parents[i], EvpSha256("\x11" + pair));
    }
  }
}

TEST(Sha256, TagsAreTheFirstByteHashed) {
  const Hash32 left = EvpSha256("left");
  const Hash32 right = EvpSha256("right");
  const std::string pair = Bytes(left) + Bytes(right);
  EXPECT_EQ(NodeHash(left, right), EvpSha256("\x01" + pair));
  EXPECT_EQ(NodeHash(HashTag::kStateNode, left, right), EvpSha256("\x11" + pair));
  EXPECT_EQ(TaggedHash(HashTag::kStateLeaf, {AsBytes("key"), {}, AsBytes("value")}),
            EvpSha256("\x10keyvalue"));
  Sha256Hasher hasher;
  hasher.Update(HashTag::kStateRoot);
  hasher.Update(left.bytes);
  EXPECT_EQ(hasher.Finish(), EvpSha256("\x12" + Bytes(left)));
}

}  // namespace
}  // namespace suanpan::proof
