// Logs of the same accounts, one ten times as long as the other, are verified by a child process
// under one limit of its address space, and the longer one takes no more memory.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "sample_log.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/tile_writer.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/sales.h"
#include "support/everywhere.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kBook = "zz";
constexpr std::size_t kHeadroomBytes = std::size_t{48} << 20U;
constexpr std::int64_t kRssSlackKib = 6 * 1024;

/// Entry 3 of such a book is a sale of 1.00 yuan under a revenue agreement of 1/10.
std::vector<std::string> Beginning() {
  SampleLog log;
  log.now = *ParseInstant("2025-01-02T00:00:00Z");
  log.Submit(R"({"book":"zz","key":"a/1","facts":[)"
             R"({"kind":"book.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
             R"("label":"x","utc_offset_minutes":480,"unit":"u","level":"community","host":"o"},)"
             R"({"kind":"fund.opened","occurred_at":"2025-01-01T09:00:00+08:00","actor":"p-1",)"
             R"("fund":"f","label":"x","host":"o","bank_accounts":["b"],)"
             R"("default_pot":"restricted/government","restriction":{"class":"restricted",)"
             R"("purposes":["care"]}}]})");
  log.Submit(R"({"book":"zz","key":"a/2","facts":[{"kind":"agreement.signed",)"
             R"("occurred_at":"2025-01-01T10:00:00+08:00","actor":"p-1","agreement":"ag",)"
             R"("agreement_type":"donation_share","party":"v","signed_on":"2025-01-01",)"
             R"("valid_from":"2025-01-01","fund":"f","basis":"revenue","rate":{"n":1,"m":10},)"
             R"("loss_policy":"net_all","settlement":"month"}]})");
  log.Submit(R"({"book":"zz","key":"a/3","facts":[{"kind":"sale.recorded",)"
             R"("occurred_at":"2025-01-01T11:00:00+08:00","actor":"p-1","vendor":"v",)"
             R"("lines":[{"item":"i","quantity":1,"amount_fen":100}]}]})");
  log.Submit(R"({"book":"zz","key":"00000000-0000-4000-8000-000000000000",)"
             R"("facts":[{"kind":"sale.recorded","occurred_at":"2025-01-01T11:00:00+08:00",)"
             R"("actor":"p-1","vendor":"v","lines":[{"item":"i","quantity":1,)"
             R"("amount_fen":100}]}]})");
  return log.Entries(kBook);
}

/// Repeats the last entry of the beginning, under random-looking UUID keys, until the log has
/// `events`.
void WriteLongLog(const std::filesystem::path& dir, std::uint64_t events) {
  const std::vector<std::string> beginning = Beginning();
  proof::TileWriter writer{[&dir](std::string_view path, ByteSpan bytes) {
    WriteText(dir / path, AsText(bytes));
    return Status{};
  }};
  for (const std::string& entry : beginning) ASSERT_TRUE(writer.Append(AsBytes(entry)).ok());
  const engine::EntryBytes aligned = engine::EntryBytes::Copy(AsBytes(beginning.back()));
  Arena arena;
  schema::EntryView view =
      schema::DecodeEntry(aligned.bytes(), rules::Catalogue::Standard().kinds(), arena).value();
  std::vector<schema::Event> twice{view.events.begin(), view.events.begin() + 2};
  auto& accrual = Payload<schema::DonationAccrued>(twice[1]).fixed;
  schema::EntryEncoder encoder;
  std::string bytes;
  for (std::uint64_t i = 0; i < events / 2; ++i) {
    const std::uint64_t mixed = (i + 1) * 0x9e37'79b9'7f4a'7c15U;
    std::memcpy(view.common.key.uuid.bytes.data(), &mixed, sizeof mixed);
    accrual.base = Fen{accrual.base.value() + 100};
    accrual.due_total = Fen{accrual.due_total.value() + 10};
    bytes.clear();
    encoder.Encode(view.common, twice, bytes);
    ASSERT_TRUE(writer.Append(AsBytes(bytes)).ok());
  }
  ASSERT_TRUE(writer.Finish().ok());
  WriteSchemas(dir);
  const proof::Signer signer = TestSigner().ForBook(kBook).value();
  WriteText(
      dir / "checkpoint",
      proof::SignCheckpoint({signer.name(), writer.size(), writer.Root(), {}}, signer).value());
}

std::size_t AddressSpaceBytes() {
  std::ifstream statm{"/proc/self/statm"};
  std::size_t pages = 0;
  statm >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// Verifies in a child under the limit; the child's peak memory, or nothing where it failed.
std::optional<std::int64_t> PeakKib(const std::filesystem::path& dir) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{AddressSpaceBytes() + kHeadroomBytes, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_AS, &limit) != 0) ::_exit(9);
    const Result<VerifyReport> report = VerifyExport(OptionsFor(dir));
    ::_exit(report.ok() && report->verdict == Verdict::kVerified ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) return std::nullopt;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return usage.ru_maxrss;
}

TEST(Memory, OfAnAuditDoesNotGrowWithTheLog) {
  if (test::kSanitized) GTEST_SKIP() << "sanitizers reserve address space of their own";
  const test::TempDir dir;
  WriteLongLog(dir.path() / "short", SUANPAN_EVENTS);
  WriteLongLog(dir.path() / "long", std::uint64_t{10} * SUANPAN_EVENTS);
  const std::optional<std::int64_t> small = PeakKib(dir.path() / "short");
  const std::optional<std::int64_t> large = PeakKib(dir.path() / "long");
  ASSERT_TRUE(small.has_value());
  ASSERT_TRUE(large.has_value());
  EXPECT_LE(*large, *small + kRssSlackKib);
}

}  // namespace
}  // namespace suanpan::audit
