// suanpan on a store that fails once: SUANPAN_FAULT is CODE:WRITTEN:N, as "unknown:yes:2". The Nth
// commit of the process is answered with CODE, and was written all the same where WRITTEN is yes.

#include <cstdlib>

#include "src/program.h"
#include "support/forwarding_store.h"

namespace {

using suanpan::Result;
using suanpan::Status;
using suanpan::StatusCode;

struct Fault {
  StatusCode code = StatusCode::kOk;
  bool written = false;
  std::uint64_t nth = 0;
};

StatusCode CodeOf(std::string_view word) {
  if (word == "ok") return StatusCode::kOk;
  if (word == "unknown") return StatusCode::kUnknown;
  if (word == "conflict") return StatusCode::kConflict;
  SUANPAN_INVARIANT(word == "unavailable", "{}", word);
  return StatusCode::kUnavailable;
}

Fault FaultOfEnvironment() {
  const char* text = std::getenv("SUANPAN_FAULT");
  SUANPAN_INVARIANT(text != nullptr, "SUANPAN_FAULT is not set");
  const std::string_view fault{text};
  const std::size_t first = fault.find(':');
  const std::size_t second = fault.find(':', first + 1);
  return {CodeOf(fault.substr(0, first)), fault.substr(first + 1, second - first - 1) == "yes",
          std::strtoull(text + second + 1, nullptr, 10)};
}

class FaultyStore final : public suanpan::test::ForwardingStore {
 public:
  FaultyStore(std::shared_ptr<EventStore> inner, const Fault& fault)
      : ForwardingStore(std::move(inner)), fault_(fault) {}

  Status Commit(const suanpan::store::CommitGroup& group) override {
    if (++commits_ != fault_.nth) return ForwardingStore::Commit(group);
    if (fault_.written) SUANPAN_RETURN_IF_ERROR(ForwardingStore::Commit(group));
    if (fault_.code == StatusCode::kOk) return {};
    return suanpan::MakeError(fault_.code, "a planted fault");
  }

 private:
  Fault fault_;
  std::uint64_t commits_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const Fault fault = FaultOfEnvironment();
  return suanpan::cli::RunProgram(
      argc, argv,
      [&fault](const std::string& path, const suanpan::store::RocksDbOptions& options)
          -> Result<std::unique_ptr<suanpan::store::EventStore>> {
        SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<suanpan::store::EventStore> store,
                                 suanpan::store::OpenRocksDb(path, options));
        return std::unique_ptr<suanpan::store::EventStore>{
            std::make_unique<FaultyStore>(std::move(store), fault)};
      });
}
