#pragma once

// How a peer did over the rounds of a bench, as counters of its row.

#include <benchmark/benchmark.h>

#include <string>

namespace suanpan::bench {

/// Seconds of the same work by ours and by a peer, which may be absent.
class PeerTimes {
 public:
  /// `name` as in "NAME_events/s"; `ratio` is the counter of ours as a multiple of the peer's.
  PeerTimes(std::string name, std::string ratio)
      : name_(std::move(name)), ratio_(std::move(ratio)) {}

  void Add(double seconds) { seconds_ += seconds; }
  /// `ours` are the seconds of the same rounds. Without a time there are no counters: the row's
  /// label says why.
  void Report(benchmark::State& state, double work, double ours, const std::string& unit) const {
    if (seconds_ <= 0) return;
    const auto rounds = static_cast<double>(state.iterations());
    state.counters[name_ + "_" + unit + "/s"] = work * rounds / seconds_;
    state.counters[ratio_] = seconds_ / ours;
  }

 private:
  std::string name_;
  std::string ratio_;
  double seconds_ = 0;
};

}  // namespace suanpan::bench
