"""Each banned call is found where it is banned, and not where it is right."""

import unittest

from support import LintCase

PLANTED = [
    # path, code, word of the finding
    ("engine/src/a.cc", "auto t = std::chrono::system_clock::now();", "clock"),
    ("base/src/a.cc", "auto t = time(nullptr);", "clock"),
    ("replay/src/a.cc", "clock_gettime(CLOCK_REALTIME, &spec);", "clock"),
    ("examples/a.cc", "auto t = std::chrono::steady_clock::now();", "clock"),
    ("engine/src/b.cc", "std::mt19937_64 engine(7);", "random"),
    ("audit/src/a.cc", "int x = std::rand();", "random"),
    ("server/src/a.cc", "RAND_bytes(out, 32);", "engine/proof"),
    ("engine/rules/src/a.cc", "double share = 0.1;", "float"),
    ("schema/src/a.cc", "float x;", "float"),
    ("engine/src/c.cc", "rocksdb::DB* db;", "EventStore"),
    ("tests/unit/a_test.cc", "for (int i : std::views::iota(0, 3)) {}", "views"),
    ("cli/src/a.cc", "assert(x > 0);", "SUANPAN_INVARIANT"),
    ("engine/src/d.cc", 'std::cout << "x";', "print"),
    ("server/src/b.cc", 'fprintf(stderr, "x");', "print"),
    ("audit/src/b.cc", 'fmt::print("x");', "print"),
    ("audit/src/c.cc", "double share = 0.1;", "floating point"),
    ("cli/src/b.cc", "int n = std::stoi(text);", "from_chars"),
    ("bench/a.cc", "long n = strtol(text, nullptr, 10);", "from_chars"),
]

FINE = {
    "bench/a.cc": "auto t = std::chrono::steady_clock::now();\nstd::mt19937 r(1);\n",
    "engine/proof/src/key.cc": "RAND_bytes(out, 32);\n",
    "cli/src/render.cc": "double percent = 1.5;\n",
    "engine/store/src/rocks.cc": "rocksdb::DB* db;\n",
    "engine/rules/src/a.cc": (
        "// std::cout << rand(); assert(x)\n"
        'const char* text = "double rand( assert(";\n'
        "static_assert(sizeof(int) == 4);\nentry.time(0);\nSetTime(time);\nvoid doubled();\n"),
    "cli/src/a.cc": "std::cout << 1;\nsnprintf(buffer, 4, text);\n",
}


class Banned(LintCase):
    def test_each_planted_call_is_found(self):
        for path, code, word in PLANTED:
            with self.subTest(code):
                self.assert_one("banned", {path: f"\n{code}\n"}, f"{path}:2:", word)
                self.remove(path)

    def test_the_right_places_are_left_alone(self):
        self.assert_clean("banned", FINE)

    def test_an_excuse_needs_the_name_and_a_reason(self):
        code = "double ratio;  // lint-allow "
        self.assert_clean("banned", {"engine/src/a.cc": code + "float: printed only\n"})
        self.assert_one("banned", {"engine/src/a.cc": code + "float:\n"}, "engine/src/a.cc:1:")
        self.assert_one("banned", {"engine/src/a.cc": code + "clock: x\n"}, "engine/src/a.cc:1:")

    def test_globbing_of_sources_is_found(self):
        self.assert_one("banned", {"a/CMakeLists.txt": "file(GLOB x *.cc)\n"},
                        "a/CMakeLists.txt:1:", "by hand")


if __name__ == "__main__":
    unittest.main()
