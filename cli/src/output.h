#pragma once

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>

#include "src/context.h"

namespace suanpan::cli {

/// Where a command's result goes: stdout, or --output FILE. A file is written beside, with the
/// permissions of the one it replaces, and renamed when complete; through a link the file it leads
/// to is replaced. What is no file (a device, a pipe) is written to as it is.
class Output {
 public:
  [[nodiscard]] static Result<Output> Open(const Context& context);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  void Write(std::string_view text);
  void Flush();
  [[nodiscard]] bool failed() const { return error_ != 0; }
  /// Must be called on success; reports a full disk or closed pipe.
  [[nodiscard]] Status Finish();

 private:
  void Check(bool done);
  Output(std::FILE* file, std::string path, std::string partial)
      : file_(file), path_(std::move(path)), partial_(std::move(partial)) {}
  std::FILE* file_;
  std::string path_;            ///< empty: stdout
  std::string partial_;         ///< becomes path_; empty: written to path_ itself
  std::atomic<int> error_ = 0;  ///< errno of a write that failed; one thread at a time writes
};

/// How every table tells heads that were signed and are not stored: their size, nothing for 0.
[[nodiscard]] report::Column UnstoredColumn();
[[nodiscard]] report::Cell CellOf(TreeSize unstored);

/// Prints a text as it is and gives `code`, or that of the error.
int PrintText(const Context& context, std::string_view text, int code = kExitOk);
/// Renders a document and gives the exit code.
int Print(const Context& context, const report::Document& document);

}  // namespace suanpan::cli
