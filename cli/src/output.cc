#include "src/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace suanpan::cli {
namespace {

namespace fs = std::filesystem;

Status CannotOpen(const std::string& path) {
  return MakeError(StatusCode::kIo, "{}: {}", path, std::strerror(errno));
}

/// A new file beside `path` under a name that no other process takes, open for writing.
int MakePartial(const std::string& path, std::string& partial) {
  int file = -1;
  for (int attempt = 0; attempt < 100 && file < 0; ++attempt) {
    partial = fmt::format("{}.{}-{}.partial", path, ::getpid(), attempt);
    file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0 && errno != EEXIST) break;
  }
  return file;
}

}  // namespace

Result<Output> Output::Open(const Context& context) {
  if (context.output.empty()) return Output{stdout, {}, {}};
  std::error_code error;
  std::error_code unseen;  // opening it will tell
  const fs::path target = fs::canonical(context.output, error);
  if (error && fs::is_symlink(fs::symlink_status(context.output, unseen))) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} is a link that leads to no file; name the file itself", context.output);
  }
  const std::string path = error ? context.output : target.string();
  struct stat existing {};
  const bool exists = ::stat(path.c_str(), &existing) == 0;
  if (exists && !S_ISREG(existing.st_mode)) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return CannotOpen(context.output);
    return Output{file, path, {}};
  }
  std::string partial;
  const int descriptor = MakePartial(path, partial);
  if (descriptor < 0) return CannotOpen(context.output);
  if (exists) (void)::fchmod(descriptor, existing.st_mode & 07777U);
  std::FILE* const file = ::fdopen(descriptor, "wb");
  if (file == nullptr) return CannotOpen(context.output);
  return Output{file, path, partial};
}

Output::Output(Output&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      error_(other.error_.load()) {}

Output::~Output() {
  if (file_ == nullptr || path_.empty()) return;
  std::fclose(file_);
  if (!partial_.empty()) std::remove(partial_.c_str());
}

void Output::Write(std::string_view text) {
  if (failed()) return;
  Check(std::fwrite(text.data(), 1, text.size(), file_) == text.size());
}

void Output::Flush() {
  if (!failed()) Check(std::fflush(file_) == 0);
}

Status Output::Finish() {
  Flush();
  if (!path_.empty()) {
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    if (!failed()) Check(closed);
    if (!partial_.empty()) {
      if (!failed()) Check(std::rename(partial_.c_str(), path_.c_str()) == 0);
      if (failed()) std::remove(partial_.c_str());
    }
  }
  if (!failed()) return {};
  return MakeError(StatusCode::kIo, "writing {}: {}", path_.empty() ? "the output" : path_,
                   std::strerror(error_));
}

void Output::Check(bool done) {
  if (done) return;
  error_ = errno;
  if (error_ == EPIPE && path_.empty()) NoteReaderLeft();
}

report::Column UnstoredColumn() { return {"signed_not_stored", "signed, not stored", false}; }

report::Cell CellOf(TreeSize unstored) {
  return unstored == TreeSize{} ? report::Cell{} : report::Cell{unstored.value()};
}

int PrintText(const Context& context, std::string_view text, int code) {
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  output->Write(text);
  const Status finished = output->Finish();
  return finished.ok() ? code : Fail(finished);
}

int Print(const Context& context, const report::Document& document) {
  return PrintText(context, report::Render(document, context.Format()));
}

}  // namespace suanpan::cli
