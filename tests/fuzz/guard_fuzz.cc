// The guard file from arbitrary bytes, as they are and with checksums that fit: no crash; what is
// read stays until a larger head is written; after a write that head is read, and a write that was
// torn leaves the head before it.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "suanpan/base/invariant.h"
#include "suanpan/engine/guard.h"
#include "suanpan/proof/sha256.h"

namespace {

using suanpan::BookNo;
using suanpan::engine::Guard;
using suanpan::engine::GuardMark;

constexpr std::string_view kVkey = "books.example+00000000+AAAA";
constexpr std::size_t kRecordBytes = 64;
constexpr std::size_t kFirstBook = 4096;  ///< docs/format.md: where the slots begin
constexpr std::uint32_t kBooks = 2;

/// A file in memory that has a path.
class MemoryFile {
 public:
  explicit MemoryFile(suanpan::ByteSpan bytes) : file_(::memfd_create("guard", 0)) {
    SUANPAN_INVARIANT(file_ >= 0);
    Put(0, bytes);
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  void Put(std::size_t at, suanpan::ByteSpan bytes) const {
    const ssize_t wrote = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    SUANPAN_INVARIANT(wrote == static_cast<ssize_t>(bytes.size()));
  }
  [[nodiscard]] std::string Bytes() const {
    std::string bytes(static_cast<std::size_t>(::lseek(file_, 0, SEEK_END)), '\0');
    const ssize_t read = ::pread(file_, bytes.data(), bytes.size(), 0);
    SUANPAN_INVARIANT(read == static_cast<ssize_t>(bytes.size()));
    return bytes;
  }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

void CloseRecords(std::string& bytes) {
  for (std::size_t at = 0; at + kRecordBytes <= bytes.size(); at += kRecordBytes) {
    const std::string_view checked = std::string_view{bytes}.substr(at, kRecordBytes - 8);
    if (checked.find_first_not_of('\0') == std::string_view::npos) continue;
    const suanpan::Hash32 hash = suanpan::proof::Sha256(suanpan::AsBytes(checked));
    std::memcpy(bytes.data() + at + kRecordBytes - 8, hash.bytes.data(), 8);
  }
}

/// A head that is larger than what any slot of the book has; nothing where there is none.
std::optional<GuardMark> Larger(const suanpan::engine::GuardedHeads& heads) {
  std::uint64_t largest = 0;
  for (const auto& mark : {heads.signed_head, heads.durable}) {
    if (mark) largest = std::max(largest, mark->size.value());
  }
  if (largest == ~std::uint64_t{0}) return std::nullopt;
  return GuardMark{suanpan::TreeSize{largest + 1}, suanpan::Hash32{{7, 7}}};
}

/// The write that led from `before` to what the file is now, done by half.
void Tear(const MemoryFile& file, std::string before) {
  const std::string after = file.Bytes();
  before.resize(after.size());
  const auto first = std::ranges::mismatch(before, after).in1 - before.begin();
  std::copy_n(after.begin(), std::min<std::ptrdiff_t>(first + 24, std::ssize(after)),
              before.begin());
  file.Put(0, suanpan::AsBytes(before));
}

void TryBook(const MemoryFile& file, const Guard& reader, Guard& writer, BookNo book) {
  const auto heads = reader.Read(book);
  if (!heads.ok()) return;
  const std::optional<GuardMark> mark = Larger(*heads);
  if (!mark) return;
  const std::string before = file.Bytes();
  SUANPAN_INVARIANT(writer.WriteDurable(book, *mark).ok());
  if (heads->durable) {
    const std::string whole = file.Bytes();
    Tear(file, before);
    const auto torn = reader.Read(book);
    SUANPAN_INVARIANT(torn.ok() && (torn->durable == heads->durable || torn->durable == mark));
    file.Put(0, suanpan::AsBytes(whole));
  }
  const auto after = reader.Read(book);
  SUANPAN_INVARIANT(after.ok() && after->durable == mark);
  SUANPAN_INVARIANT(after->signed_head == heads->signed_head);
  SUANPAN_INVARIANT(writer.WriteSigned(book, *mark).ok());
  SUANPAN_INVARIANT(reader.Read(book)->signed_head == mark);
}

/// What restoring does: whatever was there, the head that it goes back to is read, and then none.
void GoBack(const Guard& reader, Guard& writer, BookNo book) {
  SUANPAN_INVARIANT(reader.ReadRemains(book).ok());
  const GuardMark mark{suanpan::TreeSize{3}, suanpan::Hash32{{9}}};
  SUANPAN_INVARIANT(writer.GoBack(book, mark).ok());
  const auto back = reader.Read(book);
  SUANPAN_INVARIANT(back.ok() && back->durable == mark && back->signed_head == mark);
  SUANPAN_INVARIANT(writer.Forget(book).ok());
  const auto none = reader.Read(book);
  SUANPAN_INVARIANT(none.ok() && !none->durable && !none->signed_head);
}

void Try(suanpan::ByteSpan bytes) {
  const MemoryFile file{bytes};
  const auto reader = Guard::Open(file.path(), kVkey, Guard::Mode::kRead);
  if (!reader.ok()) return;
  const auto writer = Guard::Open(file.path(), kVkey, Guard::Mode::kWrite);
  SUANPAN_INVARIANT(writer.ok());
  SUANPAN_INVARIANT((*reader)->LastBook().ok());
  for (std::uint32_t book = 1; book <= kBooks; ++book) {
    TryBook(file, **reader, **writer, BookNo{book});
    GoBack(**reader, **writer, BookNo{book});
  }
}

/// The input as the slots of a file that begins as it should.
std::string WithHead(suanpan::ByteSpan slots) {
  static const std::string head = [] {
    const suanpan::Hash32 owner = suanpan::proof::Sha256(suanpan::AsBytes(kVkey));
    std::string record{"suanpan guard\0\0\1", 16};
    record += suanpan::AsText(owner.bytes);
    record.resize(kRecordBytes);
    return record;
  }();
  std::string bytes = head;
  bytes.resize(kFirstBook);
  bytes += suanpan::AsText(slots);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4 * kFirstBook) return 0;
  const suanpan::ByteSpan bytes{data, size};
  Try(bytes);
  std::string closed = WithHead(bytes);
  CloseRecords(closed);
  Try(suanpan::AsBytes(closed));
  return 0;
}
