#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "src/context.h"

namespace suanpan::cli {

/// Where a command's result goes: stdout, or --output FILE written beside and renamed when
/// complete.
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
  explicit Output(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}
  std::FILE* file_;
  std::string path_;  ///< empty: stdout
  int error_ = 0;     ///< errno of the first write that failed
};

/// Renders a document and gives the exit code.
int Print(const Context& context, const report::Document& document);

}  // namespace suanpan::cli
