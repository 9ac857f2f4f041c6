#include "suanpan/engine/pending_entry.h"

#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include "suanpan/base/invariant.h"

namespace suanpan::engine {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{16} << 10U;
constexpr std::size_t kSharedBytesMax = kPieceBytes / 8;  ///< larger ones would waste what is left

static_assert(std::is_trivially_destructible_v<PendingEntry>, "nobody destroys them");
static_assert(alignof(PendingEntry) <= 8 && sizeof(PendingEntry) % 8 == 0);

std::size_t SizeOf(ByteSpan bytes) { return sizeof(PendingEntry) + PadTo8(bytes.size()); }

/// In memory that is aligned to 8 and large enough.
PendingEntry* MakeAt(std::byte* memory, ByteSpan bytes) {
  SUANPAN_INVARIANT(reinterpret_cast<std::uintptr_t>(memory) % 8 == 0);
  auto* const copy = reinterpret_cast<std::uint8_t*>(memory + sizeof(PendingEntry));
  if (!bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
  auto* const entry = new (memory) PendingEntry{};
  entry->bytes = {copy, bytes.size()};
  return entry;
}

}  // namespace

std::shared_ptr<PendingEntry> PendingEntries::Make(ByteSpan bytes) {
  const std::size_t size = SizeOf(bytes);
  if (size > kSharedBytesMax) return MakeAlone(bytes);
  if (piece_ == nullptr || kPieceBytes - used_ < size) {
    piece_ = std::make_shared_for_overwrite<std::byte[]>(kPieceBytes);
    used_ = 0;
  }
  std::byte* const memory = piece_.get() + used_;
  used_ += size;
  return {piece_, MakeAt(memory, bytes)};
}

std::shared_ptr<PendingEntry> PendingEntries::MakeAlone(ByteSpan bytes) {
  const auto piece = std::make_shared_for_overwrite<std::byte[]>(SizeOf(bytes));
  return {piece, MakeAt(piece.get(), bytes)};
}

}  // namespace suanpan::engine
