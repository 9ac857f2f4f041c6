#pragma once

// The guard: what a log has promised, remembered outside the data directory and its backups. A
// damaged or restored data directory may open as a shorter log that looks well; the guard tells.
//
// One file per data directory, in the key directory. Per book it has two slots, each kept twice so
// that a torn write leaves the older one (docs/format.md has the bytes):
//   signed   the head signed last; on disk before the signature leaves
//   durable  the head whose entries may have been acknowledged; written after the log's own sync,
//            before any acknowledgement and without a sync of its own: it survives the end of the
//            process, and after a loss of power it may be older
// Alarms are kCorruption and begin with their name: guard_missing, guard_foreign, guard_damaged,
// guard_older, log_shorter, log_differs. None is ever repaired; what may be admitted is in
// restore.h.
//
// Bytes: docs/format.md, "The guard". Reasons: docs/decisions/0012 to 0014.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/store/event_store.h"

namespace suanpan::engine {

/// The last remedy of an alarm, and not a cure: entries that were promised are given up.
inline constexpr std::string_view kAcceptLoss =
    "`suanpan restore` tells what is lost, and with --accept-loss goes on without it";

/// Its name, "log_shorter" of "log_shorter: the log has ...".
[[nodiscard]] constexpr std::string_view AlarmIn(std::string_view text) {
  return text.substr(0, text.find(':'));
}

/// Books of one data directory, by their numbers; a longer file is none of ours.
inline constexpr std::uint32_t kGuardedBooksMax = 1'000'000;

/// A head of a book's tree.
struct GuardMark {
  TreeSize size;
  Hash32 root;
  friend bool operator==(const GuardMark&, const GuardMark&) = default;
};

/// What is remembered of one book; nothing where nothing was promised yet.
struct GuardedHeads {
  std::optional<GuardMark> signed_head;
  std::optional<GuardMark> durable;
  friend bool operator==(const GuardedHeads&, const GuardedHeads&) = default;
};

/// The open file. Reading may be done beside a writer in another process; one thread at a time
/// writes durable slots, another may write signed ones.
class Guard {
 public:
  enum class Mode { kRead, kWrite };

  /// Makes the file for the data directory whose verifier key is `vkey`, and syncs it with its
  /// directory. kFailedPrecondition where there is one.
  [[nodiscard]] static Status Create(const std::string& path, std::string_view vkey);
  /// guard_missing: no such file. guard_foreign: that of another data directory. guard_damaged: no
  /// guard file. kIo: it cannot be read (or written, in Mode::kWrite).
  [[nodiscard]] static Result<std::unique_ptr<Guard>> Open(const std::string& path,
                                                           std::string_view vkey, Mode mode);
  /// A new file in the place of one that is missing or damaged, with `heads` as both heads of each
  /// book; all of it or nothing of it. What was there is kept as PATH.damaged,
  /// or PATH.damaged.2 and so on where an earlier one has that name.
  [[nodiscard]] static Status Replace(const std::string& path, std::string_view vkey,
                                      std::span<const std::pair<BookNo, GuardMark>> heads);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// guard_damaged: a slot of which no copy can be read.
  [[nodiscard]] Result<GuardedHeads> Read(BookNo book) const;

  /// Not synced. The size must not decrease. kIo: not known whether it was written.
  [[nodiscard]] Status WriteDurable(BookNo book, const GuardMark& mark);
  /// Synced when ok. The size must not decrease, and at the same size the root is the same
  /// (log_differs otherwise, and nothing is written).
  [[nodiscard]] Status WriteSigned(BookNo book, const GuardMark& mark);

  /// The other copies, which do not count: older heads of the same book, where they are whole.
  [[nodiscard]] Result<GuardedHeads> ReadEarlier(BookNo book) const;

  /// What can still be read of a book where Read is guard_damaged.
  struct Remains {
    GuardedHeads heads;
    bool damaged = false;
    friend bool operator==(const Remains&, const Remains&) = default;
  };
  [[nodiscard]] Result<Remains> ReadRemains(BookNo book) const;
  /// The last book that may ever have been promised anything; 0 where none was. guard_damaged:
  /// beyond kGuardedBooksMax.
  [[nodiscard]] Result<BookNo> LastBook() const;

  // The two ways in which a promise is taken back. Only after the log itself says that entries are
  // lost (log.restored), or where there is no log of the book that could.

  /// Makes both heads of the book `mark`, whatever they were. Synced when ok. After a crash in it
  /// each of the two is what it was, or `mark`.
  [[nodiscard]] Status GoBack(BookNo book, const GuardMark& mark);
  /// As if nothing had been promised of the book. Synced when ok. After a crash in it something is
  /// still promised, or guard_damaged.
  [[nodiscard]] Status Forget(BookNo book);

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  enum class Slot : std::uint8_t { kSigned = 1, kDurable = 2 };
  /// One of the two copies of a slot: a head, or torn, or never written.
  struct Copy {
    std::optional<GuardMark> mark;
    bool torn = false;
  };

  /// Both, and which of them a write goes over: never the only one that is whole. The other counts.
  struct Copies {
    std::array<Copy, 2> both;
    std::uint8_t older = 0;
    [[nodiscard]] const std::optional<GuardMark>& newer_mark() const {
      return both[older ^ 1U].mark;
    }
    [[nodiscard]] const std::optional<GuardMark>& older_mark() const { return both[older].mark; }
  };

  Guard(std::string path, int file) : path_(std::move(path)), file_(file) {}
  [[nodiscard]] Result<Copy> ReadCopy(BookNo book, Slot slot, std::uint8_t copy) const;
  [[nodiscard]] Result<Copies> ReadCopies(BookNo book, Slot slot) const;
  [[nodiscard]] Result<std::optional<GuardMark>> ReadSlot(BookNo book, Slot slot) const;
  [[nodiscard]] Status WriteSlot(BookNo book, Slot slot, const GuardMark& mark);
  /// `mark` in both copies, nothing: zeros.
  [[nodiscard]] Status SetSlot(BookNo book, Slot slot, const std::optional<GuardMark>& mark);
  [[nodiscard]] Status Sync();

  std::string path_;
  int file_;
};

/// Compares what a log has with what was promised of it, while it is read from its beginning.
class GuardCheck {
 public:
  /// `heads` is what the guard has, nothing where none is looked at. `stored` is the newest
  /// checkpoint that the data directory itself has: a guard that does not know it is older than the
  /// data (guard_older).
  [[nodiscard]] static Result<GuardCheck> Make(const std::optional<GuardedHeads>& heads,
                                               std::optional<GuardMark> stored);

  /// Whether Meet has anything to say at this size; the root need not be computed elsewhere.
  [[nodiscard]] bool Wants(TreeSize size) const;
  /// The root that the log has at a size; log_differs.
  [[nodiscard]] Status Meet(TreeSize size, const Hash32& root) const;
  /// At the end of the log; log_shorter.
  [[nodiscard]] Status End(TreeSize size) const;

 private:
  GuardedHeads heads_;
  std::optional<GuardMark> stored_;
};

/// The larger of two heads; 0 where there is none.
[[nodiscard]] TreeSize LargestOf(const GuardedHeads& heads);

/// A book that something was promised of.
struct PromisedBook {
  BookNo book;
  Guard::Remains remains;
};
/// Books up to `last` that the guard knows and the data directory, whose books are `there`, does
/// not have: an old copy does not know books that were opened since.
[[nodiscard]] Result<std::vector<PromisedBook>> BooksNotThere(
    const std::vector<store::BookRow>& there, const Guard& guard, BookNo last);
/// log_shorter where there is such a book.
[[nodiscard]] Status CheckBooks(const std::vector<store::BookRow>& there, const Guard& guard,
                                BookNo last);

/// For whoever only reads: that no book ends before what was promised of it or has another root
/// there, and that the guard knows what was signed (guard_damaged, guard_older, log_shorter,
/// log_differs). Refreshes the reader. Roots are those that the blocks state; that the entries hash
/// to them is looked at on opening for writing and by `replay verify`.
[[nodiscard]] Status CheckEnds(store::EventReader& reader, const Guard& guard);

}  // namespace suanpan::engine
