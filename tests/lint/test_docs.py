"""Dead links, missing titles and paths of one machine are found."""

import unittest

from support import LintCase

GOOD = """\
# Title

See [b](docs/b.md), [part](docs/b.md#a-part-二), [own](#title), [folder](docs/),
[web](https://example.org/nothing#x) and `[not](a link)`.

```
[not](in code)
```

[ref]: docs/b.md
"""
B = "# B\n\n## A part: `二`\n\n## Twice\n\n## Twice\n"


class Docs(LintCase):
    def test_good_links_are_clean(self):
        self.assert_clean("docs", {"a.md": GOOD, "docs/b.md": B})

    def test_the_second_heading_of_a_name_has_its_own_anchor(self):
        self.assert_clean("docs", {"a.md": "# A\n\n[x](docs/b.md#twice-1)\n", "docs/b.md": B})

    def test_dead_links_and_anchors_are_found(self):
        for target, word in [("gone.md", "no such file"), ("docs/b.md#gone", "no such heading"),
                             ("#gone", "no such heading"), ("../x.md", "out of the repository")]:
            with self.subTest(target):
                self.assert_one("docs", {"a.md": f"# A\n\n[x]({target})\n", "docs/b.md": B},
                                "a.md:3:", word)

    def test_a_document_without_title_is_found(self):
        self.assert_one("docs", {"a.md": "text\n"}, "a.md:1:", "title")

    def test_a_path_of_a_machine_is_found_in_any_file(self):
        path = "/" + "home/somebody/x"
        self.assert_one("docs", {"a.cc": f'const char* p = "{path}";\n'}, "a.cc:1:", "relative")
        self.assert_clean("docs", {"a.cc": "// https://example.org" + path + "\n"})


if __name__ == "__main__":
    unittest.main()
