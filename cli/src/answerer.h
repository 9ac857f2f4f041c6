#pragma once

// Answers submissions in order on a thread of its own, each once it is durable, so that the thread
// that hands them in goes on parsing and deciding.

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "suanpan/base/mutex.h"
#include "suanpan/engine/ledger.h"

namespace suanpan::cli {

/// Called with each answer (one JSON object) in the order of the commands, and whether it is a
/// refusal. Not by the thread that hands in; what it writes may be read after a Flush.
using AnswerSink = std::function<void(std::string_view answer, bool refused)>;

class Answerer {
 public:
  /// `under_way_max` submissions at most, at least 1, are unanswered.
  Answerer(engine::Ledger& ledger, std::size_t under_way_max, AnswerSink sink);
  /// What is not answered by then is not answered.
  ~Answerer();
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;

  /// Waits until one more may be unanswered. `ready` is the answer where it is known already, else
  /// empty. The error is why one was not answered; none after it is.
  [[nodiscard]] Status Push(engine::Submission submission, std::string ready);
  /// Until everything is answered, or the error that prevents it.
  [[nodiscard]] Status Flush();

 private:
  struct Item {
    engine::Submission submission;
    std::string ready;
  };

  void Run();
  /// The next ones to answer, not many, so that room is made in time; none: stop.
  [[nodiscard]] std::vector<const Item*> Take();
  [[nodiscard]] std::size_t under_way() const SUANPAN_REQUIRES(mutex_) {
    return items_.size() - done_;
  }
  /// Drops what is answered. By the thread that hands in: memory is freed cheaper where it is from.
  void DropDone() SUANPAN_REQUIRES(mutex_);
  [[nodiscard]] Status Answer(const Item& item);
  /// The same, an exception as an error: it must not end the thread.
  [[nodiscard]] Status TryAnswer(const Item& item);

  engine::Ledger& ledger_;
  const std::size_t under_way_max_;
  const AnswerSink sink_;
  Mutex mutex_;
  ConditionVariable handed_in_;
  ConditionVariable answered_;
  std::deque<Item> items_ SUANPAN_GUARDED_BY(mutex_);
  std::size_t done_ SUANPAN_GUARDED_BY(mutex_) = 0;  ///< of the first ones: answered
  Status failure_ SUANPAN_GUARDED_BY(mutex_);
  bool idle_ SUANPAN_GUARDED_BY(mutex_) = false;
  bool stopping_ SUANPAN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace suanpan::cli
