#pragma once

// The objects a JsonFieldReader is inside of. Private to schema: the only header that shows
// simdjson.

#include <simdjson.h>

#include <optional>
#include <string>
#include <vector>

#include "suanpan/schema/json_reader.h"

namespace suanpan::schema {

struct JsonFieldReader::Frames {
  struct Field {
    std::string_view key;
    simdjson::dom::element value;
    std::uint32_t tag = 0;  // TagOf(key)
    bool used = false;
  };
  struct Frame {
    static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

    std::size_t begin = 0;         // first of its fields in `fields`
    std::string_view label;        // of the field that holds it; empty at the outermost
    std::size_t index = kNoIndex;  // of it in the array of that field
    std::size_t next = 0;          // behind the field that was found last
    bool distinct = false;         // no key is there twice, as far as tags tell
  };
  struct List {
    std::string_view label;
    simdjson::dom::array::iterator next;
  };

  static constexpr std::size_t kComparedMax = 24;

  std::vector<Field> fields;
  std::vector<Frame> frames;
  std::size_t depth = 0;
  std::vector<List> lists;

  /// Of texts with different tags it is known that they differ.
  [[nodiscard]] static std::uint32_t TagOf(std::string_view key) {
    if (key.empty()) return 0;
    const auto byte = [](char c) { return std::uint32_t{static_cast<unsigned char>(c)}; };
    return byte(key.front()) << 24U | byte(key.back()) << 16U | (key.size() & 0xffffU);
  }

  void Reset() {
    fields.clear();
    depth = 0;
    lists.clear();
  }
  /// The object that is the value of the field `label` of the innermost one, or, with an index, an
  /// element of that field's array.
  void Enter(const simdjson::dom::object& object, std::string_view label = {},
             std::size_t index = Frame::kNoIndex);
  void Leave();
  [[nodiscard]] Frame& top() { return frames[depth - 1]; }
  /// How a field of the innermost object is named, "lines[0].cost_fen" for instance.
  [[nodiscard]] std::string PathOf(std::string_view label) const;
  /// Whether the fields from `begin` on all differ in their tags; false where there are many.
  [[nodiscard]] bool HasDistinctTags(std::size_t begin) const;
  /// The field with this key in the innermost object; `twice` when it is there more than once.
  [[nodiscard]] Field* Find(std::string_view key, bool& twice);
};

}  // namespace suanpan::schema
