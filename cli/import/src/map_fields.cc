#include "map_fields.h"

#include <vector>

namespace suanpan::import {
namespace {

/// Watches the parse for what the finished document no longer shows: repeated fields.
class DuplicateWatch {
 public:
  bool operator()(int /*depth*/, Json::parse_event_t event, Json& parsed) {
    switch (event) {
      case Json::parse_event_t::object_start:
        names_.emplace_back();
        break;
      case Json::parse_event_t::object_end:
        names_.pop_back();
        break;
      case Json::parse_event_t::key:
        if (!names_.back().insert(parsed.get<std::string>()).second && duplicate_.empty()) {
          duplicate_ = parsed.get<std::string>();
        }
        break;
      default:
        break;
    }
    return true;
  }
  [[nodiscard]] const std::string& duplicate() const { return duplicate_; }

 private:
  std::vector<std::set<std::string>> names_;
  std::string duplicate_;
};

Status CheckValues(const Json& json, std::size_t depth) {
  if (depth > kMapDepthMax) {
    return MakeError(StatusCode::kInvalidArgument, "nested deeper than {}", kMapDepthMax);
  }
  if (json.is_null()) {
    return MakeError(StatusCode::kInvalidArgument, "null is not used here: leave the field out");
  }
  if (json.is_number_float()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "{}: numbers are integers of 64 bits: write amounts in the minor unit",
                     json.dump());
  }
  if (!json.is_structured()) return {};
  for (const Json& child : json) SUANPAN_RETURN_IF_ERROR(CheckValues(child, depth + 1));
  return {};
}

/// Nesting is bounded before parsing, because every later step recurses.
bool NestsTooDeep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (in_string && byte == '\\') {
      ++i;
    } else if (byte == '"') {
      in_string = !in_string;
    } else if (!in_string && (byte == '{' || byte == '[')) {
      if (++depth > kMapDepthMax) return true;
    } else if (!in_string && (byte == '}' || byte == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<Json> ParseStrictJson(std::string_view text) {
  if (text.size() > kMapBytesMax) {
    return MakeError(StatusCode::kInvalidArgument, "longer than {} bytes", kMapBytesMax);
  }
  if (NestsTooDeep(text)) {
    return MakeError(StatusCode::kInvalidArgument, "nested deeper than {}", kMapDepthMax);
  }
  try {
    DuplicateWatch watch;
    Json json = Json::parse(text, std::ref(watch));
    if (!watch.duplicate().empty()) {
      return MakeError(StatusCode::kInvalidArgument, "the field \"{}\" appears twice",
                       watch.duplicate());
    }
    SUANPAN_RETURN_IF_ERROR(CheckValues(json, 1));
    return json;
  } catch (const Json::exception& error) {
    return MakeError(StatusCode::kInvalidArgument, "not valid JSON: {}", error.what());
  }
}

Result<Fields> Fields::Of(const Json& json, std::string where) {
  if (!json.is_object()) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be an object", where);
  }
  return Fields(json, std::move(where));
}

std::string Fields::Path(std::string_view name) const {
  return where_.empty() ? std::string{name} : fmt::format("{}.{}", where_, name);
}

bool Fields::Has(std::string_view name) const { return json_->contains(name); }

const Json* Fields::Take(std::string_view name) {
  asked_.emplace(name);
  const auto found = json_->find(name);
  return found == json_->end() ? nullptr : &*found;
}

Result<const Json*> Fields::Require(std::string_view name) {
  const Json* found = Take(name);
  if (found == nullptr) {
    return MakeError(StatusCode::kInvalidArgument, "{} is missing", Path(name));
  }
  return found;
}

Result<std::string> Fields::RequireText(std::string_view name, std::size_t bytes_max) {
  SUANPAN_ASSIGN_OR_RETURN(const Json* found, Require(name));
  if (!found->is_string() || found->get_ref<const std::string&>().empty() ||
      found->get_ref<const std::string&>().size() > bytes_max) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be a text of 1 to {} bytes", Path(name),
                     bytes_max);
  }
  return found->get<std::string>();
}

Result<std::string> Fields::TextOr(std::string_view name, std::string_view fallback,
                                   std::size_t bytes_max) {
  if (Has(name)) return RequireText(name, bytes_max);
  asked_.emplace(name);
  return std::string{fallback};
}

Result<bool> Fields::BoolOr(std::string_view name, bool fallback) {
  const Json* found = Take(name);
  if (found == nullptr) return fallback;
  if (!found->is_boolean()) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be true or false", Path(name));
  }
  return found->get<bool>();
}

Result<std::int64_t> Fields::IntegerOr(std::string_view name, std::int64_t fallback,
                                       std::int64_t min, std::int64_t max) {
  const Json* found = Take(name);
  if (found == nullptr) return fallback;
  // A number above int64 is stored as unsigned; as int64 it would be negative.
  const bool readable = found->is_number_integer() &&
                        (!found->is_number_unsigned() || found->get<std::uint64_t>() <= INT64_MAX);
  if (!readable || found->get<std::int64_t>() < min || found->get<std::int64_t>() > max) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be an integer from {} to {}",
                     Path(name), min, max);
  }
  return found->get<std::int64_t>();
}

Status Fields::RefuseOthers() const {
  for (const auto& [name, value] : json_->items()) {
    if (!asked_.contains(name)) {
      return MakeError(StatusCode::kInvalidArgument, "{}: unknown field; known here: {}",
                       Path(name), fmt::join(asked_, ", "));
    }
  }
  return {};
}

}  // namespace suanpan::import
