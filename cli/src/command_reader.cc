#include "src/command_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "src/context.h"
#include "suanpan/schema/entry_format.h"

namespace suanpan::cli {
namespace {
constexpr std::size_t kLineBytesMax =
    schema::kRequestBytesMax + 1;  // one more, so that the parser sees it is too long
constexpr std::size_t kReadBytes = std::size_t{256} * 1024;
}  // namespace

Result<CommandReader> CommandReader::Open(const std::string& path) {
  if (path == "-") return CommandReader{STDIN_FILENO};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return MakeError(StatusCode::kIo, "{}: {}", path, std::strerror(errno));
  return CommandReader{file};
}

CommandReader::CommandReader(CommandReader&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      buffer_(std::move(other.buffer_)),
      position_(other.position_),
      line_(other.line_),
      ended_(other.ended_) {}

CommandReader::~CommandReader() {
  if (file_ > STDIN_FILENO) ::close(file_);
}

bool CommandReader::WouldWait() const {
  if (ended_ || buffer_.find('\n', position_) != std::string::npos) return false;
  pollfd ready{file_, POLLIN, 0};
  return ::poll(&ready, 1, 0) == 0;
}

Result<bool> CommandReader::Fill() {
  buffer_.erase(0, position_);
  position_ = 0;
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kReadBytes);
  const ssize_t got = ::read(file_, buffer_.data() + had, kReadBytes);
  const int error = errno;
  buffer_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got < 0 && error == EINTR) return Interrupted() ? false : Fill();
  if (got < 0) return MakeError(StatusCode::kIo, "reading commands: {}", std::strerror(error));
  return got > 0;
}

Result<std::optional<std::string_view>> CommandReader::Next() {
  std::size_t searched = position_;
  bool cut = false;
  while (true) {
    if (Interrupted()) return std::optional<std::string_view>{};
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      std::string_view line{buffer_.data() + position_, end - position_};
      if (cut || line.size() > kLineBytesMax) line = line.substr(0, kLineBytesMax);
      position_ = end + 1;
      ++line_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      return std::optional{line};
    }
    if (ended_) break;
    if (buffer_.size() - position_ > kLineBytesMax) {
      buffer_.resize(position_ +
                     kLineBytesMax);  // the rest of an endless line is dropped as it comes
      cut = true;
    }
    searched = buffer_.size() - position_;
    SUANPAN_ASSIGN_OR_RETURN(const bool more, Fill());
    if (!more) ended_ = true;
  }
  if (Interrupted() || position_ == buffer_.size()) return std::optional<std::string_view>{};
  const std::string_view line{buffer_.data() + position_, buffer_.size() - position_};
  position_ = buffer_.size();
  ++line_;
  return std::optional{line};
}

}  // namespace suanpan::cli
