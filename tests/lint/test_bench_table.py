"""The table of ./dev bench: medians, ratios, goals, and a wrong result that must not pass."""

import io
import json
import os
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stdout

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools", "dev"))

import bench_table  # noqa: E402
from bench_goals import ROWS  # noqa: E402

NAME = "BM_Append/facts_1_together_1000_uuid"


def run(kind, **counters):
    return {"name": NAME, "run_name": f"{NAME}/iterations:1/manual_time",
            "run_type": "aggregate" if kind else "iteration", "aggregate_name": kind,
            "label": "what was guaranteed", **counters}


class BenchTable(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="bench table ")
        self.addCleanup(shutil.rmtree, self.folder)

    def table_of(self, *runs):
        path = os.path.join(self.folder, "append_bench.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"context": {"compiler": "12"}, "benchmarks": list(runs)}, file)
        with redirect_stdout(io.StringIO()) as text:
            code = bench_table.main([self.folder])
        with open(os.path.join(self.folder, "bench.json"), encoding="utf-8") as file:
            return code, text.getvalue(), json.load(file)["table"]

    def test_the_median_is_shown_with_ratio_and_goal(self):
        code, text, table = self.table_of(
            run("", **{"events/s": 1.0, "raw_events/s": 1.0, "of_raw": 9.0}),
            run("mean", **{"events/s": 2.0, "raw_events/s": 1.0, "of_raw": 9.0}),
            run("median", **{"events/s": 2_500_000.0, "raw_events/s": 5e6, "of_raw": 0.5}))
        self.assertEqual(code, 0)
        alone, beside_raw = table
        self.assertEqual((alone["ours"], alone["met"]), ("2.50 M events/s", "yes"))
        self.assertEqual((beside_raw["ratio"], beside_raw["goal"], beside_raw["met"]),
                         ("0.5", ">= 0.7", "no"))
        self.assertIn("what was guaranteed", text)

    def test_an_absent_peer_has_no_row(self):
        _, _, table = self.table_of(run("", **{"events/s": 1.0}))
        self.assertEqual([line["peer"] for line in table], [""])

    def test_a_wrong_result_is_told_and_fails(self):
        code, text, table = self.table_of(
            run("", error_occurred=True, error_message="the state is not the writer's"))
        self.assertEqual((code, table), (1, []))
        self.assertIn("WRONG BM_Append", text)

    def test_every_row_of_the_table_has_its_counters(self):
        for row in ROWS:
            self.assertTrue({"bench", "question", "ours"} <= set(row), row)
            self.assertTrue("goal" not in row or row["goal"] is None or
                            row["goal"][0] in ("<", "<=", ">="), row)


if __name__ == "__main__":
    unittest.main()
