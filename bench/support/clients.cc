#include "support/clients.h"

#include <algorithm>
#include <chrono>
#include <latch>
#include <thread>

#include "support/disk.h"

namespace suanpan::bench {
namespace {

using Clock = std::chrono::steady_clock;

double MillisecondsAt(std::vector<Clock::duration>& times, double part) {
  if (times.empty()) return 0;
  const auto at = static_cast<std::size_t>(part * static_cast<double>(times.size() - 1));
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(at), times.end());
  return std::chrono::duration<double, std::milli>(times[at]).count();
}

}  // namespace

ClientTimes RunClients(const std::vector<std::size_t>& counts,
                       const std::function<void(std::size_t, std::size_t)>& work) {
  std::vector<std::vector<Clock::duration>> times(counts.size());
  std::latch ready{static_cast<std::ptrdiff_t>(counts.size() + 1)};
  std::vector<std::thread> clients;
  for (std::size_t client = 0; client < counts.size(); ++client) {
    clients.emplace_back([&, client] {
      times[client].reserve(counts[client]);
      ready.arrive_and_wait();
      for (std::size_t i = 0; i < counts[client]; ++i) {
        const auto begin = Clock::now();
        work(client, i);
        times[client].push_back(Clock::now() - begin);
      }
    });
  }
  SettleDisk();
  ready.arrive_and_wait();
  const auto begin = Clock::now();
  for (std::thread& client : clients) client.join();
  ClientTimes result;
  result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::vector<Clock::duration> all;
  for (const auto& of_client : times) all.insert(all.end(), of_client.begin(), of_client.end());
  result.p50_ms = MillisecondsAt(all, 0.5);
  result.p99_ms = MillisecondsAt(all, 0.99);
  return result;
}

}  // namespace suanpan::bench
