#pragma once

// Status and Result<T>: expected trouble (input, disk, network, conflict) as a value that must be
// used. Business refusals are not Status; they have their own enum (schema/refusal.h). Shaped after
// std::expected, which neither of our compilers has in C++20.

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "suanpan/base/invariant.h"

namespace suanpan {

enum class StatusCode : std::uint8_t {
  kOk = 0,
  kInvalidArgument = 1,  ///< the caller asked for something that makes no sense
  kNotFound = 2,
  kCorruption = 3,          ///< stored bytes are not what was written
  kIo = 4,                  ///< the operating system refused; the message keeps its reason
  kBusy = 5,                ///< another writer has the directory
  kConflict = 6,            ///< somebody else wrote first
  kUnavailable = 7,         ///< may work later
  kFailedPrecondition = 8,  ///< the thing is in a state that forbids this
  kUnknown = 9,             ///< it is not known whether the write happened
  kOutOfRange = 10,         ///< a number would leave its type
};

[[nodiscard]] std::string_view ToText(StatusCode code);

/// Success, or a code with a message to which each layer on the way up prepends what it was doing.
/// Cheap to pass when ok (one null pointer). Copying is deliberate (Clone) so that an error is
/// handled once.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, std::string message);

  [[nodiscard]] bool ok() const { return rep_ == nullptr; }
  [[nodiscard]] StatusCode code() const { return ok() ? StatusCode::kOk : rep_->code; }
  /// Message with context, empty when ok.
  [[nodiscard]] std::string_view message() const {
    return ok() ? std::string_view{} : std::string_view{rep_->message};
  }
  /// "corruption: reading block 17: checksum differs"
  [[nodiscard]] std::string ToString() const;

  /// Prepends "context: " to the message; no effect when ok.
  [[nodiscard]] Status WithContext(std::string_view context) &&;
  [[nodiscard]] Status Clone() const;

  /// Deliberately drops an error; the reason is for the reader.
  void IgnoreError(std::string_view /*reason*/) const {}

 private:
  struct Rep {
    StatusCode code;
    std::string message;
  };
  std::unique_ptr<Rep> rep_;
};

template <class... Args>
[[nodiscard]] Status MakeError(StatusCode code, fmt::format_string<Args...> format,
                               Args&&... args) {
  return Status{code, fmt::format(format, std::forward<Args>(args)...)};
}

/// A T or an error Status. Asking a failed Result for its value stops the process in every build.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)  // NOLINT: implicit on purpose
      : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Status error) : state_(std::in_place_index<1>, std::move(error)) {  // NOLINT: implicit
    SUANPAN_INVARIANT(!std::get<1>(state_).ok(), "a Result made from an ok Status");
  }

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  [[nodiscard]] bool has_value() const { return ok(); }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    CheckValue();
    return std::get<0>(state_);
  }
  [[nodiscard]] const T& value() const& {
    CheckValue();
    return std::get<0>(state_);
  }
  /// By value, so that a loop over a temporary's value does not dangle.
  [[nodiscard]] T value() && {
    CheckValue();
    return std::get<0>(std::move(state_));
  }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T operator*() && { return std::move(*this).value(); }

  /// The error; must not be called on success.
  [[nodiscard]] const Status& error() const& {
    SUANPAN_INVARIANT(!ok());
    return std::get<1>(state_);
  }
  [[nodiscard]] Status error() && {
    SUANPAN_INVARIANT(!ok());
    return std::get<1>(std::move(state_));
  }

 private:
  void CheckValue() const { SUANPAN_INVARIANT(ok(), "{}", std::get<1>(state_).ToString()); }

  std::variant<T, Status> state_;
};

namespace detail {
inline Status TakeStatus(Status&& status) { return std::move(status); }
inline Status TakeStatus(Status&& status, std::string_view context) {
  return std::move(status).WithContext(context);
}
}  // namespace detail

}  // namespace suanpan

#define SUANPAN_CONCAT_INNER(a, b) a##b
#define SUANPAN_CONCAT(a, b) SUANPAN_CONCAT_INNER(a, b)

/// Returns the error of a Status expression from this function, with optional context text.
#define SUANPAN_RETURN_IF_ERROR(expression, ...)                                                  \
  do {                                                                                            \
    ::suanpan::Status suanpan_status = (expression);                                              \
    if (!suanpan_status.ok()) [[unlikely]]                                                        \
      return ::suanpan::detail::TakeStatus(std::move(suanpan_status) __VA_OPT__(, ) __VA_ARGS__); \
  } while (false)

/// Declares or assigns `target` from a Result expression, or returns its error, with optional
/// context text.
#define SUANPAN_ASSIGN_OR_RETURN(target, expression, ...)                           \
  SUANPAN_ASSIGN_OR_RETURN_INNER(SUANPAN_CONCAT(suanpan_result_, __LINE__), target, \
                                 expression __VA_OPT__(, ) __VA_ARGS__)
#define SUANPAN_ASSIGN_OR_RETURN_INNER(result, target, expression, ...)                         \
  auto result = (expression);                                                                   \
  if (!result.ok()) [[unlikely]]                                                                \
    return ::suanpan::detail::TakeStatus(std::move(result).error() __VA_OPT__(, ) __VA_ARGS__); \
  target = std::move(result).value()
