#include "visit.h"

#include <gtest/gtest.h>

#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/note.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tree.h"
#include "told_history.h"
#include "witnesses.h"

namespace suanpan::audit {

namespace fs = std::filesystem;

namespace {

rules::SchemaStamp ReleasedStamp() {
  return {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles()[0].compiled)};
}

/// Written once; each visit has a copy.
const fs::path& CleanExport() {
  static const test::TempDir clean;
  static const bool written = [] {
    WriteForged(clean.path(), Visit::kBook, Visit::Genuine(), schema::SchemaFiles());
    return true;
  }();
  EXPECT_TRUE(written);
  return clean.path();
}

/// What the log signs of some entries.
std::string SignedHeadOf(std::span<const std::string> entries) {
  proof::Frontier tree;
  for (const std::string& entry : entries) tree.Append(proof::LeafHash(AsBytes(entry)));
  const proof::Signer signer = TestSigner().ForBook(Visit::kBook).value();
  return proof::SignCheckpoint({signer.name(), tree.size(), tree.Root(), {}}, signer).value();
}

/// What the auditor kept of the earlier visit.
std::string EarlierCheckpoint(std::size_t size) {
  return SignedHeadOf(std::span{Visit::Genuine()}.first(size));
}

}  // namespace

const std::vector<std::string>& Visit::Genuine() {
  static const std::vector<std::string> entries = ToldHistory(ReleasedStamp(), kSize);
  return entries;
}

Visit::Visit() : vkey(proof::ToText(TestSigner().verifier())) {
  fs::copy(CleanExport(), dir(), fs::copy_options::recursive);
  Cosign();
  WriteText(StateFile(), EarlierCheckpoint(kEarlier));
  policy = "log " + vkey + "\n";
  for (std::uint8_t n = 1; n <= 3; ++n) policy += fmt::format("witness w{} {}\n", n, WitnessKey(n));
  policy += "group two 2 w1 w2 w3\nquorum two\n";
}

fs::path Visit::StateFile(std::string_view book) const {
  const std::string origin = fmt::format("books.example/{}", book);
  return work_.path() / "state" / (ToHex(proof::Sha256(AsBytes(origin)).bytes) + ".checkpoint");
}

void Visit::Flip(const std::string& name, std::size_t byte) {
  std::string bytes = Read(name);
  ASSERT_LT(byte, bytes.size()) << name;
  bytes[byte] = static_cast<char>(bytes[byte] ^ 1);
  Write(name, bytes);
}

void Visit::Rebuild(const std::vector<std::string>& entries) {
  WriteForged(dir(), kBook, entries, schema::SchemaFiles());
  Cosign();
}

void Visit::ForgeAfterTheVisit(const std::vector<std::string>& entries) {
  const std::vector<std::string>& genuine = Genuine();
  std::size_t same = 0;
  while (same < kEarlier && same < entries.size() && entries[same] == genuine[same]) ++same;
  WriteText(StateFile(), EarlierCheckpoint(same));
  Rebuild(entries);
}

void Visit::RebuildUnsigned(const std::vector<std::string>& entries) {
  const std::string checkpoint = Read(kCheckpoint);
  WriteForged(dir(), kBook, entries, schema::SchemaFiles());
  Write(kCheckpoint, checkpoint);
}

void Visit::SignRoot(const Hash32& root) {
  const proof::Signer signer = TestSigner().ForBook(kBook).value();
  Write(kCheckpoint,
        proof::SignCheckpoint({signer.name(), TreeSize{kSize}, root, {}}, signer).value());
  Cosign();
}

void Visit::Cosign() {
  const std::string text = CheckpointText();
  for (const std::uint8_t n : {std::uint8_t{1}, std::uint8_t{2}})
    Append(kCheckpoint, CosignatureLine(n, kCosigned_s, text));
}

void Visit::Anchor(const std::vector<std::string>& entries) {
  anchors_.push_back(work_.path() / fmt::format("anchor-{}", anchors_.size()));
  WriteText(anchors_.back(), SignedHeadOf(entries));
}

std::string Visit::CheckpointText() const { return proof::ParseNote(Read(kCheckpoint))->text; }

std::string Visit::SignedByTheLog() const {
  return proof::SignNote(CheckpointText(), TestSigner().ForBook(kBook).value()).value();
}

VerifyReport Visit::InProcess() const {
  VerifyOptions options;
  options.dir = dir();
  options.vkey = vkey;
  options.policy = policy;
  options.state_dir = StateFile().parent_path();
  options.max_age_s = max_age_s;
  options.anchors = anchors_;
  options.now = InstantUs{static_cast<std::int64_t>(kCosigned_s + 1'000) * 1'000'000};
  return Verify(options);
}

test::Outcome Visit::Program() const {
  const fs::path file = work_.path() / "policy";
  WriteText(file, policy);
  std::string command =
      fmt::format("{} audit verify {} --vkey '{}' --policy {} --state {} --json", SUANPAN_PROGRAM,
                  dir().string(), vkey, file.string(), StateFile().parent_path().string());
  for (const fs::path& anchor : anchors_) command += " --anchor " + anchor.string();
  if (max_age_s) command += fmt::format(" --max-age {}s", *max_age_s);
  return test::RunCommand(command);
}

}  // namespace suanpan::audit
