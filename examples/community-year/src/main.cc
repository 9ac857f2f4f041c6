// community-year: writes the year of one or many communities as JSON Lines.
//
// Example: community-year --seed 7 --days 31 --output january.jsonl

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <string>

#include "suanpan/community_year/generate.h"

namespace suanpan::community_year {
namespace {

constexpr int kExitCouldNotRun = 3;
constexpr int kExitUsage = 2;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Status WriteError(std::string_view path) {
  return MakeError(StatusCode::kIo, "writing {}: {}", path, std::strerror(errno));
}

Status WriteLines(const YearOptions& options, const std::string& path) {
  std::unique_ptr<std::FILE, CloseFile> opened;
  if (path != "-") {
    opened.reset(std::fopen(path.c_str(), "wb"));
    if (!opened) return WriteError(path);
  }
  std::FILE* file = opened ? opened.get() : stdout;
  const CommandSink sink = [file, &path](std::string_view command) -> Status {
    const bool written = std::fwrite(command.data(), 1, command.size(), file) == command.size() &&
                         std::fputc('\n', file) != EOF;
    return written ? Status{} : WriteError(path);
  };
  SUANPAN_RETURN_IF_ERROR(GenerateYear(options, sink));
  return std::fflush(file) == 0 ? Status{} : WriteError(path);
}

int Run(int argc, char** argv) {
  YearOptions options;
  std::string output = "-";
  CLI::App app{
      "Writes a plausible year 2025 of community stations as JSON Lines, one command a line.\n"
      "Example: community-year --seed 7 --days 31 --output january.jsonl"};
  app.add_option("--seed", options.seed, "equal seeds give equal bytes")->capture_default_str();
  app.add_option("--communities", options.communities, "how many, one book each")
      ->capture_default_str();
  app.add_option("--first", options.first_community, "index of the first community, from 0")
      ->capture_default_str();
  app.add_option("--days", options.days, "days from 2025-01-01")->capture_default_str();
  app.add_option("--vendors", options.vendors, "stalls of a station")->capture_default_str();
  app.add_option("--households", options.households, "households with points")
      ->capture_default_str();
  app.add_option("--sales", options.sales_per_vendor_day, "mean sales of a stall on an open day")
      ->capture_default_str();
  app.add_option("--batch", options.facts_per_command, "facts in one command, at most")
      ->capture_default_str();
  std::string key_form = "uuid";
  app.add_option("--key", key_form, "form of the command keys, uuid or stream")
      ->capture_default_str()
      ->check(CLI::IsMember({"uuid", "stream"}));
  app.add_option("-o,--output", output, "a file, or - for standard output")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    fmt::print(stderr, "community-year: {}; see `community-year --help`\n", error.what());
    return kExitUsage;
  }
  options.key_form = key_form == "stream" ? KeyForm::kStream : KeyForm::kUuid;
  const Status status = WriteLines(options, output);
  if (status.ok()) return 0;
  fmt::print(stderr, "community-year: {}\n", status.ToString());
  return status.code() == StatusCode::kInvalidArgument ? kExitUsage : kExitCouldNotRun;
}

}  // namespace
}  // namespace suanpan::community_year

int main(int argc, char** argv) {
  try {
    return suanpan::community_year::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 3;
  }
}
