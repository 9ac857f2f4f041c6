#include "suanpan/base/status.h"

namespace suanpan {

std::string_view ToText(StatusCode code) {
  switch (code) {
    case StatusCode::kOk:
      return "ok";
    case StatusCode::kInvalidArgument:
      return "invalid argument";
    case StatusCode::kNotFound:
      return "not found";
    case StatusCode::kCorruption:
      return "corruption";
    case StatusCode::kIo:
      return "I/O error";
    case StatusCode::kBusy:
      return "busy";
    case StatusCode::kConflict:
      return "conflict";
    case StatusCode::kUnavailable:
      return "unavailable";
    case StatusCode::kFailedPrecondition:
      return "not possible";
    case StatusCode::kUnknown:
      return "outcome unknown";
    case StatusCode::kOutOfRange:
      return "out of range";
  }
  return "unnamed status code";
}

Status::Status(StatusCode code, std::string message) {
  SUANPAN_INVARIANT(code != StatusCode::kOk);
  rep_ = std::make_unique<Rep>(Rep{code, std::move(message)});
}

std::string Status::ToString() const {
  return ok() ? std::string{"ok"} : fmt::format("{}: {}", ToText(code()), rep_->message);
}

Status Status::WithContext(std::string_view context) && {
  if (!ok()) rep_->message = fmt::format("{}: {}", context, rep_->message);
  return std::move(*this);
}

Status Status::Clone() const { return ok() ? Status{} : Status{rep_->code, rep_->message}; }

}  // namespace suanpan
