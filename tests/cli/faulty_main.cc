// suanpan on a store that fails once: SUANPAN_FAULT is CALL:CODE:DONE:N, as "commit:unknown:yes:2".
// The Nth request CALL of the process (support/faulty_store.h), be it to a store or to a reader, is
// answered with CODE, and was done all the same where DONE is yes. What was asked for is told in
// the file that SUANPAN_FAULT_COUNT names: how often CALL was.

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "src/program.h"
#include "support/faulty_store.h"

namespace {

using suanpan::Result;
using suanpan::StatusCode;
using suanpan::test::FaultyReader;
using suanpan::test::FaultyStore;
using suanpan::test::StoreFault;
using suanpan::test::StoreFaults;

StatusCode CodeOf(std::string_view word) {
  if (word == "ok") return StatusCode::kOk;
  if (word == "unknown") return StatusCode::kUnknown;
  if (word == "conflict") return StatusCode::kConflict;
  SUANPAN_INVARIANT(word == "unavailable", "{}", word);
  return StatusCode::kUnavailable;
}

StoreFault FaultOfEnvironment() {
  const char* text = std::getenv("SUANPAN_FAULT");
  SUANPAN_INVARIANT(text != nullptr, "SUANPAN_FAULT is not set");
  std::array<std::string, 4> words;
  std::istringstream parts{text};
  for (std::string& word : words) std::getline(parts, word, ':');
  const auto call = suanpan::test::StoreCallOf(words[0]);
  SUANPAN_INVARIANT(call.has_value(), "{}", text);
  return {.call = *call,
          .code = CodeOf(words[1]),
          .done = words[2] == "yes",
          .nth = std::strtoull(words[3].c_str(), nullptr, 10)};
}

/// `Faulty` around what was opened.
template <class Faulty, class Opened>
Result<std::unique_ptr<Opened>> Wrapped(Result<std::unique_ptr<Opened>> opened,
                                        const std::shared_ptr<StoreFaults>& faults) {
  if (!opened.ok()) return opened;
  return std::unique_ptr<Opened>{std::make_unique<Faulty>(std::move(opened).value(), faults)};
}

}  // namespace

int main(int argc, char** argv) {
  const StoreFault fault = FaultOfEnvironment();
  const auto faults = std::make_shared<StoreFaults>();
  faults->Plant(fault);
  const int code = suanpan::cli::RunProgram(
      argc, argv,
      {[&](const std::string& path, const suanpan::store::RocksDbOptions& options) {
         return Wrapped<FaultyStore>(suanpan::store::OpenRocksDb(path, options), faults);
       },
       [&](const std::string& path) {
         return Wrapped<FaultyReader>(suanpan::store::OpenRocksDbReader(path), faults);
       }});
  if (const char* file = std::getenv("SUANPAN_FAULT_COUNT")) {
    std::ofstream{file} << faults->Count(fault.call);
  }
  return code;
}
