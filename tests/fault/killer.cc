#include "killer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

namespace suanpan::fault {
namespace {

constexpr const char* kOpNames[] = {"write", "sync", "rename", "space", "create"};

/// Whether the request that this thread is at is the one that was aimed at.
thread_local bool aimed_at = false;

[[noreturn]] void Wait() {
  while (true) ::pause();
}

}  // namespace

bool Killer::Reached(Where where) {
  return point_ && point_->where == where && ++times_ == point_->nth;
}

bool Killer::IsAimedAt(const FileRequest& request) {
  ++requests_;
  if (Reached(Where::kRequest)) return true;
  if (!in_commit_ || group_ < 2 || !request.name.ends_with(".log")) return false;
  return (request.op == FileOp::kWrite && Reached(Where::kGroupWrite)) ||
         (request.op == FileOp::kSync && Reached(Where::kGroupSync));
}

void Killer::Before(const FileRequest& request) {
  if (ended_) Wait();  // another thread ends the process
  aimed_at = IsAimedAt(request);
  if (!aimed_at || point_->phase == Phase::kAfter) return;
  const std::string what = fmt::format("{} {}", kOpNames[static_cast<int>(request.op)],
                                       std::filesystem::path{request.name}.filename().string());
  if (point_->phase == Phase::kBefore || request.bytes < 2) End("before " + what);
  const std::size_t prefix = 1 + point_->torn_after % (request.bytes - 1);
  request.write_prefix(prefix);
  End(fmt::format("torn {}, {} of {} bytes", what, prefix, request.bytes));
}

void Killer::After(const FileRequest& request) {
  if (ended_) Wait();
  if (!aimed_at) return;
  aimed_at = false;
  End(fmt::format("after {} {}", kOpNames[static_cast<int>(request.op)],
                  std::filesystem::path{request.name}.filename().string()));
}

void Killer::OnCommit(std::size_t entries) {
  group_ = entries;
  in_commit_ = true;
}

void Killer::OnCommitted() {
  in_commit_ = false;
  EndAtMoment(Where::kCommitted, "synced, before the guard");
}

void Killer::OnKeys() { EndAtMoment(Where::kGuarded, "after the guard, before the keys"); }

void Killer::OnAnswer() {
  if (Reached(Where::kAnswer)) End("after an answer");
}

void Killer::EndAtMoment(Where where, const char* moment) {
  if (group_ > 1 && Reached(where)) End(moment);
}

void Killer::End(const std::string& what) {
  if (ended_.exchange(true)) Wait();
  std::ofstream{folder_ / "killed"}
      << fmt::format("{}{}{}", what, in_commit_ ? fmt::format(", in a group of {}", group_) : "",
                     point_->power_lost ? ", power lost" : "");
  if (point_->power_lost) {
    files_.LosePower();
    std::filesystem::remove(folder_ / "synced");
  } else {
    files_.SaveSynced(folder_ / "synced");
  }
  ::kill(::getpid(), SIGKILL);
  Wait();
}

Status WatchedStore::Commit(const store::CommitGroup& group) {
  std::size_t entries = 0;
  for (const store::StoredBlock& block : group.blocks) {
    entries += block.last.value() - block.first.value() + 1;
  }
  // A disk takes its time, in which more is queued: so there are groups of several.
  std::this_thread::sleep_for(std::chrono::milliseconds{2});
  killer_.OnCommit(entries);
  Status status = ForwardingStore::Commit(group);
  killer_.OnCommitted();
  return status;
}

Status WatchedStore::WriteKeys(BookNo book, std::span<const store::KeyBinding> bindings,
                               Seq watermark) {
  killer_.OnKeys();
  return ForwardingStore::WriteKeys(book, bindings, watermark);
}

}  // namespace suanpan::fault
