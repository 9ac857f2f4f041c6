#pragma once

// Strong<Tag, Rep>: an integer that is only itself (style P12). Explicit in, explicit out, ordered,
// no arithmetic.

#include <compare>
#include <cstddef>
#include <functional>
#include <type_traits>

namespace suanpan {

template <class Tag, class Rep>
class Strong {
 public:
  using rep = Rep;

  constexpr Strong() = default;
  constexpr explicit Strong(Rep value) : value_(value) {}

  [[nodiscard]] constexpr Rep value() const { return value_; }
  friend constexpr auto operator<=>(Strong, Strong) = default;

 private:
  Rep value_{};
};

}  // namespace suanpan

template <class Tag, class Rep>
struct std::hash<suanpan::Strong<Tag, Rep>> {
  std::size_t operator()(suanpan::Strong<Tag, Rep> id) const {
    return std::hash<Rep>{}(id.value());
  }
};
