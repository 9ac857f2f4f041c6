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

/// What helps; empty where the caller knows better.
std::string_view RemedyOf(const rocksdb::Status& status, StatusCode code, std::string_view message,
                          std::string_view where_damaged) {
  if (code != StatusCode::kCorruption && code != StatusCode::kIo) return {};
  if (const std::string_view remedy = RemedyOfRefusal(message); !remedy.empty()) return remedy;
  if (code == StatusCode::kCorruption || status.IsPathNotFound()) return where_damaged;
  return "look after the disk, then run it again";
}

}  // namespace

Status FromRocksDb(const rocksdb::Status& status, std::string_view doing,
                   std::string_view where_damaged) {
  if (status.ok()) return {};
  const std::string message = MessageOf(status);
  const StatusCode code = CodeOf(status, message);
  const std::string_view remedy = RemedyOf(status, code, message, where_damaged);
  return MakeError(code, "{}: {}{}{}", doing, message, remedy.empty() ? "" : ": ", remedy);
}

std::string_view RemedyOfRefusal(std::string_view message) {
  // Also within an error of RocksDB, which calls a table that it may not open a corruption.
  struct Refusal {
    std::string_view text;
    std::string_view remedy;
  };
  constexpr Refusal kRefusals[] = {
      {"No space left", "make room on the disk and run it again"},
      {"Permission denied",
       "run it as the user whose directory it is, or let this one read and write its files"},
      {"Read-only file system", "mount the file system so that it can be written to"},
      {"Too many open files", "raise the limit of open files (ulimit -n)"},
  };
  for (const Refusal& refusal : kRefusals) {
    if (message.find(refusal.text) != std::string_view::npos) return refusal.remedy;
  }
  return {};
}

std::string MessageOf(const rocksdb::Status& status) {
  constexpr std::string_view kOldEnding = ".ldb";
  std::string message = ToldOnce(status.ToString());
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = message.find(kOldEnding); at != std::string::npos;
       at = message.find(kOldEnding, at + 1)) {
    const std::size_t behind = at + kOldEnding.size();
    if (at == 0 || !is_digit(message[at - 1])) continue;
    if (behind < message.size() && message[behind] == '/') continue;  // a directory of that name
    message.replace(at, kOldEnding.size(), ".sst");
  }
  return message;
}

}  // namespace suanpan::store
