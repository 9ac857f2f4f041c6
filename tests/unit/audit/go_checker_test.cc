// The independent checker accepts what the engine exports, and refuses it changed.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "sample_log.h"

namespace suanpan::audit {
namespace {

int RunCommand(const std::string& command) {
  const int status = std::system((command + " >/dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(GoChecker, AgreesWithTheAuditOnAnExportedBook) {
  const test::TempDir work;
  const std::string program = work / "go-checker";
  const int built = RunCommand("'" SUANPAN_SOURCE_DIR "/tools/go-checker/build' '" + program + "'");
  if (built == 77) GTEST_SKIP() << "golang-go or golang-golang-x-mod-dev is not installed";
  ASSERT_EQ(built, 0);
  SampleLog log;
  log.AddYear(1, 40, 6);
  const std::filesystem::path dir = work.path() / "export";
  log.Export(dir);
  const std::string check =
      "'" + program + "' '" + dir.string() + "' '" + proof::ToText(TestSigner().verifier()) + "'";
  EXPECT_EQ(Verify(OptionsFor(dir)).verdict, Verdict::kVerified);
  EXPECT_EQ(RunCommand(check), 0);
  std::string bundle = ReadText(dir / "tile/entries/000");
  bundle[4000] = static_cast<char>(bundle[4000] ^ 1);
  WriteText(dir / "tile/entries/000", bundle);
  EXPECT_EQ(Verify(OptionsFor(dir)).verdict, Verdict::kFailed);
  EXPECT_EQ(RunCommand(check), 1);
}

}  // namespace
}  // namespace suanpan::audit
