#include "suanpan/proof/key.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "suanpan/proof/base64.h"
#include "suanpan/proof/note.h"
#include "suanpan/proof/sha256.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

TEST(Ed25519Vectors, VerificationCasesHaveTheirVerdicts) {
  SUANPAN_VECTORS_OR_SKIP(path, "ed25519/wycheproof-ed25519.json");
  int cases = 0;
  int valid = 0;
  const nlohmann::json vectors = ReadJson(path);
  for (const auto& group : vectors["testGroups"]) {
    Ed25519PublicKey key{};
    ASSERT_TRUE(FromHex(group["publicKey"]["pk"].get<std::string>(), key));
    for (const auto& test : group["tests"]) {
      const std::string message = Unhex(test["msg"]);
      const std::string signature = Unhex(test["sig"]);
      const bool expected = test["result"] == "valid";
      EXPECT_EQ(VerifyEd25519(key, AsBytes(message), AsBytes(signature)), expected)
          << test["tcId"] << " " << test["comment"];
      ++cases;
      valid += expected ? 1 : 0;
    }
  }
  EXPECT_EQ(cases, 151);
  EXPECT_GT(valid, 0);
  EXPECT_LT(valid, cases);
}

TEST(Ed25519, FirstTestOfRfc8032SignsAsPublished) {
  Ed25519Seed seed{};
  ASSERT_TRUE(FromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed));
  const Ed25519Key key = Ed25519Key::FromSeed(seed).value();
  EXPECT_EQ(ToHex(key.public_key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      ToHex(key.Sign({}).value()),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
      "f9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Signer, GeneratedKeysDifferAndComeBackFromTheirText) {
  const Signer signer = GenerateSigner("books.example").value();
  EXPECT_NE(signer.verifier().public_key, GenerateSigner("books.example")->verifier().public_key);
  const std::string text = signer.SecretText();
  EXPECT_TRUE(text.starts_with("PRIVATE+KEY+books.example+"));
  const Result<Signer> again = Signer::Parse(text);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->verifier(), signer.verifier());
  EXPECT_EQ(again->SecretText(), text);
}

TEST(Signer, KeyOfTheGoToolsHasItsPublishedVerifier) {
  // The example of golang.org/x/mod/sumdb/note.
  const Result<Signer> signer = Signer::Parse(
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  ASSERT_TRUE(signer.ok()) << signer.error().ToString();
  EXPECT_EQ(ToText(signer->verifier()),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

TEST(Signer, MalformedTextIsRefusedWithoutQuotingIt) {
  const Signer signer = GenerateSigner("books.example").value();
  const std::string good = signer.SecretText();
  const std::string seed = good.substr(good.rfind('+', good.size() - 44) + 1);
  std::string other_id = good;
  const std::size_t digit = std::string_view{"PRIVATE+KEY+books.example+"}.size();
  other_id[digit] = other_id[digit] == '0' ? '1' : '0';
  for (const std::string& text :
       {std::string{}, good + "=", good + "\n", " " + good, good.substr(0, good.size() - 4),
        good.substr(std::string_view{"PRIVATE+KEY+"}.size()), other_id,
        ToText(signer.verifier())}) {
    const Result<Signer> parsed = Signer::Parse(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(parsed.error().message().find(seed), std::string_view::npos);
  }
}

TEST(VerifierKey, TextComesBackAndAnyFlippedBitIsRefused) {
  const VerifierKey key = GenerateSigner("books.example")->verifier();
  const std::string text = ToText(key);
  EXPECT_EQ(*ParseVerifierKey(text), key);
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    std::string bad = text;
    bad[i / 8] = static_cast<char>(bad[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(ParseVerifierKey(bad).ok()) << bad;
  }
  for (const std::string& bad :
       {text + "\n", text + "+", "x" + text, text.substr(1), std::string{}}) {
    EXPECT_FALSE(ParseVerifierKey(bad).ok()) << bad;
  }
}

TEST(VerifierKey, IdIsThatOfTheRule) {
  // Type 0x04 of the same key under the same name is another key.
  const Ed25519PublicKey key = GenerateSigner("a")->verifier().public_key;
  for (const SignatureType type : {SignatureType::kEd25519, SignatureType::kCosignatureV1}) {
    const std::string bytes =
        "name\n" + std::string(1, static_cast<char>(type)) + std::string{AsText(key)};
    const VerifierKey made = MakeVerifierKey("name", type, key).value();
    EXPECT_EQ(made.id, LoadBig<std::uint32_t>(Sha256(AsBytes(bytes)).bytes.data()));
    EXPECT_EQ(*ParseVerifierKey(ToText(made)), made);
  }
}

TEST(KeyName, HasNoSpacePlusControlOrInvalidText) {
  for (const std::string_view name : {"a", "books.example/station", "算盘", "a\xf0\x9f\xa7\xaez"}) {
    EXPECT_TRUE(IsKeyName(name)) << name;
  }
  for (const std::string_view name :
       {"", "a b", "a+b", "a\tb", "a\nb", "a\x01", "\xff", "a\xc2\x85", "a\xc2\xa0", "\xe1\x9a\x80",
        "\xe2\x80\x80", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xaf", "\xe2\x81\x9f",
        "\xe3\x80\x80", "\xc1\xbf", "\xf4\x90\x80\x80", "\xe2\x80"}) {
    EXPECT_FALSE(IsKeyName(name)) << ToHex(AsBytes(name));
    EXPECT_FALSE(GenerateSigner(name).ok());
  }
}

TEST(BookKey, IsTheSameKeyUnderTheBooksName) {
  const Signer signer = GenerateSigner("books.example").value();
  const Signer book = signer.ForBook("station").value();
  EXPECT_EQ(book.name(), "books.example/station");
  EXPECT_EQ(book.verifier().public_key, signer.verifier().public_key);
  EXPECT_NE(book.verifier().id, signer.verifier().id);
  EXPECT_EQ(*ForBook(signer.verifier(), "station"), book.verifier());
  // What it signs opens with the derived verifier only.
  const std::string file = SignNote("text\n", book).value();
  EXPECT_TRUE(OpenNote(file, std::vector{book.verifier()}).ok());
  EXPECT_FALSE(OpenNote(file, std::vector{signer.verifier()}).ok());
  EXPECT_FALSE(signer.ForBook("").ok());
  EXPECT_FALSE(signer.ForBook("a b").ok());
  EXPECT_FALSE(ForBook(signer.verifier(), "a+b").ok());
}

}  // namespace
}  // namespace suanpan::proof
