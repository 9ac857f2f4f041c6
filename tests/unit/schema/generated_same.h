#pragma once

/// What one field is, read by generated code and as the code has it.

#include <flatbuffers/flatbuffers.h>
#include <rapidcheck.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// A scalar: absent is the zero value, except where 0 is a value.
template <class T, class V>
inline void Same(flatbuffers::Optional<T> read, V value, bool zero_is_stored = false) {
  RC_ASSERT(read.has_value() == (zero_is_stored || value != V{}));
  if (read.has_value()) RC_ASSERT(static_cast<V>(*read) == value);
}
inline void Same(const flatbuffers::String* read, std::string_view value) {
  RC_ASSERT((read == nullptr) == value.empty());
  if (read != nullptr) RC_ASSERT(read->string_view() == value);
}
inline void Same(const flatbuffers::Vector<std::uint8_t>* read, const DigestField& value) {
  RC_ASSERT((read == nullptr) == !value.has_value());
  if (read == nullptr) return;
  RC_ASSERT(read->size() == 32U);
  RC_ASSERT(std::equal(read->begin(), read->end(), value->bytes.begin()));
}
inline void Same(const flatbuffers::Vector<std::uint32_t>* read, std::span<const NameId> value) {
  RC_ASSERT((read == nullptr) == value.empty());
  if (read == nullptr) return;
  RC_ASSERT(read->size() == value.size());
  for (unsigned i = 0; i < read->size(); ++i) RC_ASSERT(read->Get(i) == value[i].value());
}
inline void Same(const flatbuffers::Vector<std::uint64_t>* read, std::span<const Address> value) {
  RC_ASSERT((read == nullptr) == value.empty());
  if (read == nullptr) return;
  RC_ASSERT(read->size() == value.size());
  for (unsigned i = 0; i < read->size(); ++i) RC_ASSERT(read->Get(i) == value[i].packed());
}

inline std::uint16_t Packed(Pot pot) {
  return static_cast<std::uint16_t>(pot.pot_class | pot.source << 8U);
}

}  // namespace suanpan::schema
