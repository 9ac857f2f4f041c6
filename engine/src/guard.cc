#include "suanpan/engine/guard.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "suanpan/base/invariant.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::engine {
namespace {

constexpr std::string_view kMagic{"suanpan guard\0\0\1", 16};  // the last byte is the version
constexpr std::size_t kRecordBytes = 64;
constexpr std::size_t kChecked = kRecordBytes - 8;  ///< bytes before the checksum
constexpr std::uint64_t kFirstBook = 4096;
constexpr std::size_t kCopies = 2;
constexpr std::size_t kSlots = 2;
constexpr std::uint64_t kBookBytes = kSlots * kCopies * kRecordBytes;

using Record = std::array<std::uint8_t, kRecordBytes>;

/// The first 8 bytes of SHA-256: finds what a disk does to a record, not what a forger does.
std::array<std::uint8_t, 8> ChecksumOf(const Record& record) {
  const Hash32 hash = proof::Sha256({record.data(), kChecked});
  std::array<std::uint8_t, 8> sum{};
  std::memcpy(sum.data(), hash.bytes.data(), sum.size());
  return sum;
}
void Close(Record& record) {
  const auto sum = ChecksumOf(record);
  std::memcpy(record.data() + kChecked, sum.data(), sum.size());
}
bool IsWhole(const Record& record) {
  const auto sum = ChecksumOf(record);
  return std::memcmp(record.data() + kChecked, sum.data(), sum.size()) == 0;
}
bool IsBlank(const Record& record) {
  return std::all_of(record.begin(), record.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// magic 16 | SHA-256 of the data directory's verifier key 32 | zeros 8 | checksum 8
Record HeadOf(std::string_view vkey) {
  Record record{};
  std::memcpy(record.data(), kMagic.data(), kMagic.size());
  const Hash32 owner = proof::Sha256(AsBytes(vkey));
  std::memcpy(record.data() + kMagic.size(), owner.bytes.data(), owner.bytes.size());
  Close(record);
  return record;
}

/// book u32 | slot u8 | copy u8 | zeros 2 | size u64 | root 32 | zeros 8 | checksum 8
Record RecordOf(BookNo book, std::uint8_t slot, std::uint8_t copy, const GuardMark& mark) {
  std::string bytes;
  AppendLittle(bytes, book.value());
  AppendLittle(bytes, slot);
  AppendLittle(bytes, copy);
  AppendLittle(bytes, std::uint16_t{0});
  AppendLittle(bytes, mark.size.value());
  bytes += AsText(mark.root.bytes);
  Record record{};
  std::memcpy(record.data(), bytes.data(), bytes.size());
  Close(record);
  return record;
}

off_t PlaceOf(BookNo book, std::uint8_t slot, std::uint8_t copy) {
  const std::uint64_t slots = (book.value() - std::uint64_t{1}) * kSlots + slot - 1U;
  return static_cast<off_t>(kFirstBook + (slots * kCopies + copy) * kRecordBytes);
}

Status SystemError(std::string_view doing, const std::string& path, int error) {
  return MakeError(StatusCode::kIo, "{} {}: {}", doing, path, std::strerror(error));
}
Status Damaged(const std::string& path, std::string_view what) {
  return MakeError(StatusCode::kCorruption,
                   "guard_damaged: {}: {}; put back a copy of the key directory that is not older "
                   "than the data; if there is none, {}",
                   path, what, kAcceptLoss);
}

/// Nothing where the file ends before it; zeros for what is missing of a record that was torn.
Result<std::optional<Record>> ReadAt(int file, const std::string& path, off_t at) {
  Record record{};
  std::size_t done = 0;
  while (done < record.size()) {
    const ssize_t got =
        ::pread(file, record.data() + done, record.size() - done, at + static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("reading", path, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done == 0 ? std::optional<Record>{} : std::optional{record};
}

Status WriteAt(int file, const std::string& path, off_t at, const Record& record) {
  std::size_t done = 0;
  while (done < record.size()) {
    const ssize_t wrote =
        ::pwrite(file, record.data() + done, record.size() - done, at + static_cast<off_t>(done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return SystemError("writing", path, errno);
    done += static_cast<std::size_t>(wrote);
  }
  return {};
}

/// `name`, or with the first number behind it that nothing has.
std::string FreeName(const std::string& name) {
  std::string free = name;
  std::error_code none;  // what cannot be looked at, renaming will tell
  for (int n = 2; std::filesystem::exists(std::filesystem::symlink_status(free, none)); ++n) {
    free = fmt::format("{}.{}", name, n);
  }
  return free;
}

Status SyncDirectoryOf(const std::string& path) {
  const std::string folder = std::filesystem::path{path}.parent_path().string();
  const int directory =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return SystemError("opening", folder, errno);
  const bool synced = ::fsync(directory) == 0;
  const int error = errno;
  ::close(directory);
  return synced ? Status{} : SystemError("syncing", folder, error);
}

}  // namespace

Status Guard::Create(const std::string& path, std::string_view vkey) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0 && errno == EEXIST) {
    return MakeError(StatusCode::kFailedPrecondition, "{} is there already", path);
  }
  if (file < 0) return SystemError("making", path, errno);
  Status written = WriteAt(file, path, 0, HeadOf(vkey));
  if (written.ok() && ::fsync(file) != 0) written = SystemError("syncing", path, errno);
  ::close(file);
  SUANPAN_RETURN_IF_ERROR(std::move(written));
  return SyncDirectoryOf(path);
}

Status Guard::Replace(const std::string& path, std::string_view vkey,
                      std::span<const std::pair<BookNo, GuardMark>> heads) {
  const std::string made = path + ".new";
  if (::unlink(made.c_str()) != 0 && errno != ENOENT) return SystemError("removing", made, errno);
  SUANPAN_RETURN_IF_ERROR(Create(made, vkey));
  {
    SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<Guard> guard, Open(made, vkey, Mode::kWrite));
    for (const auto& [book, mark] : heads) {
      SUANPAN_RETURN_IF_ERROR(guard->WriteSlot(book, Slot::kSigned, mark));
      SUANPAN_RETURN_IF_ERROR(guard->WriteSlot(book, Slot::kDurable, mark));
    }
    SUANPAN_RETURN_IF_ERROR(guard->Sync());
  }
  const std::string damaged = FreeName(path + ".damaged");
  if (::rename(path.c_str(), damaged.c_str()) != 0 && errno != ENOENT) {
    return SystemError("moving away", path, errno);
  }
  if (::rename(made.c_str(), path.c_str()) != 0) return SystemError("renaming", made, errno);
  return SyncDirectoryOf(path);
}

Result<std::unique_ptr<Guard>> Guard::Open(const std::string& path, std::string_view vkey,
                                           Mode mode) {
  const int flags = mode == Mode::kWrite ? O_RDWR : O_RDONLY;
  const int file = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    return MakeError(StatusCode::kCorruption,
                     "guard_missing: there is no {}, which knows what this log has promised; name "
                     "the key directory with --key-dir, or put back a copy of it that is not older "
                     "than the data; if there is none, {}",
                     path, kAcceptLoss);
  }
  if (file < 0) return SystemError("opening", path, errno);
  std::unique_ptr<Guard> guard{new Guard{path, file}};
  struct stat status {};
  if (::fstat(file, &status) != 0) return SystemError("looking at", path, errno);
  if (!S_ISREG(status.st_mode)) return Damaged(path, "it is no file");
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<Record> head, ReadAt(file, path, 0));
  if (!head || !IsWhole(*head) || std::memcmp(head->data(), kMagic.data(), kMagic.size()) != 0) {
    return Damaged(path, "it does not begin as a guard file does");
  }
  if (*head == HeadOf(vkey)) return guard;
  return MakeError(
      StatusCode::kCorruption,
      "guard_foreign: {} belongs to another data directory; name the key directory of "
      "this one with --key-dir, or put back its own guard; if there is none, move this "
      "one away, and {}",
      path, kAcceptLoss);
}

Guard::~Guard() { ::close(file_); }

Result<GuardedHeads> Guard::Read(BookNo book) const {
  GuardedHeads heads;
  SUANPAN_ASSIGN_OR_RETURN(heads.signed_head, ReadSlot(book, Slot::kSigned));
  SUANPAN_ASSIGN_OR_RETURN(heads.durable, ReadSlot(book, Slot::kDurable));
  return heads;
}

Result<Guard::Copy> Guard::ReadCopy(BookNo book, Slot slot, std::uint8_t copy) const {
  const auto number = static_cast<std::uint8_t>(slot);
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<Record> record,
                           ReadAt(file_, path_, PlaceOf(book, number, copy)));
  if (!record || IsBlank(*record)) return Copy{};
  GuardMark mark;
  mark.size = TreeSize{LoadLittle<std::uint64_t>(record->data() + 8)};
  std::memcpy(mark.root.bytes.data(), record->data() + 16, mark.root.bytes.size());
  // A record that is whole but was made for another place is none.
  if (*record != RecordOf(book, number, copy, mark)) return Copy{.mark = {}, .torn = true};
  return Copy{.mark = mark, .torn = false};
}

Result<Guard::Copies> Guard::ReadCopies(BookNo book, Slot slot) const {
  Copies copies;
  auto& [first, second] = copies.both;
  SUANPAN_ASSIGN_OR_RETURN(first, ReadCopy(book, slot, 0));
  SUANPAN_ASSIGN_OR_RETURN(second, ReadCopy(book, slot, 1));
  const bool second_is = first.mark && (!second.mark || second.mark->size < first.mark->size);
  copies.older = std::uint8_t{second_is};
  return copies;
}

Result<std::optional<GuardMark>> Guard::ReadSlot(BookNo book, Slot slot) const {
  SUANPAN_ASSIGN_OR_RETURN(const Copies copies, ReadCopies(book, slot));
  const bool torn = copies.both[0].torn || copies.both[1].torn;
  if (!copies.newer_mark() && torn) {
    return Damaged(path_, fmt::format("no copy of slot {} of book {} can be read",
                                      static_cast<int>(slot), book.value()));
  }
  return copies.newer_mark();
}

Result<GuardedHeads> Guard::ReadEarlier(BookNo book) const {
  SUANPAN_ASSIGN_OR_RETURN(const Copies of_signed, ReadCopies(book, Slot::kSigned));
  SUANPAN_ASSIGN_OR_RETURN(const Copies of_durable, ReadCopies(book, Slot::kDurable));
  return GuardedHeads{of_signed.older_mark(), of_durable.older_mark()};
}

Status Guard::WriteSlot(BookNo book, Slot slot, const GuardMark& mark) {
  if (book.value() > kGuardedBooksMax) {
    return MakeError(StatusCode::kOutOfRange, "a guard knows {} books at most", kGuardedBooksMax);
  }
  // Over the older copy, so that the newer one stays whole whatever becomes of this write.
  const auto number = static_cast<std::uint8_t>(slot);
  SUANPAN_ASSIGN_OR_RETURN(const Copies copies, ReadCopies(book, slot));
  return WriteAt(file_, path_, PlaceOf(book, number, copies.older),
                 RecordOf(book, number, copies.older, mark));
}

Status Guard::SetSlot(BookNo book, Slot slot, const std::optional<GuardMark>& mark) {
  const auto number = static_cast<std::uint8_t>(slot);
  SUANPAN_ASSIGN_OR_RETURN(const Copies copies, ReadCopies(book, slot));
  // The larger head counts until it is gone, and then the other copy is on disk.
  for (const unsigned turn : {0U, 1U}) {
    const auto copy = static_cast<std::uint8_t>(copies.older ^ turn);
    const Record record = mark ? RecordOf(book, number, copy, *mark) : Record{};
    SUANPAN_RETURN_IF_ERROR(WriteAt(file_, path_, PlaceOf(book, number, copy), record));
    SUANPAN_RETURN_IF_ERROR(Sync());
  }
  return {};
}

Status Guard::Sync() {
  return ::fdatasync(file_) == 0 ? Status{} : SystemError("syncing", path_, errno);
}

Status Guard::GoBack(BookNo book, const GuardMark& mark) {
  SUANPAN_RETURN_IF_ERROR(SetSlot(book, Slot::kDurable, mark));
  return SetSlot(book, Slot::kSigned, mark);
}

Status Guard::Forget(BookNo book) {
  SUANPAN_RETURN_IF_ERROR(SetSlot(book, Slot::kDurable, std::nullopt));
  return SetSlot(book, Slot::kSigned, std::nullopt);
}

Result<Guard::Remains> Guard::ReadRemains(BookNo book) const {
  Remains remains;
  const auto take = [&](Slot slot, std::optional<GuardMark>& mark) -> Status {
    Result<std::optional<GuardMark>> read = ReadSlot(book, slot);
    if (read.ok()) {
      mark = *read;
    } else if (read.error().code() == StatusCode::kCorruption) {
      remains.damaged = true;
    } else {
      return std::move(read).error();
    }
    return {};
  };
  SUANPAN_RETURN_IF_ERROR(take(Slot::kSigned, remains.heads.signed_head));
  SUANPAN_RETURN_IF_ERROR(take(Slot::kDurable, remains.heads.durable));
  return remains;
}

Result<BookNo> Guard::LastBook() const {
  struct stat status {};
  if (::fstat(file_, &status) != 0) return SystemError("looking at", path_, errno);
  const auto bytes = static_cast<std::uint64_t>(status.st_size);
  // Whoever looks for books goes through all of them.
  if (bytes > kFirstBook + kBookBytes * kGuardedBooksMax) {
    return Damaged(path_, fmt::format("it is longer than that of {} books", kGuardedBooksMax));
  }
  if (bytes <= kFirstBook) return BookNo{};
  return BookNo{static_cast<std::uint32_t>((bytes - kFirstBook + kBookBytes - 1) / kBookBytes)};
}

Status Guard::WriteDurable(BookNo book, const GuardMark& mark) {
  return WriteSlot(book, Slot::kDurable, mark);
}

Status Guard::WriteSigned(BookNo book, const GuardMark& mark) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<GuardMark> before, ReadSlot(book, Slot::kSigned));
  if (before && (mark.size < before->size || (mark.size == before->size && mark != *before))) {
    return MakeError(
        StatusCode::kCorruption,
        "log_differs: a head of {} entries was signed already, and this one of {} does not "
        "continue it: keep this data directory, and restore a copy of it that has what was signed",
        before->size.value(), mark.size.value());
  }
  if (before != mark) SUANPAN_RETURN_IF_ERROR(WriteSlot(book, Slot::kSigned, mark));
  return Sync();
}

}  // namespace suanpan::engine
