#include "program_run.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "src/program.h"
#include "src/rocksdb/open_on.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/faulty_store.h"
#include "support/test_ledger.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;

/// Planted: in two steps what has to be one.
class WatermarkFirst final : public test::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override {
    SUANPAN_RETURN_IF_ERROR(ForwardingStore::WriteKeys(book, {}, watermark));
    return ForwardingStore::WriteKeys(book, bindings, watermark);
  }
};

/// All of a process but its end.
int RunHere(const Place& place, std::vector<std::string> words, const ProgramCut& cut) {
  const FaultyDisk disk = MakeFaultyDisk();
  FaultyFiles* const files = disk.files;
  auto* const killer = new Killer{*files, cut.kill, place.root};
  files->WatchWith(killer);
  if (cut.guard_write != 0) EndAtGuardWrite(cut.guard_write, cut.guard_cut);
  const auto faults = std::make_shared<test::StoreFaults>();
  if (cut.store_write != 0) faults->CutWrites(cut.store_write);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  const int code = cli::RunProgram(
      static_cast<int>(arguments.size()), arguments.data(),
      {[&](const std::string& path,
           const store::RocksDbOptions& options) -> Result<std::unique_ptr<store::EventStore>> {
         SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> opened,
                                  store::OpenRocksDbOn(disk.env, path, options));
         if (cut.lies_about_sync) files->LieAboutSync();
         opened = std::make_unique<test::FaultyStore>(std::move(opened), faults);
         if (!cut.watermark_first) return opened;
         return std::unique_ptr<store::EventStore>{
             std::make_unique<WatermarkFirst>(std::move(opened))};
       },
       store::OpenRocksDbReader});
  std::fflush(stdout);
  if (cut.power_lost_at_end) files->LosePower();
  std::ofstream{place.root / "finished"} << faults->Writes();
  return code;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

void MakeProgramPlace(const Place& place) {
  MakePlace(place);
  std::ofstream{fs::path{place.guard()}.parent_path() / "log.key"}
      << test::TestSigner().SecretText() << '\n';
  const auto store = store::OpenRocksDb(place.data(), {}).value();
  SUANPAN_INVARIANT(store->PutMeta("vkey", AsBytes(Vkey())).ok());
}

ProgramRun RunProgramOn(const Place& place, const std::vector<std::string>& arguments,
                        const ProgramCut& cut) {
  for (const char* name : {"killed", "synced", "finished"}) fs::remove(place.root / name);
  std::vector<std::string> words{"suanpan",
                                 "--data",
                                 place.data(),
                                 "--key-dir",
                                 fs::path{place.guard()}.parent_path().string(),
                                 "--quiet"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::string output = place.root / "output";
  const std::string errors = place.root / "errors";
  const pid_t child = ::fork();
  SUANPAN_INVARIANT(child >= 0);
  if (child == 0) {
    // Where what a killed process leaves behind goes with the place.
    ::setenv("TMPDIR", place.root.c_str(), 1);
    const bool redirected = std::freopen(output.c_str(), "w", stdout) != nullptr &&
                            std::freopen(errors.c_str(), "w", stderr) != nullptr;
    ::_exit(redirected ? RunHere(place, std::move(words), cut) : 99);
  }
  int status = 0;
  SUANPAN_INVARIANT(::waitpid(child, &status, 0) == child);
  ProgramRun run;
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  SUANPAN_INVARIANT(killed || WIFEXITED(status), "status {}", status);
  run.code = killed ? -1 : WEXITSTATUS(status);
  run.output = ReadAll(output);
  run.errors = ReadAll(errors);
  run.where = ReadAll(place.root / "killed");
  std::uint64_t writes = 0;
  const bool finished = static_cast<bool>(std::ifstream{place.root / "finished"} >> writes);
  run.cut = !finished || (cut.store_write != 0 && writes >= cut.store_write);
  return run;
}

}  // namespace suanpan::fault
