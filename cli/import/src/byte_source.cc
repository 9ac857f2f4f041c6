#include "suanpan/import/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace suanpan::import {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

class FileSource final : public ByteSource {
 public:
  FileSource(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}

  Result<std::size_t> Read(std::span<char> out) override {
    const std::size_t size = std::fread(out.data(), 1, out.size(), file_.get());
    if (size == 0 && std::ferror(file_.get()) != 0) {
      return MakeError(StatusCode::kIo, "reading {}: {}", path_, std::strerror(errno));
    }
    return size;
  }

 private:
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::string path_;
};

}  // namespace

Result<std::size_t> MemorySource::Read(std::span<char> out) {
  const std::size_t size = std::min(out.size(), rest_.size());
  std::copy_n(rest_.data(), size, out.data());
  rest_.remove_prefix(size);
  return size;
}

Result<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) {
    const int cause = errno;
    return MakeError(cause == ENOENT ? StatusCode::kNotFound : StatusCode::kIo, "opening {}: {}",
                     path, std::strerror(cause));
  }
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(file, path));
}

}  // namespace suanpan::import
