#include "src/output.h"

#include <cerrno>
#include <cstring>

namespace suanpan::cli {

Result<Output> Output::Open(const Context& context) {
  if (context.output.empty()) return Output{stdout, {}};
  std::FILE* file = std::fopen((context.output + ".partial").c_str(), "wb");
  if (file == nullptr)
    return MakeError(StatusCode::kIo, "{}: {}", context.output, std::strerror(errno));
  return Output{file, context.output};
}

Output::Output(Output&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      path_(std::move(other.path_)),
      error_(other.error_) {}

Output::~Output() {
  if (file_ == nullptr || path_.empty()) return;
  std::fclose(file_);
  std::remove((path_ + ".partial").c_str());
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
    const std::string partial = path_ + ".partial";
    if (!failed()) Check(std::rename(partial.c_str(), path_.c_str()) == 0);
    if (failed()) std::remove(partial.c_str());
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

int Print(const Context& context, const report::Document& document) {
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  output->Write(report::Render(document, context.Format()));
  const Status finished = output->Finish();
  return finished.ok() ? kExitOk : Fail(finished);
}

}  // namespace suanpan::cli
