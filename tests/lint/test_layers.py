"""Planted violations of the table of layers."""

import unittest

from support import LintCase


def include(path, line):
    return {path: f"{line}\n"}


class Layers(LintCase):
    def test_downward_includes_are_fine(self):
        self.assert_clean("layers", {
            "engine/rules/src/decide.cc": '#include "suanpan/schema/entry.h"\n',
            "engine/src/ledger.cc": '#include "suanpan/store/event_store.h"\n#include <vector>\n',
            "cli/src/main.cc": '#include <CLI/CLI.hpp>\n#include "suanpan/audit/check.h"\n',
            "tests/unit/store/a_test.cc": '#include <rocksdb/db.h>\n',
        })

    def test_an_upward_include_is_found(self):
        self.assert_one("layers", include("base/src/a.cc", '#include "suanpan/schema/entry.h"'),
                        "base/src/a.cc:1:", "base may not include schema")

    def test_siblings_below_the_engine_are_kept_apart(self):
        self.assert_one("layers", include("engine/rules/src/a.cc", '#include "suanpan/store/s.h"'),
                        "engine/rules/src/a.cc:1:", "may not include engine/store")

    def test_an_unknown_module_is_found(self):
        self.assert_one("layers", include("cli/src/a.cc", '#include "suanpan/misc/a.h"'),
                        "cli/src/a.cc:1:", "no such module")

    def test_what_examples_offer_is_for_tests_and_not_for_modules(self):
        example = {"examples/year/include/suanpan/year/make.h": "\n"}
        line = '#include "suanpan/year/make.h"\n'
        self.assert_clean("layers", {**example, "tests/unit/year/a_test.cc": line})
        self.assert_one("layers", {"engine/src/a.cc": line}, "engine/src/a.cc:1:", "no such module")

    def test_foreign_headers_stay_with_their_adapter(self):
        for path, header in [
            ("engine/src/a.cc", "rocksdb/db.h"), ("audit/src/a.cc", "openssl/sha.h"),
            ("engine/rules/src/a.cc", "simdjson.h"), ("replay/src/a.cc", "flatbuffers/base.h"),
            ("server/src/a.cc", "CLI/CLI.hpp"), ("engine/src/b.cc", "spdlog/spdlog.h"),
            ("replay/src/b.cc", "lz4.h"), ("audit/src/b.cc", "xxhash.h"),
            ("server/src/b.cc", "libpq-fe.h"),
        ]:
            with self.subTest(header):
                self.assert_one("layers", include(path, f"#include <{header}>"), path, header)
                self.remove(path)

    def test_slow_json_stays_out_of_the_core(self):
        line = "#include <nlohmann/json.hpp>"
        self.assert_one("layers", include("engine/src/a.cc", line), "engine/src/a.cc:1:", "schema")
        self.assert_clean("layers", {"engine/src/a.cc": "\n", "audit/src/a.cc": line + "\n"})

    def test_a_private_header_of_another_module_is_found(self):
        self.assert_one("layers", {
            "engine/store/src/rocks.h": "\n",
            "engine/src/a.cc": '#include "../store/src/rocks.h"\n',
        }, "engine/src/a.cc:1:", "private to engine/store")

    def test_the_second_opinion_includes_nothing_of_ours(self):
        path = "tests/support/opinion/a.cc"
        self.assert_clean("layers", {
            path: '#include <vector>\n#include <nlohmann/json.hpp>\n'
                  '#include "support/opinion/b.h"\n',
        })
        for header in ['"suanpan/base/date.h"', '"support/fact_text.h"', '<suanpan/base/date.h>',
                       '"a.h"', '<fmt/format.h>']:
            with self.subTest(header):
                self.assert_one("layers", include(path, f"#include {header}"), path, "no code")

    def test_a_private_header_of_its_own_is_fine(self):
        self.assert_clean("layers", {
            "engine/store/src/rocks.h": "\n",
            "engine/store/src/a.cc": '#include "rocks.h"\n',
        })


if __name__ == "__main__":
    unittest.main()
