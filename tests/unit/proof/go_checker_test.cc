// The independent checker reads what TileWriter and SignCheckpoint write, and refuses it changed.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "suanpan/proof/base64.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/tile_writer.h"
#include "support/run_command.h"
#include "vectors.h"

namespace suanpan::proof {
namespace {

namespace fs = std::filesystem;
using test::Outcome;
using test::RunCommand;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

void WriteFile(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream out{path, std::ios::binary};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(out.good()) << path;
}

class GoChecker : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    program_ = fs::path{SUANPAN_BINARY_DIR} / "go-checker";
    build_ = RunCommand(Quoted(SUANPAN_SOURCE_DIR "/tools/go-checker/build") + " " +
                        Quoted(program_.string()));
  }

  void SetUp() override {
    if (build_.exit_code == 77) GTEST_SKIP() << build_.output;
    ASSERT_EQ(build_.exit_code, 0) << build_.output;
    std::string pattern = (fs::path{::testing::TempDir()} / "go checker XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    dir_ = pattern;
  }
  void TearDown() override {
    if (!dir_.empty()) fs::remove_all(dir_);
  }

  /// Writes a log of small entries; the directory's key signs for the book.
  void WriteLog(std::uint64_t size) {
    TileWriter writer{[&](std::string_view path, ByteSpan bytes) {
      WriteFile(dir_ / path, AsText(bytes));
      return Status{};
    }};
    for (std::uint64_t i = 0; i < size; ++i) {
      ASSERT_TRUE(writer.Append(AsBytes("entry " + std::to_string(i))).ok());
    }
    ASSERT_TRUE(writer.Finish().ok());
    checkpoint_ = {
        .origin = book_.name(), .size = writer.size(), .root = writer.Root(), .extensions = {}};
    WriteFile(dir_ / "checkpoint", SignCheckpoint(checkpoint_, book_).value());
  }

  [[nodiscard]] Outcome Check(const VerifierKey& key) const {
    return RunCommand(Quoted(program_.string()) + " " + Quoted(dir_.string()) + " " +
                      Quoted(ToText(key)));
  }
  void ExpectAccepted(const VerifierKey& key) const {
    const Outcome run = Check(key);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(run.output, fmt::format("ok size={} root={}\n", checkpoint_.size.value(),
                                      EncodeBase64(checkpoint_.root.bytes)));
  }
  /// Replaces a file, expects a refusal that names `reason`, and puts the file back.
  void ExpectRefusedWith(const std::string& name, std::string_view bytes,
                         std::string_view reason = "") const {
    const std::string good = ReadFile(dir_ / name);
    ASSERT_NE(good, bytes);
    WriteFile(dir_ / name, bytes);
    const Outcome run = Check(directory_.verifier());
    EXPECT_EQ(run.exit_code, 1) << name << ": " << run.output;
    EXPECT_NE(run.output.find(reason), std::string::npos) << run.output;
    WriteFile(dir_ / name, good);
  }
  void ExpectFlipRefused(const std::string& name, std::size_t byte) const {
    std::string bad = ReadFile(dir_ / name);
    bad.at(byte) = static_cast<char>(bad.at(byte) ^ 1);
    ExpectRefusedWith(name, bad);
  }

  static inline fs::path program_;
  static inline Outcome build_{-1, {}};
  fs::path dir_;
  Signer directory_ = GenerateSigner("books.example").value();
  Signer book_ = directory_.ForBook("station").value();
  Checkpoint checkpoint_;
};

class GoCheckerSizes : public GoChecker, public ::testing::WithParamInterface<std::uint64_t> {};

TEST_P(GoCheckerSizes, AcceptsAWrittenLogWithTheKeyOfTheBookAndOfTheDirectory) {
  WriteLog(GetParam());
  ExpectAccepted(book_.verifier());
  ExpectAccepted(directory_.verifier());
}

INSTANTIATE_TEST_SUITE_P(AtTheEdgesOfTiles, GoCheckerSizes,
                         ::testing::Values(0, 1, 255, 256, 257, 65535, 65536, 65537, 70000));

TEST_F(GoChecker, RefusesOneFlippedBitInAnyKindOfFile) {
  WriteLog(70000);
  ExpectFlipRefused("tile/entries/000", 2600);
  ExpectFlipRefused("tile/entries/100", 0);
  ExpectFlipRefused("tile/entries/273.p/112", 3);
  ExpectFlipRefused("tile/0/000", 0);
  ExpectFlipRefused("tile/0/272", 8191);
  ExpectFlipRefused("tile/0/273.p/112", 100);
  ExpectFlipRefused("tile/1/000", 4000);
  ExpectFlipRefused("tile/1/001.p/17", 5);
  ExpectFlipRefused("tile/2/000.p/1", 31);
  const std::size_t size = ReadFile(dir_ / "checkpoint").size();
  for (const std::size_t byte :
       {std::size_t{0}, std::size_t{22}, std::size_t{30}, size - 50, size - 1}) {
    ExpectFlipRefused("checkpoint", byte);
  }
  ExpectAccepted(directory_.verifier());
}

TEST_F(GoChecker, RefusesAnotherKey) {
  WriteLog(3);
  EXPECT_EQ(Check(GenerateSigner("books.example")->verifier()).exit_code, 1);
  EXPECT_EQ(Check(GenerateSigner("books.exampl")->verifier()).exit_code, 1);
  EXPECT_EQ(Check(*ForBook(directory_.verifier(), "other")).exit_code, 1);
}

TEST_F(GoChecker, RefusesTheWrongRootOrSizeUnderAGoodSignature) {
  WriteLog(300);
  Checkpoint wrong = checkpoint_;
  wrong.size = TreeSize{299};
  ExpectRefusedWith("checkpoint", SignCheckpoint(wrong, book_).value());
  wrong.size = TreeSize{0};
  wrong.root = EmptyRoot();
  ExpectRefusedWith("checkpoint", SignCheckpoint(wrong, book_).value(), "surplus");
  wrong = checkpoint_;
  wrong.root.bytes[0] ^= 1;
  ExpectRefusedWith("checkpoint", SignCheckpoint(wrong, book_).value());
  wrong = checkpoint_;
  wrong.extensions = {"extension"};
  ExpectRefusedWith("checkpoint", SignCheckpoint(wrong, book_).value(), "exactly");
}

TEST_F(GoChecker, RefusesTheNotesThatWeRefuse) {
  WriteLog(300);
  const std::string good = ReadFile(dir_ / "checkpoint");
  const std::string broken = FormatSignatureLine(book_.verifier(), AsBytes(std::string(64, 'x')));
  ExpectRefusedWith("checkpoint", good + broken, "repeated signature");
  std::string respelled = good;
  ++respelled[respelled.size() - 3];  // before "=\n": one of the two unused bits
  ExpectRefusedWith("checkpoint", respelled, "base64");
  ExpectRefusedWith("checkpoint", good + "x\n");
}

TEST_F(GoChecker, RefusesMissingCutAndSurplusFiles) {
  WriteLog(300);
  for (const std::string name : {"tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1"}) {
    std::string bytes = ReadFile(dir_ / name);
    fs::remove(dir_ / name);
    EXPECT_EQ(Check(directory_.verifier()).exit_code, 1) << name;
    WriteFile(dir_ / name, bytes);
    bytes.pop_back();
    ExpectRefusedWith(name, bytes);
    ExpectRefusedWith(name, bytes + "xx");
  }
  for (const std::string name :
       {"tile/0/002", "tile/0/001", "tile/0/001.p/45", "tile/0/000.p/5", "tile/2/000",
        "tile/notes.txt", "tile/entries/000.p/5", "tile/entries/001.p/044", "tile/0/001.p/1x"}) {
    WriteFile(dir_ / name, "x");
    const Outcome run = Check(directory_.verifier());
    EXPECT_EQ(run.exit_code, 1) << name;
    EXPECT_NE(run.output.find("surplus"), std::string::npos) << run.output;
    fs::remove(dir_ / name);
  }
  ExpectAccepted(directory_.verifier());
}

TEST_F(GoChecker, RefusesANamedPipeOrALinkAndDoesNotWait) {
  WriteLog(300);
  for (const std::string name :
       {"checkpoint", "tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/0/000.p/5"}) {
    const bool part = name != "tile/0/000.p/5";  // the last one is of an earlier size
    const std::string good = part ? ReadFile(dir_ / name) : std::string{};
    fs::remove(dir_ / name);
    fs::create_directories((dir_ / name).parent_path());
    ASSERT_EQ(::mkfifo((dir_ / name).c_str(), 0600), 0) << name;
    const Outcome pipe = Check(directory_.verifier());
    EXPECT_EQ(pipe.exit_code, 1) << name;
    EXPECT_EQ(pipe.output, "refused: " + name + ": not a regular file\n");
    fs::remove(dir_ / name);
    WriteFile(dir_ / "elsewhere", good);
    fs::create_symlink(dir_ / "elsewhere", dir_ / name);
    EXPECT_EQ(Check(directory_.verifier()).output, "refused: " + name + ": not a regular file\n");
    fs::remove(dir_ / name);
    if (part) WriteFile(dir_ / name, good);
  }
  ExpectAccepted(directory_.verifier());
}

TEST_F(GoChecker, AcceptsNarrowerFilesOfAnEarlierSizeThatArePrefixes) {
  WriteLog(300);
  WriteFile(dir_ / "tile/0/000.p/5", ReadFile(dir_ / "tile/0/000").substr(0, 160));
  WriteFile(dir_ / "tile/entries/001.p/2", ReadFile(dir_ / "tile/entries/001.p/44").substr(0, 22));
  ExpectAccepted(directory_.verifier());
  std::string other = ReadFile(dir_ / "tile/0/000.p/5");
  other[7] = static_cast<char>(other[7] ^ 1);
  ExpectRefusedWith("tile/0/000.p/5", other, "surplus");
}

TEST_F(GoChecker, AcceptsTheForeignLog) {
  SUANPAN_VECTORS_OR_SKIP(path, "tlog/tessera-log");
  std::string vkey = ReadFile(path / "vkey.txt");
  while (!vkey.empty() && vkey.back() == '\n') vkey.pop_back();
  const Outcome run =
      RunCommand(Quoted(program_.string()) + " " + Quoted(path.string()) + " " + Quoted(vkey));
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_EQ(run.output, "ok size=15 root=rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n");
}

}  // namespace
}  // namespace suanpan::proof
