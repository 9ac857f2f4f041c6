// How many commands of one sale a second does the program itself take, `suanpan append` reading
// JSON Lines from a file and writing an answer a line, and which part of that is parsing?

#include <benchmark/benchmark.h>

#include <chrono>
#include <fstream>

#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"
#include "support/bench_directory.h"
#include "support/child.h"
#include "support/disk.h"
#include "support/sales.h"

namespace suanpan::bench {
namespace {

constexpr const char* kProgram = SUANPAN_BINARY_DIR "/suanpan";

std::uint32_t SalesWanted() { return Smoke() ? 500 : Quick() ? 60'000 : 300'000; }

void WriteLines(const std::string& path, const std::vector<std::string>& lines) {
  std::ofstream file{path};
  for (const std::string& line : lines) file << line << '\n';
  SUANPAN_INVARIANT(file.flush().good(), "{}", path);
}

std::size_t CountCommitted(const std::string& path) {
  std::ifstream file{path};
  std::size_t committed = 0;
  for (std::string line; std::getline(file, line);)
    if (line.find(R"("result":"committed")") != std::string::npos) ++committed;
  return committed;
}

ChildRun RunProgram(const BenchDirectory& directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {kProgram, "--quiet", "--data", directory / "data"});
  return RunChild(arguments, directory / "answers");
}

/// Seconds to parse the lines and nothing else, with the parser that the program has.
double ParseAll(const std::vector<std::string>& lines) {
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& line : lines) {
    const auto parsed = parser.Parse(line);
    SUANPAN_INVARIANT(std::holds_alternative<schema::Command>(parsed));
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void BM_Lines(benchmark::State& state) {
  const SaleLines lines = MakeSaleLines(1, SalesWanted());
  const std::vector<std::string>& sales = lines.sales.front();
  double seconds = 0;
  double parsing = 0;
  double peak_mib = 0;
  for (auto _ : state) {
    const BenchDirectory directory;
    WriteLines(directory / "opening", lines.opening);
    WriteLines(directory / "sales", sales);
    if (RunProgram(directory, {"init", "--origin", "bench.example"}).exit_code != 0 ||
        RunProgram(directory, {"append", directory / "opening"}).exit_code != 0)
      return state.SkipWithError("the books could not be opened");
    SettleDisk();
    const ChildRun run = RunProgram(directory, {"append", directory / "sales"});
    state.SetIterationTime(run.seconds);
    if (run.exit_code != 0 || CountCommitted(directory / "answers") != sales.size())
      return state.SkipWithError("not every sale was committed");
    seconds = run.seconds;
    peak_mib = static_cast<double>(run.peak_kib) / 1024;
    parsing = ParseAll(sales);
  }
  const auto commands = static_cast<double>(sales.size());
  state.counters["commands"] = commands;
  state.counters["commands/s"] = commands / seconds;
  state.counters["parsed_commands/s"] = commands / parsing;
  state.counters["parsing_of_all"] = parsing / seconds;
  state.counters["peak_MiB"] = peak_mib;
  state.SetLabel(
      "suanpan append from a file to a file, 1,000 commands under way, from start to exit of the "
      "process; parsed: the same lines through the parser alone, one thread");
}

BENCHMARK(BM_Lines)
    ->Name("BM_Lines/sales")
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace suanpan::bench
