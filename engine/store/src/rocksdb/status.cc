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

/// RocksDB puts the words of its subcode first, and the system's error, which may have the same
/// words, last: "IO error: No such file or directory: While opening F: No such file or directory".
std::string ToldOnce(std::string message) {
  constexpr std::string_view kColon = ": ";
  // Nested errors name their kind twice, too: "Corruption: Corruption: ...".
  const std::size_t kind = message.find(kColon) + kColon.size();
  if (kind >= kColon.size() && message.compare(kind, kind, message, 0, kind) == 0) {
    message.erase(0, kind);
  }
  const std::size_t begin = message.find(kColon);
  const std::size_t end = begin == std::string::npos ? begin : message.find(kColon, begin + 2);
  if (end == std::string::npos) return message;
  const std::string words = message.substr(begin, end - begin);
  if (message.size() >= end + words.size() && message.ends_with(words)) {
    message.erase(begin, words.size());
  }
  return message;
}

}  // namespace

Status FromRocksDb(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  const std::string message = ToldOnce(status.ToString());
  const StatusCode code = CodeOf(status, message);
  return MakeError(code, "{}: {}{}", doing, message,
                   code == StatusCode::kCorruption
                       ? ": a file of the data directory is damaged, use a copy of it"
                       : "");
}

}  // namespace suanpan::store
