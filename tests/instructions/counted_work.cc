// The work of one question on a fixed input, of which callgrind counts only what lies between
// StartCounting and StopCounting. Prints what it ran on and how many stored events that was;
// `count` reads it.

#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <lz4.h>
#include <openssl/crypto.h>

#include <map>

#include "counting.h"
#include "fixed_input.h"
#include "suanpan/audit/verify.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"

namespace suanpan::instructions {
namespace {

std::uint64_t Append(std::uint32_t facts_per_command) {
  const auto input = MakeInput(facts_per_command);
  const bench::BenchDirectory directory;
  const std::shared_ptr<store::EventStore> store =
      store::OpenRocksDb(directory / "data", {.create = true}).value();
  AppendInGroups(store, *input, facts_per_command, StartCounting, StopCounting);
  const auto replayed = replay::ReplayBook(*store, BookNo{1}, {}).value();
  SUANPAN_INVARIANT(replayed.root == input->expected.root);
  return input->events;
}

std::uint64_t Replay() {
  const auto input = MakeInput(1);
  const bench::BenchDirectory directory;
  MakeData(directory / "data", *input);
  const auto store = store::OpenRocksDb(directory / "data").value();
  StartCounting();
  const auto replayed = replay::ReplayBook(*store, BookNo{1}, {});
  StopCounting();
  SUANPAN_INVARIANT(engine::DigestState(*replayed.value().state) == input->expected.state);
  return input->events;
}

std::uint64_t Verify() {
  const auto input = MakeInput(1);
  const bench::BenchDirectory directory;
  MakeData(directory / "data", *input);
  audit::VerifyOptions options;
  options.vkey = Export(directory / "data", directory / "out", *input);
  options.dir = directory / "out";
  StartCounting();
  const Result<audit::VerifyReport> report = audit::VerifyExport(options);
  StopCounting();
  SUANPAN_INVARIANT(report.value().verdict == audit::Verdict::kVerified);
  SUANPAN_INVARIANT(report.value().books.front().events == input->events);
  return input->events;
}

/// What the counts depend on beside our sources. Of OpenSSL and of the compiler no more than what
/// changes code: both get repairs under the same name.
std::string Setting() {
#if defined(__clang__)
  const std::string compiler = fmt::format("clang {}", __clang_major__);
#else
  const std::string compiler = fmt::format("g++ {}", __GNUC__);
#endif
#if defined(__OPTIMIZE__) && defined(NDEBUG)
  const std::string_view build = "release";
#else
  const std::string_view build = "not a release";
#endif
#if defined(__x86_64__)
  const std::string_view processor =
      __builtin_cpu_supports("avx2") != 0 ? "x86-64 with AVX2" : "x86-64 without AVX2";
#else
  const std::string_view processor = "not x86-64";
#endif
  return fmt::format("{}, {}, RocksDB {}, OpenSSL {}.{}, LZ4 {}, glibc {}, {}", compiler, build,
                     store::RocksDbVersion(), OPENSSL_version_major(), OPENSSL_version_minor(),
                     LZ4_versionString(), ::gnu_get_libc_version(), processor);
}

int Main(std::string_view question) {
  const std::map<std::string_view, std::function<std::uint64_t()>> questions{
      {"append", [] { return Append(1); }},
      {"append-100", [] { return Append(100); }},
      {"replay", Replay},
      {"verify", Verify}};
  const auto asked = questions.find(question);
  if (asked == questions.end()) {
    fmt::print(stderr, "usage: counted_work append|append-100|replay|verify\n");
    return 2;
  }
  fmt::print("setting: {}\n", Setting());
  fmt::print("events: {}\n", asked->second());
  return 0;
}

}  // namespace
}  // namespace suanpan::instructions

int main(int argc, char** argv) { return suanpan::instructions::Main(argc == 2 ? argv[1] : ""); }
