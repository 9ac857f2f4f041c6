#include "suanpan/proof/note.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "suanpan/proof/base64.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

constexpr std::string_view kText = "first line\n\nsecond line, 算盘\n";

Signer SignerOf(std::string_view name, std::uint8_t fill) {
  Ed25519Seed seed{};
  seed.fill(fill);
  return Signer::FromSeed(name, seed).value();
}

/// "— name base64\n" with any key id and signature.
std::string RawLine(std::string_view name, std::string_view bytes) {
  return fmt::format("\xe2\x80\x94 {} {}\n", name, EncodeBase64(AsBytes(bytes)));
}

std::string Cosignature(const Signer& signer, const VerifierKey& key, std::uint64_t time_s,
                        std::string_view text) {
  std::string bytes;
  AppendBig(bytes, time_s);
  const std::string message = CosignedMessage(time_s, text);
  bytes.append(AsText(signer.Sign(AsBytes(message)).value()));
  return FormatSignatureLine(key, AsBytes(bytes));
}

class NoteTest : public ::testing::Test {
 protected:
  [[nodiscard]] bool Opens(std::string_view file) const {
    return OpenNote(file, std::vector{ours_.verifier()}).ok();
  }

  Signer ours_ = SignerOf("example.com/log", 1);
  Signer other_ = SignerOf("example.com/other", 2);
  std::string line_ = SignatureLine(kText, ours_).value();
  std::string other_line_ = SignatureLine(kText, other_).value();
  std::string body_ = std::string{kText} + "\n";
};

TEST_F(NoteTest, SignedNoteOpensWithItsTextAndKey) {
  const std::string file = SignNote(kText, ours_).value();
  EXPECT_EQ(file, body_ + line_);
  const Result<OpenedNote> note = OpenNote(file, std::vector{ours_.verifier()});
  ASSERT_TRUE(note.ok()) << note.error().ToString();
  EXPECT_EQ(note->text, kText);
  ASSERT_EQ(note->verified.size(), 1U);
  EXPECT_EQ(note->verified[0].key, ours_.verifier());
  EXPECT_FALSE(note->verified[0].time_s.has_value());
  EXPECT_TRUE(note->unknown.empty());
}

TEST_F(NoteTest, LinesOfUnknownKeysAreIgnoredInAnyPlace) {
  for (const std::string& lines : {line_ + other_line_, other_line_ + line_}) {
    const Result<OpenedNote> note = OpenNote(body_ + lines, std::vector{ours_.verifier()});
    ASSERT_TRUE(note.ok());
    EXPECT_EQ(note->verified.size(), 1U);
    ASSERT_EQ(note->unknown.size(), 1U);
    EXPECT_EQ(note->unknown[0].name, other_.name());
  }
  EXPECT_FALSE(Opens(body_ + other_line_));
}

TEST_F(NoteTest, UnknownKeyOfOurNameIsIgnored) {
  std::string bytes;
  AppendBig(bytes, ours_.verifier().id + 1);
  bytes += std::string(64, 'x');
  EXPECT_TRUE(Opens(body_ + line_ + RawLine(ours_.name(), bytes)));
  EXPECT_FALSE(Opens(body_ + RawLine(ours_.name(), bytes)));
}

TEST_F(NoteTest, OneBrokenLineOfAKnownKeyRefusesTheNoteWhereverItStands) {
  const std::string broken =
      FormatSignatureLine(ours_.verifier(), AsBytes(std::string(64, '\x05')));
  EXPECT_FALSE(Opens(body_ + broken));
  EXPECT_FALSE(Opens(body_ + broken + line_));
  EXPECT_FALSE(Opens(body_ + line_ + broken));
  EXPECT_FALSE(Opens(body_ + line_ + other_line_ + broken));
}

TEST_F(NoteTest, RepeatedLineThatVerifiesCountsOnce) {
  const Result<OpenedNote> note = OpenNote(body_ + line_ + line_, std::vector{ours_.verifier()});
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->verified.size(), 1U);
}

TEST_F(NoteTest, SeparatorIsTheLastEmptyLine) {
  const std::string text = "a\n\nb\n\n";
  const std::string file = SignNote(text, ours_).value();
  EXPECT_EQ(ParseNote(file)->text, text);
  EXPECT_TRUE(Opens(file));
  // The signatures of a note inside the text are text.
  const std::string nested = SignNote(file, other_).value();
  EXPECT_EQ(ParseNote(nested)->text, file);
  EXPECT_FALSE(Opens(nested));
}

TEST_F(NoteTest, MalformedFilesAreRefused) {
  ASSERT_TRUE(Opens(body_ + line_));
  const std::string good = body_ + line_;
  const std::string crlf = "first line\r\n\r\nsecond line\r\n\r\n" + line_;
  const std::string short_signature = FormatSignatureLine(ours_.verifier(), AsBytes("short"));
  for (const std::string& file : {std::string{},
                                  std::string{"\n"},
                                  std::string{"\n\n"},
                                  body_,
                                  std::string{kText} + line_,
                                  good + "\n",
                                  good + "x",
                                  good + "x\n",
                                  good + std::string(1, '\0'),
                                  " " + good,
                                  good.substr(0, good.size() - 1),
                                  crlf,
                                  body_ + line_.substr(0, line_.size() - 1) + " \n",
                                  body_ + "- " + line_.substr(4),
                                  body_ + line_.substr(4),
                                  body_ + short_signature,
                                  "tab\there\n\n" + line_,
                                  "\xff\n\n" + line_,
                                  "\xc0\xaf\n\n" + line_,
                                  "\xed\xa0\x80\n\n" + line_,
                                  "\xe2\x80\n\n" + line_}) {
    EXPECT_FALSE(Opens(file)) << file;
  }
}

TEST_F(NoteTest, SignatureLineMustHaveAKeyNameAndAKeyId) {
  const std::string bytes(68, 'x');
  EXPECT_TRUE(Opens(body_ + line_ + RawLine("unknown", bytes)));
  EXPECT_TRUE(Opens(body_ + line_ + RawLine("算盘", bytes)));
  for (const std::string_view name : {"", "a+b", "a b", "a\xe3\x80\x80z", "a\xc2\xa0z"}) {
    EXPECT_FALSE(Opens(body_ + line_ + RawLine(name, bytes))) << name;
  }
  EXPECT_TRUE(Opens(body_ + line_ + RawLine("unknown", "12345")));
  EXPECT_FALSE(Opens(body_ + line_ + RawLine("unknown", "1234")));
  EXPECT_FALSE(Opens(body_ + line_ + RawLine("unknown", "")));
}

TEST_F(NoteTest, NonCanonicalBase64IsRefused) {
  // 68 bytes end in one "=": the last character before it has two bits that carry nothing.
  const std::size_t last = line_.size() - 3;
  ASSERT_EQ(line_.substr(last + 1), "=\n");
  int accepted = 0;
  for (const char digit :
       std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"}) {
    std::string respelled = line_;
    respelled[last] = digit;
    accepted += Opens(body_ + respelled) ? 1 : 0;
  }
  EXPECT_EQ(accepted, 1);
}

TEST_F(NoteTest, SignatureWithTheGroupOrderAddedToSIsRefused) {
  // L = 2^252 + 27742317777372353535851937790883648493, little-endian.
  const std::string order =
      Unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  std::string signature{AsText(ours_.Sign(AsBytes(kText)).value())};
  ASSERT_TRUE(Opens(body_ + FormatSignatureLine(ours_.verifier(), AsBytes(signature))));
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += unsigned{static_cast<std::uint8_t>(signature[32 + i])};
    carry += unsigned{static_cast<std::uint8_t>(order[i])};
    signature[32 + i] = static_cast<char>(carry);
    carry >>= 8U;
  }
  ASSERT_EQ(carry, 0U);
  EXPECT_FALSE(Opens(body_ + FormatSignatureLine(ours_.verifier(), AsBytes(signature))));
}

TEST_F(NoteTest, EveryFlippedBitOfTheSignedFileIsRefused) {
  const std::string good = body_ + line_;
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    std::string bad = good;
    bad[i / 8] = static_cast<char>(bad[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(Opens(bad)) << "bit " << i;
  }
}

TEST_F(NoteTest, AHundredSignaturesAreReadAndOneMoreIsNot) {
  std::string file = body_ + line_;
  for (std::size_t i = 1; i < kNoteSignaturesMax; ++i) file += RawLine("w", std::string(68, 'x'));
  EXPECT_TRUE(Opens(file));
  EXPECT_FALSE(Opens(file + RawLine("w", std::string(68, 'x'))));
}

TEST_F(NoteTest, SizeIsCapped) {
  const std::size_t rest = 1 + line_.size();
  for (const std::size_t excess : {0U, 1U}) {
    const std::string text = std::string(kNoteBytesMax - rest - 1 + excess, 'x') + "\n";
    const std::string file = SignNote(text, ours_).value();
    ASSERT_EQ(file.size(), kNoteBytesMax + excess);
    EXPECT_EQ(Opens(file), excess == 0);
  }
}

TEST_F(NoteTest, CosignatureOfAWitnessVerifiesWithItsTime) {
  const Signer secret = SignerOf("witness.example/w", 3);
  const VerifierKey witness =
      MakeVerifierKey(secret.name(), SignatureType::kCosignatureV1, secret.verifier().public_key)
          .value();
  const std::vector known{ours_.verifier(), witness};
  const std::string line = Cosignature(secret, witness, 1700000000, kText);
  const Result<OpenedNote> note = OpenNote(body_ + line_ + line, known);
  ASSERT_TRUE(note.ok()) << note.error().ToString();
  ASSERT_EQ(note->verified.size(), 2U);
  EXPECT_EQ(note->verified[1].time_s, 1700000000U);
  // A time that was not signed, a plain signature in its place, a time beyond 2^63 - 1.
  std::string bytes =
      *DecodeBase64(line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2));
  bytes[11] = static_cast<char>(bytes[11] ^ 1);
  EXPECT_FALSE(OpenNote(body_ + line_ + RawLine(witness.name, bytes), known).ok());
  const Ed25519Signature plain = secret.Sign(AsBytes(kText)).value();
  EXPECT_FALSE(OpenNote(body_ + line_ + FormatSignatureLine(witness, plain), known).ok());
  EXPECT_FALSE(
      OpenNote(body_ + line_ + Cosignature(secret, witness, std::uint64_t{1} << 63U, kText), known)
          .ok());
}

TEST_F(NoteTest, KnownKeysThatShareNameAndIdAreRefused) {
  VerifierKey twin = ours_.verifier();
  twin.public_key[0] ^= 1;
  const std::string file = body_ + line_;
  EXPECT_TRUE(OpenNote(file, std::vector{ours_.verifier(), ours_.verifier()}).ok());
  EXPECT_EQ(OpenNote(file, std::vector{ours_.verifier(), twin}).error().code(),
            StatusCode::kInvalidArgument);
  EXPECT_FALSE(OpenNote(file, {}).ok());
}

TEST_F(NoteTest, TextThatNoReaderWouldAcceptIsNotSigned) {
  for (const std::string_view text : {"", "no newline", "carriage\r\n", "\xff\n", "nul\x01\n"}) {
    EXPECT_EQ(SignNote(text, ours_).error().code(), StatusCode::kInvalidArgument) << text;
  }
}

TEST(NoteVectors, SignedNotesHaveTheirVerdicts) {
  SUANPAN_VECTORS_OR_SKIP(path, "tlog/signed-notes.json");
  const nlohmann::json vectors = ReadJson(path);
  int valid = 0;
  int invalid = 0;
  for (const auto& vector : vectors["notes"]) {
    const Result<VerifierKey> key = ParseVerifierKey(vector["vkey"].get<std::string>());
    ASSERT_TRUE(key.ok()) << vector["name"];
    EXPECT_EQ(ToText(*key), vector["vkey"].get<std::string>());
    const bool ok = OpenNote(vector["note"].get<std::string>(), std::vector{*key}).ok();
    EXPECT_EQ(ok, vector["valid"].get<bool>()) << vector["name"];
    ++(ok ? valid : invalid);
  }
  EXPECT_EQ(valid, 7);
  EXPECT_EQ(invalid, 11);
  for (const auto& vector : vectors["bad_vkeys"]) {
    EXPECT_FALSE(ParseVerifierKey(vector["vkey"].get<std::string>()).ok()) << vector["why"];
  }
}

}  // namespace
}  // namespace suanpan::proof
