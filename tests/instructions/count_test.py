#!/usr/bin/env python3
"""The ratchet complains where it should, and callgrind's file is read as it is meant."""

import unittest

import callgrind
import ratchet

PROFILE = """events: Ir

ob=(1) /usr/lib/libcrypto.so.3
fl=(1) ???
fn=(1) 0x29c680
0 100
+2 20
ob=(2) /build/counted_work
fn=(2) suanpan::rules::Apply(int)
0 30
cob=(3) /usr/lib/librocksdb.so.7.8.3
cfi=(1)
cfn=(3) rocksdb::Get()
calls=2 0
0 5000
-1 4
ob=(3)
fn=(3)
* 7
totals: 161
"""
ROW = {"total": 1000, "sha256": 500, "blocks": 100, "store": 4, "clib": 96, "ours": 300}


def complaints(**changed):
    return list(ratchet.complaints("replay", {**ROW, **changed}, ROW))


class Count(unittest.TestCase):
    def test_a_callee_is_counted_once_and_under_its_own_name(self):
        counts = callgrind.functions_of(PROFILE.splitlines())
        self.assertEqual(counts, {("libcrypto.so.3", "0x29c680"): 120,
                                  ("counted_work", "suanpan::rules::Apply(int)"): 34,
                                  ("librocksdb.so.7.8.3", "rocksdb::Get()"): 7})
        self.assertEqual(callgrind.parts_of(counts),
                         {"sha256": 120, "blocks": 0, "store": 7, "clib": 0, "ours": 34})

    def test_parts(self):
        for binary, function, part in [
                ("counted_work", "suanpan::proof::LeafHash(std::span<unsigned char>)", "sha256"),
                ("counted_work", "suanpan::proof::Sha256Hasher::Finish()", "sha256"),
                ("counted_work", "XXH_INLINE_XXH3_64bits_update", "blocks"),
                ("liblz4.so.1.9.4", "LZ4_decompress_safe", "blocks"),
                ("libstdc++.so.6.0.30", "std::_Hash_bytes(void const*)", "clib"),
                ("ld-linux-x86-64.so.2", "__tls_get_addr", "clib"),
                ("libcsv.so.3", "csv_parse", "ours"),
                ("counted_work", "suanpan::rules::Decide()", "ours")]:
            self.assertEqual(callgrind.part_of(binary, function), part, function)

    def test_a_column_may_move_a_little(self):
        self.assertEqual(complaints(), [])
        self.assertEqual(complaints(total=1030, ours=309, sha256=485), [])
        self.assertEqual(complaints(store=9), [])  # twice as much, and nothing of the whole

    def test_a_slowdown_of_one_part_is_seen_though_the_total_hides_it(self):
        found = complaints(total=1010, ours=310)
        self.assertEqual(found, ["replay: ours is 310 instructions an event, more than 300 + 3%"])

    def test_a_gain_is_kept(self):
        found = complaints(total=990, ours=280)
        self.assertEqual(len(found), 1)
        self.assertIn("less than 300 - 5%: keep the gain with --update", found[0])

    def test_the_file_is_read_as_it_is_written(self):
        rows = {"replay": ROW, "verify": {**ROW, "total": 7}}
        text = ratchet.write("# why\n\nsetting: old\nquestion\n", "g++ 12, x86-64", rows)
        self.assertTrue(text.startswith("# why\n\nsetting: g++ 12, x86-64\n"))
        self.assertEqual(ratchet.read(text), ("g++ 12, x86-64", rows))


if __name__ == "__main__":
    unittest.main()
