#!/usr/bin/env python3
"""Compares two results files of the suite: compare.py OLD.json NEW.json. Needs the standard library alone.

Printed is, for each part, how its ratio to CompressAI and its own time have changed. Own times are taken in products that the machine could have
done meanwhile, by the peak that was measured in the same run, since a machine is not always equally fast.

Something is lost when the end of the new interval that is nearest to the old one is more than the tolerance (10 %) worse than the old one's
nearest end. The exit status is 1 when anything is lost or a part is missing, and 2 when the files are none of the suite or cannot be compared.
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import results


def speeds(part, peak_flops):
    """What is compared, each as (median, lower end, upper end), more being better: the ratio, and parts for each product that was possible."""
    slow, fast = part["ours_interval"][1], part["ours_interval"][0]
    return {
        "ratio": (part["ratio"], *part["interval"]),
        "own time": tuple(1 / (seconds * peak_flops) for seconds in (part["ours"], slow, fast)),
    }


def change(old, new, tolerance):
    """By how much the median changed, and whether more than the tolerance is lost beyond the intervals."""
    return new[0] / old[0] - 1, new[2] < (1 - tolerance) * old[1], new[0] < (1 - tolerance) * old[0]


def obstacles(old, new, other_machine):
    """Why two files cannot be compared."""
    if old["quick"] or new["quick"]:
        yield "a quick run measures nothing that could be compared"
    names = [name for name in results.MACHINE if name in ("processor", "processors")]
    if not other_machine and any(old["machine"][name] != new["machine"][name] for name in names):
        yield "they are of different machines; --other-machine compares them all the same"


def compared(old, new, tolerance):
    """A line for each part, and the number of parts that lost or are missing."""
    news = {results.key(part): part for part in new["parts"]}
    olds = {results.key(part): part for part in old["parts"]}
    lines, worse = [], 0
    for key, part in olds.items():
        if key not in news:
            worse += 1
            lines.append(f"MISSING  {key}")
            continue
        before = speeds(part, results.peak(old, part["threads"])["peak_flops"])
        after = speeds(news[key], results.peak(new, part["threads"])["peak_flops"])
        changes = {name: change(before[name], after[name], tolerance) for name in before}
        lost = any(each[1] for each in changes.values())
        unsure = any(each[2] for each in changes.values())
        worse += lost
        word = "LOST" if lost else "unsure" if unsure else "kept"
        lines.append(f"{word:7}  {key}: " + ", ".join(f"{name} {100 * each[0]:+.1f} %" for name, each in changes.items()))
    lines += [f"new      {key}" for key in news if key not in olds]
    return lines, worse


def main(words=None):
    parser = argparse.ArgumentParser(description="Compares two results files of the benchmark suite.")
    parser.add_argument("old", type=pathlib.Path)
    parser.add_argument("new", type=pathlib.Path)
    parser.add_argument("--tolerance", type=float, default=0.1, help="the share that may be lost (0.1)")
    parser.add_argument("--other-machine", action="store_true", help="compare files of different machines")
    parser.add_argument("--quick", action="store_true", help="compare quick runs, too; their numbers say nothing")
    options = parser.parse_args(words)
    if not 0 <= options.tolerance < 1:
        parser.error("--tolerance must be at least 0 and below 1")
    try:
        old, new = results.read(options.old), results.read(options.new)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.quick:
        old["quick"] = new["quick"] = False
    problems = list(obstacles(old, new, options.other_machine))
    if problems:
        for problem in problems:
            print(f"error: {options.old} and {options.new} cannot be compared: {problem}", file=sys.stderr)
        return 2
    lines, worse = compared(old, new, options.tolerance)
    print("\n".join(lines))
    print(f"{worse} of {len(old['parts'])} parts lost more than {100 * options.tolerance:g} % or are missing.")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
