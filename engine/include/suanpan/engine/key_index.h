#pragma once

// The store's index of command keys against the log that it is derived from.

#include <optional>
#include <string>
#include <vector>

#include "suanpan/schema/kind_info.h"
#include "suanpan/store/event_store.h"
#include "suanpan/store/key_sum.h"

namespace suanpan::engine {

/// Calls `visit` with the key of every entry up to `until`, in order; entries of the engine have
/// none. Reads blocks and heads of entries: nothing is hashed or applied.
[[nodiscard]] Status VisitLogKeys(const store::EventReader& reader, BookNo book, Seq until,
                                  const store::KeyVisitor& visit);

/// Of all bindings in the index.
[[nodiscard]] Result<store::KeySum> SumOfIndex(const store::EventReader& reader, BookNo book);

/// An entry up to `end` to which the index leads with another key than it has; nothing where there
/// is none, or the index cannot be read. Rows behind `end`, and missing ones, say nothing.
[[nodiscard]] Result<std::optional<Seq>> FindOtherKey(const store::EventReader& reader, BookNo book,
                                                      Seq end);

/// Writes the index of one book from its log, after ClearKeys.
[[nodiscard]] Status WriteIndex(store::EventStore& store, BookNo book);

/// One key that does not lead where the log says.
struct KeyDifference {
  Seq seq;  ///< of the entry whose key it is, or to which the index leads
  std::string expected;
  std::string actual;
};

struct KeyComparison {
  Seq watermark;                           ///< entries after it are not expected in the index
  std::uint64_t keys = 0;                  ///< of the entries up to it
  std::uint64_t count = 0;                 ///< of differences
  std::vector<KeyDifference> differences;  ///< the first of them, at most kKeyDifferencesMax
};
inline constexpr std::size_t kKeyDifferencesMax = 20;

/// Every key of the log up to the watermark, and nothing else, must be in the index and lead to its
/// entry. An index that differs costs 8 bytes of memory an entry, and three more readings of the
/// log: one for the names, which `kinds` tell, two for what differs; one that agrees, neither.
/// Errors are those of reading the log.
[[nodiscard]] Result<KeyComparison> CompareIndex(const store::EventReader& reader, BookNo book,
                                                 const schema::KindTable& kinds);

}  // namespace suanpan::engine
