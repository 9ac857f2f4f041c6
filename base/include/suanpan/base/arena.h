#pragma once

// Arena: bump allocation for values that live and die together (one command, one decoded entry).
// Only trivially destructible types; Reset keeps the memory. Not for sharing between threads.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace suanpan {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  /// `count` value-initialised objects; valid until Reset or destruction.
  template <class T>
  [[nodiscard]] std::span<T> Make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlign);
    if (count == 0) return {};
    void* raw = Raw(count * sizeof(T));
    T* first = static_cast<T*>(raw);
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }

  template <class T>
  [[nodiscard]] T* One() {
    return Make<T>(1).data();
  }

  template <class T>
  [[nodiscard]] std::span<const T> Copy(std::span<const T> from) {
    const std::span<T> to = Make<T>(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = from[i];
    return to;
  }

  [[nodiscard]] std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* raw = static_cast<char*>(Raw(text.size()));
    std::memcpy(raw, text.data(), text.size());
    return {raw, text.size()};
  }

  void Reset() {
    chunk_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t kAlign = 16;
  /// Each chunk is twice the one before, up to 64 KiB: many arenas hold one small value and go.
  static constexpr std::size_t kFirstChunkBytes = 4 * 1024;

  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void* Raw(std::size_t bytes) {
    bytes = (bytes + kAlign - 1) & ~(kAlign - 1);
    while (chunk_ < chunks_.size() && used_ + bytes > chunks_[chunk_].size) {
      ++chunk_;
      used_ = 0;
    }
    if (chunk_ == chunks_.size()) {
      const std::size_t size =
          std::max(bytes, kFirstChunkBytes << std::min<std::size_t>(chunk_, 4));
      chunks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
      used_ = 0;
    }
    void* raw = chunks_[chunk_].bytes.get() + used_;
    used_ += bytes;
    return raw;
  }

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0;
  std::size_t used_ = 0;
};

}  // namespace suanpan
