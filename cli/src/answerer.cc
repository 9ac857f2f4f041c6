#include "src/answerer.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace suanpan::cli {
namespace {
constexpr std::size_t kTakenMax = 64;
}  // namespace

Answerer::Answerer(engine::Ledger& ledger, std::size_t under_way_max, AnswerSink sink)
    : ledger_(ledger),
      under_way_max_(under_way_max),
      sink_(std::move(sink)),
      thread_([this] { Run(); }) {}

Answerer::~Answerer() {
  {
    const MutexLock lock{mutex_};
    stopping_ = true;
  }
  handed_in_.NotifyAll();
  thread_.join();
}

Status Answerer::Push(engine::Submission submission, std::string ready) {
  const MutexLock lock{mutex_};
  DropDone();
  if (!failure_.ok()) return failure_.Clone();
  items_.push_back({std::move(submission), std::move(ready)});
  if (idle_) handed_in_.NotifyOne();
  // Until half of them are answered: fewer turns, and the newer ones are written meanwhile.
  if (under_way() < under_way_max_) return {};
  while (under_way() > under_way_max_ / 2) answered_.Wait(mutex_);
  return failure_.Clone();
}

Status Answerer::Flush() {
  const MutexLock lock{mutex_};
  while (under_way() > 0) answered_.Wait(mutex_);
  DropDone();
  return failure_.Clone();
}

void Answerer::DropDone() {
  for (; done_ > 0; --done_) items_.pop_front();
}

std::vector<const Answerer::Item*> Answerer::Take() {
  const MutexLock lock{mutex_};
  idle_ = true;
  while (under_way() == 0 && !stopping_) handed_in_.Wait(mutex_);
  idle_ = false;
  std::vector<const Item*> taken;
  if (stopping_) return taken;
  const std::size_t count = std::min(under_way(), kTakenMax);
  for (std::size_t i = 0; i < count; ++i) taken.push_back(&items_[done_ + i]);
  return taken;
}

Status Answerer::Answer(const Item& item) {
  SUANPAN_RETURN_IF_ERROR(ledger_.WaitDurable(item.submission));
  const bool refused = item.submission.outcome == engine::Submission::Outcome::kRefused;
  if (!item.ready.empty()) {
    sink_(item.ready, refused);
    return {};
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::string answer, ledger_.AnswerJson(item.submission));
  sink_(answer, refused);
  return {};
}

Status Answerer::TryAnswer(const Item& item) {
  try {
    return Answer(item);
  } catch (const std::exception& error) {
    return MakeError(StatusCode::kUnknown, "answering a command: {}", error.what());
  }
}

void Answerer::Run() {
  Status failure;
  while (true) {
    const std::vector<const Item*> taken = Take();
    if (taken.empty()) return;
    for (const Item* item : taken) {
      if (failure.ok()) failure = TryAnswer(*item);
    }
    const MutexLock lock{mutex_};
    done_ += taken.size();
    if (failure_.ok() && !failure.ok()) failure_ = failure.Clone();
    answered_.NotifyAll();
  }
}

}  // namespace suanpan::cli
