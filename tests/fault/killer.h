#pragma once

// Ends the process by SIGKILL of itself at one chosen point of its work on a log: at a request to
// the file system, or between two of them.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "faulty_files.h"
#include "suanpan/store/event_store.h"
#include "support/forwarding_store.h"

namespace suanpan::fault {

struct KillPoint {
  enum class Where : std::uint8_t {
    kRequest,     ///< the nth request of any sort
    kGroupWrite,  ///< the nth write to the write-ahead log for a group of several entries
    kGroupSync,   ///< the nth sync of it
    kCommitted,   ///< the nth time that such a group is synced and the guard does not know
    kGuarded,     ///< the nth time that the guard knows, and the keys are not in the index
    kAnswer       ///< the nth answer
  };
  enum class Phase : std::uint8_t {
    kBefore,  ///< nothing of the request is done
    kTorn,    ///< of a write only the first bytes; else as before
    kAfter    ///< all of it
  };
  Where where = Where::kRequest;
  std::uint64_t nth = 1;
  Phase phase = Phase::kBefore;
  std::uint64_t torn_after = 1;  ///< bytes, modulo those of the write
  bool power_lost = false;       ///< what was not synced goes with the process
};

class Killer final : public FileWatcher {
 public:
  /// Null point: nowhere. In `folder` there is told where the process was ended, and what the next
  /// one has to know of the files (FaultyFiles::LoadSynced).
  Killer(FaultyFiles& files, std::optional<KillPoint> point, std::filesystem::path folder)
      : files_(files), point_(point), folder_(std::move(folder)) {}

  void Before(const FileRequest& request) override;
  void After(const FileRequest& request) override;

  // Told by the store and by whoever takes the answers.
  void OnCommit(std::size_t entries);
  void OnCommitted();
  void OnKeys();
  void OnAnswer();

  [[nodiscard]] std::uint64_t requests() const { return requests_; }

 private:
  using Where = KillPoint::Where;
  using Phase = KillPoint::Phase;

  /// Whether this is the nth time at the point.
  [[nodiscard]] bool Reached(Where where);
  [[nodiscard]] bool IsAimedAt(const FileRequest& request);
  void EndAtMoment(Where where, const char* moment);
  [[noreturn]] void End(const std::string& what);

  FaultyFiles& files_;
  std::optional<KillPoint> point_;
  std::filesystem::path folder_;
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> times_{0};
  std::atomic<std::size_t> group_{0};  ///< entries of the group that is written, or was last
  std::atomic<bool> in_commit_{false};
  std::atomic<bool> ended_{false};
};

/// Tells a killer what the committer is at.
class WatchedStore final : public test::ForwardingStore {
 public:
  WatchedStore(std::shared_ptr<store::EventStore> inner, Killer& killer)
      : ForwardingStore(std::move(inner)), killer_(killer) {}
  Status Commit(const store::CommitGroup& group) override;
  Status WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                   Seq watermark) override;

 private:
  Killer& killer_;
};

}  // namespace suanpan::fault
