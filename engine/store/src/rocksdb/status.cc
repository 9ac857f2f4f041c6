#include "src/rocksdb/status.h"

namespace suanpan::store {
namespace {

/// RocksDB reports a taken lock as a plain I/O error; only its text tells: the first is another
/// process's, the second our own's.
bool IsLockTaken(std::string_view message) {
  return message.find("While lock file") != std::string_view::npos ||
         message.find("lock hold by current process") != std::string_view::npos;
}

StatusCode CodeOf(const rocksdb::Status& status, std::string_view message) {
  switch (status.code()) {
    case rocksdb::Status::kOk:
      return StatusCode::kOk;
    case rocksdb::Status::kNotFound:
      return StatusCode::kNotFound;
    case rocksdb::Status::kCorruption:
      return StatusCode::kCorruption;
    case rocksdb::Status::kIOError:
      return IsLockTaken(message) ? StatusCode::kBusy : StatusCode::kIo;
    case rocksdb::Status::kBusy:
    case rocksdb::Status::kTimedOut:
    case rocksdb::Status::kTryAgain:
    case rocksdb::Status::kIncomplete:
      return StatusCode::kUnavailable;
    case rocksdb::Status::kInvalidArgument:
    case rocksdb::Status::kNotSupported:
      return StatusCode::kFailedPrecondition;
    default:
      return StatusCode::kIo;
  }
}

}  // namespace

Status FromRocksDb(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  const std::string message = status.ToString();
  const StatusCode code = CodeOf(status, message);
  return MakeError(code, "{}: {}{}", doing, message,
                   code == StatusCode::kCorruption
                       ? ": a file of the data directory is damaged, use a copy of it"
                       : "");
}

}  // namespace suanpan::store
