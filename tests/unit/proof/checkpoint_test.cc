#include "suanpan/proof/checkpoint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "suanpan/proof/base64.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tree.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

const std::string kRoot = EncodeBase64(EmptyRoot().bytes);

std::string Text(const std::string& size) {
  return "books.example/a\n" + size + "\n" + kRoot + "\n";
}

TEST(Checkpoint, TextComesBack) {
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{70000}, kTreeSizeMax}) {
    const Checkpoint checkpoint{.origin = "books.example/a",
                                .size = TreeSize{size},
                                .root = Sha256(AsBytes("root")),
                                .extensions = {}};
    const std::string text = FormatCheckpoint(checkpoint);
    const Result<Checkpoint> parsed = ParseCheckpoint(text);
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(*parsed, checkpoint);
  }
  EXPECT_EQ(ParseCheckpoint(Text("12"))->size, TreeSize{12});
}

TEST(Checkpoint, SizeIsPlainDecimalUpToTheLimit) {
  EXPECT_TRUE(ParseCheckpoint(Text("9223372036854775807")).ok());
  for (const char* size :
       {"", "00", "01", "-0", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999", "١"}) {
    EXPECT_FALSE(ParseCheckpoint(Text(size)).ok()) << size;
  }
}

TEST(Checkpoint, RootIsExactlyThirtyTwoBytesOfCanonicalBase64) {
  const std::string head = "books.example/a\n1\n";
  EXPECT_TRUE(ParseCheckpoint(head + kRoot + "\n").ok());
  std::string respelled = kRoot;  // ends in "U=": two unused bits
  ++respelled[42];
  for (const std::string& root :
       {std::string{}, kRoot + " ", " " + kRoot, kRoot.substr(0, 43), respelled,
        ToHex(EmptyRoot().bytes), EncodeBase64(ByteSpan{EmptyRoot().bytes}.first(31)),
        kRoot + kRoot}) {
    EXPECT_FALSE(ParseCheckpoint(head + root + "\n").ok()) << root;
  }
}

TEST(Checkpoint, OfOurLogsHasExactlyThreeLines) {
  const std::string good = Text("1");
  for (const std::string& text :
       {std::string{}, std::string{"\n"}, std::string{"\n\n\n"}, good.substr(0, good.size() - 1),
        good + "\n", good + "extension\n", "\n" + good, good.substr(good.find('\n')),
        "books.example/a\r\n1\r\n" + kRoot + "\r\n"}) {
    EXPECT_FALSE(ParseCheckpoint(text).ok()) << text;
  }
}

TEST(Checkpoint, ExtensionLinesOfOthersAreKept) {
  const std::string text = Text("1") + "one\ntwo 2\n";
  const Result<Checkpoint> parsed = ParseCheckpoint(text, Extensions::kKeep);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->extensions, (std::vector<std::string>{"one", "two 2"}));
  EXPECT_EQ(FormatCheckpoint(*parsed), text);
  EXPECT_TRUE(ParseCheckpoint(Text("1"), Extensions::kKeep)->extensions.empty());
  EXPECT_FALSE(ParseCheckpoint(Text("1") + "\n", Extensions::kKeep).ok());
  EXPECT_FALSE(ParseCheckpoint(Text("1") + "one", Extensions::kKeep).ok());
  EXPECT_FALSE(ParseCheckpoint(Text("1") + "one\n\n", Extensions::kKeep).ok());
}

class SignedCheckpointTest : public ::testing::Test {
 protected:
  Signer signer_ = GenerateSigner("books.example/a").value();
  Checkpoint checkpoint_{.origin = "books.example/a",
                         .size = TreeSize{7},
                         .root = Sha256(AsBytes("root")),
                         .extensions = {}};
};

TEST_F(SignedCheckpointTest, OpensWithItsKeyOnly) {
  const std::string file = SignCheckpoint(checkpoint_, signer_).value();
  const Result<OpenedCheckpoint> opened = OpenCheckpoint(file, signer_.verifier());
  ASSERT_TRUE(opened.ok()) << opened.error().ToString();
  EXPECT_EQ(opened->checkpoint, checkpoint_);
  EXPECT_EQ(opened->text, FormatCheckpoint(checkpoint_));
  EXPECT_TRUE(opened->cosignatures.empty());
  EXPECT_FALSE(OpenCheckpoint(file, GenerateSigner("books.example/a")->verifier()).ok());
}

TEST_F(SignedCheckpointTest, OriginMustBeTheNameOfTheKey) {
  const Signer other = signer_.ForBook("b").value();
  EXPECT_EQ(SignCheckpoint(checkpoint_, other).error().code(), StatusCode::kInvalidArgument);
  // A valid signature of the other key below this origin is still not a checkpoint.
  const std::string file = SignNote(FormatCheckpoint(checkpoint_), other).value();
  EXPECT_TRUE(OpenNote(file, std::vector{other.verifier()}).ok());
  EXPECT_EQ(OpenCheckpoint(file, other.verifier()).error().code(), StatusCode::kCorruption);
}

TEST_F(SignedCheckpointTest, WitnessesAreHandedBackButDoNotReplaceTheLog) {
  const Signer witness = GenerateSigner("witness.example").value();
  const std::string text = FormatCheckpoint(checkpoint_);
  const std::string line = SignatureLine(text, witness).value();
  const std::vector witnesses{witness.verifier()};
  const std::string both = SignCheckpoint(checkpoint_, signer_).value() + line;
  const Result<OpenedCheckpoint> opened = OpenCheckpoint(both, signer_.verifier(), witnesses);
  ASSERT_TRUE(opened.ok());
  ASSERT_EQ(opened->cosignatures.size(), 1U);
  EXPECT_EQ(opened->cosignatures[0].key, witness.verifier());
  EXPECT_FALSE(OpenCheckpoint(text + "\n" + line, signer_.verifier(), witnesses).ok());
}

TEST_F(SignedCheckpointTest, ThatNoReaderWouldAcceptIsNotSigned) {
  checkpoint_.size = TreeSize{kTreeSizeMax + 1};
  EXPECT_FALSE(SignCheckpoint(checkpoint_, signer_).ok());
  checkpoint_.size = TreeSize{1};
  checkpoint_.extensions = {""};
  EXPECT_FALSE(SignCheckpoint(checkpoint_, signer_).ok());
}

TEST(CheckpointVectors, EveryCheckpointOfTheForeignLogOpens) {
  SUANPAN_VECTORS_OR_SKIP(path, "tlog/tessera-log");
  std::string vkey = ReadFile(path / "vkey.txt");
  while (!vkey.empty() && vkey.back() == '\n') vkey.pop_back();
  const VerifierKey key = ParseVerifierKey(vkey).value();
  for (std::uint64_t size = 0; size <= 15; ++size) {
    const std::string file = ReadFile(path / ("checkpoint." + std::to_string(size)));
    const Result<OpenedCheckpoint> opened = OpenCheckpoint(file, key);
    ASSERT_TRUE(opened.ok()) << opened.error().ToString();
    EXPECT_EQ(opened->checkpoint.size, TreeSize{size});
  }
}

}  // namespace
}  // namespace suanpan::proof
