"""Tests of what the suite puts together: measurements, parts, shares of the peak, the table."""

import math
import pathlib
import unittest

from made_up import SUITE, file, part

import asked
import pairs
import parts
import roofline
import table


class Measurements(unittest.TestCase):
    def test_a_ratio_above_one_means_that_ours_is_faster(self):
        each = pairs.measurement("a part", [1.0, 1.0, 2.0], [3.0, 2.0, 3.0], threads=2)
        self.assertEqual((each["ours"], each["compressai"], each["ratio"], each["rounds"]), (1.0, 3.0, 2.0, 3))
        self.assertEqual((each["interval"], each["ours_interval"]), ((1.5, 3.0), (1.0, 2.0)))
        self.assertEqual(each["threads"], 2)

    def test_rounds_without_a_counterpart_are_an_error(self):
        with self.assertRaises(ValueError):
            pairs.measurement("a part", [1.0], [1.0, 2.0])

    def test_amounts_have_three_digits(self):
        cases = {(12.345, "s"): "12.3 s", (0.0123, "s"): "12.3 ms", (4.5e-6, "s"): "4.5 µs", (1234.5, "s"): "1234 s", (3.456, "ns per symbol"): "3.46 ns per symbol"}
        for (value, unit), text in cases.items():
            self.assertEqual(pairs.amount(value, unit), text)


class Parts(unittest.TestCase):
    def conditions(self, quick):
        folder = pathlib.Path("folder")
        return parts.Conditions(programs=folder, pictures=folder, small_pictures=folder, threads=2, quick=quick)

    def test_every_part_names_a_comparing_program_and_what_is_built_for_it(self):
        self.assertEqual(set(parts.PARTS), set(parts.PRODUCTS))
        for name, commands in parts.PARTS.items():
            for quick in (False, True):
                for command in commands(self.conditions(quick)):
                    self.assertTrue((SUITE.parent / command[0] / "compare.py").is_file(), name)
                    self.assertIn("--rounds", command)

    def test_every_product_is_in_the_manifest(self):
        manifest = (SUITE.parent.parent / "Package.swift").read_text()
        for product in {product for products in parts.PRODUCTS.values() for product in products}:
            stem = product.removesuffix("Benchmark")
            self.assertTrue(f'"{product}"' in manifest or f'"{stem}", [' in manifest, product)


class Asked(unittest.TestCase):
    def asked(self, part, name):
        found = {"part": part, "name": name}
        asked.add_what_is_asked([found])
        return found["asked"]

    def test_models_that_code_in_groups_are_asked_to_be_faster(self):
        for model in ("cheng2020-anchor-checkerboard", "elic2022-official", "elic2022-chandelier"):
            for direction in ("encode", "decode"):
                self.assertEqual(self.asked("picture-coding", f"{direction}, {model}"), 1)

    def test_the_last_pattern_that_fits_counts(self):
        self.assertEqual(self.asked("picture-coding", "decode, cheng2020-attn"), 4)
        self.assertEqual(self.asked("picture-coding", "decode, mbt2018"), 8)
        self.assertEqual(self.asked("picture-coding", "decode, networks alone, mbt2018"), 1)


class Alone:
    """Convolutions of two thousand million multiply–accumulates that take a quarter of a second."""

    def of(self, workload, threads):
        return {"macs": 2e9, "seconds": 0.25}


class Shares(unittest.TestCase):
    def test_the_share_counts_two_operations_for_each_multiply_accumulate(self):
        each = {**part(ours=0.5, ratio=2), "workload": {"kind": "coding", "direction": "encode"}}
        roofline.add(each, Alone(), {"2": {"peak_flops": 1e10}})
        self.assertTrue(math.isclose(each["share_of_peak"], 0.8))
        self.assertTrue(math.isclose(each["ceiling"], 4))

    def test_times_of_an_image_are_set_against_its_share_of_the_batch(self):
        each = {**part(ours=0.5, ratio=2), "unit": "s per image", "workload": {"kind": "training", "batch": 4}}
        roofline.add(each, Alone(), {"2": {"peak_flops": 1e10}})
        self.assertTrue(math.isclose(each["share_of_peak"], 0.2))
        self.assertTrue(math.isclose(each["ceiling"], 16))

    def test_what_has_no_convolutions_has_no_share(self):
        each = part()
        roofline.add(each, Alone(), {})
        self.assertNotIn("share_of_peak", each)


class Table(unittest.TestCase):
    def test_a_part_is_a_line(self):
        found = file({**part(), "asked": 1.5, "ceiling": 3.0, "share_of_peak": 0.5}, {**part("slow", ratio=1.2), "asked": 1.5})
        lines = table.table(found, markdown=True)
        self.assertEqual(lines[2], "| training step, 2 threads | 1 s | 2 s | 2.00 (1.98 to 2.02) | 1.5 | 3.00 | 50 % |")
        self.assertIn("| 1.5 (missed) |", lines[3])
        self.assertIn("2 threads: 200 GFLOP/s", lines[-1])


if __name__ == "__main__":
    unittest.main()
