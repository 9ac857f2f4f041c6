"""The reading of C++: literals and comments are blanked, functions are found with their length."""

import unittest

import support  # noqa: F401  (puts tools/lint on the path)
from cxx import code_only, functions, includes

SOURCE = """\
namespace a {
#define TWICE(x) \\
  do { x; x; } while (false)
constexpr int kTable[] = {
  1,
  2,
};
enum class Kind { kOne, kTwo };
class Box : public Base {
 public:
  Box() : value_{1}, other_{2} {
    Run();
  }
  int value() const { return value_; }
  bool operator==(const Box& other) const {
    return other.value_ == value_;
  }
 private:
  int value_ = {0};
};
template <class T>
requires (sizeof(T) > 1)
auto Add(T a, T b = T{}) -> T
{
  if (a) {
    return b; /* } */
  }
  const char* text = "}{ // not a comment";
  const char brace = '{';
  return R"x(}}} ")x"[0] + 1'000;
}
TEST(Book, RefusesASecondOpening) {
  Box box{};
}
const auto kLess = [](int a, int b) {
  return a < b;
};
class CAPABILITY("mutex") Mutex {
  void Lock() ACQUIRE() { mutex_.lock(); }
};
struct Pair Make(int a) { return {a, a}; }
std::vector<std::pair<int, int>> Pairs(std::map<int, int> from) { return {}; }
}  // namespace a
int main() {}
"""


class Reading(unittest.TestCase):
    def test_functions_are_found_with_name_line_and_length(self):
        found = {f.name: (f.line, f.size) for f in functions(SOURCE)}
        self.assertEqual(found, {
            "Box": (11, 3),
            "value": (14, 1),
            "operator==": (15, 3),
            "Add": (21, 11),
            "Book.RefusesASecondOpening": (32, 3),
            "kLess": (35, 3),
            "Lock": (39, 1),
            "Make": (41, 1),
            "Pairs": (42, 1),
            "main": (44, 1),
        })

    def test_comments_and_literals_are_blanked_and_lines_kept(self):
        code = code_only('int a; // x\nauto s = "rand()"; /* y\nz */ char c = \'"\';\n')
        self.assertEqual(code.count("\n"), 3)
        for gone in ("x", "rand", "y", "z", '\'"\''):
            self.assertNotIn(gone, code)
        self.assertIn("char c", code)

    def test_a_commented_include_is_no_include(self):
        text = '// #include "a.h"\n#include <b.h>\n  # include "c.h"  // why\n'
        self.assertEqual(includes(text), [(2, "b.h", False), (3, "c.h", True)])


if __name__ == "__main__":
    unittest.main()
