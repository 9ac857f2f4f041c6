// One bit flipped in any byte of any file of an export, and any file cut at any byte: no such
// export is verified, whatever the byte was for. One of many is tried; with SUANPAN_EVERY_BYTE
// each.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "support/everywhere.h"
#include "visit.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

class ByteFlips : public ::testing::Test {
 protected:
  static std::vector<std::string> FilesOf(const fs::path& dir) {
    std::vector<std::string> names;
    for (const fs::directory_entry& file : fs::recursive_directory_iterator{dir}) {
      if (file.is_regular_file()) names.push_back(fs::relative(file.path(), dir).string());
    }
    std::ranges::sort(names);
    return names;
  }
  /// Every byte of a file in turn, or one of `step`, which is a prime: forges, expects that it is
  /// found, puts the file back.
  void ForgeEach(std::size_t step, const std::function<void(std::string&, std::size_t)>& forge) {
    if (test::Everywhere()) step = 1;
    std::size_t place = 0;
    for (const std::string& name : FilesOf(visit_.dir())) {
      const std::string good = visit_.Read(name);
      for (std::size_t byte = 0; byte < good.size(); ++byte) {
        if (++place % step != 0) continue;
        std::string bad = good;
        forge(bad, byte);
        visit_.Write(name, bad);
        const VerifyReport report = visit_.InProcess();
        EXPECT_NE(ExitCode(report.verdict), 0) << name << " byte " << byte;
        ++forged_;
      }
      visit_.Write(name, good);
    }
    EXPECT_EQ(visit_.InProcess().verdict, Verdict::kVerified) << "all is put back";
  }

  Visit visit_;
  std::size_t forged_ = 0;
};

TEST_F(ByteFlips, ABitOfAnyByteFlipped) {
  ForgeEach(127, [](std::string& bytes, std::size_t byte) {
    // Another bit from byte to byte, always the same one of the same byte.
    const auto bit = static_cast<unsigned>((byte * 5 + byte / 8) % 8);
    bytes[byte] = static_cast<char>(bytes[byte] ^ 1 << bit);
  });
  std::cout << forged_ << " flipped bits, each found\n";
}

TEST_F(ByteFlips, AnyFileCutAtAnyByte) {
  ForgeEach(251, [](std::string& bytes, std::size_t byte) { bytes.resize(byte); });
  std::cout << forged_ << " cut files, each found\n";
}

}  // namespace
}  // namespace suanpan::audit
