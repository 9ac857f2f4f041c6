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
    bool used = false;
  };
  struct Frame {
    std::size_t begin = 0;  // first of its fields in `fields`
    std::string path;       // prefix of its field names, "lines[0]." for instance
    bool computed = false;
  };

  std::vector<Field> fields;
  std::vector<Frame> frames;
  std::size_t depth = 0;
  std::vector<simdjson::dom::array> arrays;
  std::vector<std::string_view> array_labels;

  void Reset() {
    fields.clear();
    depth = 0;
    arrays.clear();
    array_labels.clear();
  }
  void Enter(const simdjson::dom::object& object, std::string_view path);
  void Leave();
  [[nodiscard]] Frame& top() { return frames[depth - 1]; }
  /// The field with this key in the innermost object; `twice` when it is there more than once.
  [[nodiscard]] Field* Find(std::string_view key, bool& twice);
};

}  // namespace suanpan::schema
