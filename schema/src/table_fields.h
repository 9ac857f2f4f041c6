#pragma once

// What both sides of the table encoding ask FlatBuffers. Private to schema.

#include <flatbuffers/flatbuffers.h>

namespace suanpan::schema {

[[nodiscard]] inline flatbuffers::voffset_t FieldOffset(unsigned field) {
  return flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(field));
}

}  // namespace suanpan::schema
