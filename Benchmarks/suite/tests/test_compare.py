"""Tests of compare.py with made-up results files: python3 -m unittest discover -s Benchmarks/suite/tests."""

import contextlib
import copy
import io
import json
import pathlib
import tempfile
import unittest

from made_up import file, part

import compare
import results


class Comparison(unittest.TestCase):
    def compare(self, old, new, *words):
        """The exit status and all that was printed; files are given as values or as text."""
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder, name) for name in ("old.json", "new.json")]
            for path, content in zip(paths, (old, new)):
                if content is not None:
                    path.write_text(content if isinstance(content, str) else json.dumps(content))
            output = io.StringIO()
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                status = compare.main([*map(str, paths), *words])
            return status, output.getvalue()

    def test_equal_files_are_kept(self):
        status, text = self.compare(file(part()), file(part()))
        self.assertEqual(status, 0)
        self.assertIn("kept     training step, 2 threads: ratio +0.0 %, own time +0.0 %", text)

    def test_five_percent_may_be_lost(self):
        status, text = self.compare(file(part()), file(part(ratio=1.9, ours=1.05)))
        self.assertEqual(status, 0)
        self.assertIn("ratio -5.0 %", text)

    def test_twelve_percent_of_the_ratio_are_too_much(self):
        status, text = self.compare(file(part()), file(part(ratio=1.76)))
        self.assertEqual(status, 1)
        self.assertIn("LOST     training step, 2 threads: ratio -12.0 %", text)

    def test_a_longer_time_is_lost_where_the_ratio_is_kept(self):
        status, text = self.compare(file(part()), file(part(ours=1.15)))
        self.assertEqual(status, 1)
        self.assertIn("ratio +0.0 %, own time -13.0 %", text)

    def test_a_slower_machine_is_not_a_slower_program(self):
        self.assertEqual(self.compare(file(part()), file(part(ours=1.25), peak=0.8e11))[0], 0)
        self.assertEqual(self.compare(file(part()), file(part(ours=1.0), peak=1.25e11))[0], 1)

    def test_wide_intervals_leave_it_open(self):
        status, text = self.compare(file(part(spread=0.1)), file(part(ratio=1.76, spread=0.1)))
        self.assertEqual(status, 0)
        self.assertIn("unsure   training step", text)

    def test_what_became_faster_is_kept(self):
        self.assertEqual(self.compare(file(part()), file(part(ratio=3, ours=0.6)))[0], 0)

    def test_one_of_several_parts_is_enough(self):
        old = file(part("a"), part("b"))
        self.assertEqual(self.compare(old, file(part("a"), part("b", ratio=1.5)))[0], 1)

    def test_a_missing_part_is_a_loss_and_a_new_one_is_not(self):
        status, text = self.compare(file(part("a"), part("b")), file(part("a")))
        self.assertEqual(status, 1)
        self.assertIn("MISSING  b, 2 threads", text)
        status, text = self.compare(file(part("a")), file(part("a"), part("b")))
        self.assertEqual(status, 0)
        self.assertIn("new      b, 2 threads", text)

    def test_numbers_of_threads_are_parts_of_their_own(self):
        status, text = self.compare(file(part(threads=1)), file(part(threads=2)))
        self.assertEqual(status, 1)
        self.assertIn("MISSING  training step, 1 thread\n", text)

    def test_the_tolerance_can_be_chosen(self):
        old, new = file(part()), file(part(ratio=1.76))
        self.assertEqual(self.compare(old, new, "--tolerance", "0.2")[0], 0)
        self.assertEqual(self.compare(old, file(part(ratio=1.9)), "--tolerance", "0.01")[0], 1)

    def test_another_machine_is_refused_until_it_is_said(self):
        old, new = file(part()), file(part(), processor="another")
        status, text = self.compare(old, new)
        self.assertEqual(status, 2)
        self.assertIn("--other-machine", text)
        self.assertEqual(self.compare(old, new, "--other-machine")[0], 0)

    def test_quick_runs_are_refused(self):
        status, text = self.compare(file(part()), file(part(), quick=True))
        self.assertEqual(status, 2)
        self.assertIn("quick", text)
        self.assertEqual(self.compare(file(part()), file(part(), quick=True), "--quick")[0], 0)

    def test_files_that_are_none_of_the_suite_are_refused(self):
        whole = json.dumps(file(part()))
        cases = {
            "no JSON": whole[: len(whole) // 2],
            "no results file": '{"measurements": []}',
            "is no results file": "[]",
            "cannot be read": None,
        }
        for message, text in cases.items():
            with self.subTest(message):
                status, printed = self.compare(whole, text)
                self.assertEqual(status, 2)
                self.assertIn(message, printed)

    def test_damaged_parts_are_named(self):
        changes = {
            "ratio": None, "ours": -1, "compressai": "fast", "interval": [2.0], "ours_interval": [1.0, 0.5], "threads": 1.5, "rounds": None,
        }
        for name, value in changes.items():
            with self.subTest(name):
                damaged = copy.deepcopy(file(part()))
                damaged["parts"][0][name] = value
                status, text = self.compare(file(part()), damaged)
                self.assertEqual(status, 2)
                self.assertIn(f"the part 'training step' has no '{name}'", text)
        for name in ("quick", "machine", "peaks", "parts"):
            with self.subTest(name):
                damaged = {key: value for key, value in file(part()).items() if key != name}
                self.assertEqual(self.compare(damaged, file(part()))[0], 2)

    def test_a_file_without_a_peak_is_damaged(self):
        damaged = file(part())
        damaged["peaks"] = {}
        status, text = self.compare(file(part()), damaged)
        self.assertEqual(status, 2)
        self.assertIn("peak of one thread", text)


class Files(unittest.TestCase):
    def test_what_is_written_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "new", "results.json")
            results.write(path, file(part()))
            self.assertEqual(results.read(path), file(part()))
            self.assertEqual([each.name for each in path.parent.iterdir()], ["results.json"])


if __name__ == "__main__":
    unittest.main()
