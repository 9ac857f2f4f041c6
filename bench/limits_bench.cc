// What can this machine do at most: durable writes a second, memory read, bytes hashed, checked and
// decompressed a second, each by one thread?

#include <benchmark/benchmark.h>
#include <lz4.h>
#include <xxhash.h>

#include <numeric>

#include "suanpan/base/invariant.h"
#include "suanpan/store/block.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"
#include "support/community.h"
#include "support/disk.h"
#include "support/raw_rocksdb.h"
#include "support/sha256_alone.h"

namespace suanpan::bench {
namespace {

/// As large as an entry of the community is in the mean.
constexpr std::size_t kEntryBytes = 245;

std::size_t BufferBytes() { return std::size_t{Smoke() ? 1U : 256U} << 20U; }

/// Bytes that are neither zero nor alike.
std::string Noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t value = 1;
  for (char& byte : bytes) {
    value = value * 1'664'525U + 1'013'904'223U;
    byte = static_cast<char>(value >> 24U);
  }
  return bytes;
}

void SetRate(benchmark::State& state, std::size_t bytes_a_round) {
  state.counters["GB/s"] = benchmark::Counter(
      static_cast<double>(bytes_a_round) * static_cast<double>(state.iterations()) / 1e9,
      benchmark::Counter::kIsRate);
}

void BM_Fdatasync(benchmark::State& state) {
  const BenchDirectory directory;
  for (auto _ : state) state.counters["per_second"] = SyncsPerSecond(directory / ".");
  state.SetLabel("4 KiB appended to a file and synced, again and again");
}

void BM_MemoryScan(benchmark::State& state) {
  const std::vector<std::uint64_t> words(BufferBytes() / 8, 3);
  for (auto _ : state)
    benchmark::DoNotOptimize(std::accumulate(words.begin(), words.end(), std::uint64_t{0}));
  SetRate(state, words.size() * 8);
}

void BM_Sha256(benchmark::State& state, std::size_t message_bytes) {
  const std::string buffer = Noise(std::size_t{1} << 20U);
  const std::size_t messages = buffer.size() / message_bytes;
  for (auto _ : state) {
    for (std::size_t i = 0; i < messages; ++i)
      benchmark::DoNotOptimize(
          Sha256Alone({std::string_view{buffer}.substr(i * message_bytes, message_bytes)}));
  }
  SetRate(state, messages * message_bytes);
}

void BM_Lz4(benchmark::State& state) {
  const Community& community = CommunityOf(1, community_year::KeyForm::kUuid, 1, 6);
  const BenchDirectory directory;
  MakeDataDirectory(directory / "data", community);
  const auto store = store::OpenRocksDb(directory / "data").value();
  const std::vector<std::string> blocks = BlocksOf(*store, store->Books().value().front().book);
  std::string body(store::kBlockRawBytesMax, '\0');
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (const std::string& block : blocks) {
      const int size = ::LZ4_decompress_safe(
          block.data() + store::kBlockHeaderBytes, body.data(),
          static_cast<int>(block.size() - store::kBlockHeaderBytes), static_cast<int>(body.size()));
      SUANPAN_INVARIANT(size > 0);
      bytes += static_cast<std::size_t>(size);
    }
  }
  SetRate(state, bytes);
  state.SetLabel("blocks of the community, bytes as decompressed");
}

void BM_Xxh3(benchmark::State& state) {
  const std::string buffer = Noise(BufferBytes());
  for (auto _ : state) benchmark::DoNotOptimize(::XXH3_64bits(buffer.data(), buffer.size()));
  SetRate(state, buffer.size());
}

BENCHMARK(BM_Fdatasync)->Name("BM_Limit/fdatasync")->Iterations(1);
BENCHMARK(BM_MemoryScan)->Name("BM_Limit/memory_scan");
BENCHMARK_CAPTURE(BM_Sha256, long, std::size_t{1} << 20U)->Name("BM_Limit/sha256_long");
BENCHMARK_CAPTURE(BM_Sha256, entry, kEntryBytes)->Name("BM_Limit/sha256_entry");
BENCHMARK(BM_Lz4)->Name("BM_Limit/lz4_decompress");
BENCHMARK(BM_Xxh3)->Name("BM_Limit/xxh3");

}  // namespace
}  // namespace suanpan::bench
