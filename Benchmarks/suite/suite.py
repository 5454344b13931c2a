"""Runs all comparisons with CompressAI in turn, writes one results file, and prints one table.

Each part is a comparing program of its own; this one gathers what they measured, adds what the hardware could do, and says on what it ran.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "common"))

import machine
import results
import roofline
from asked import add_what_is_asked
from pairs import note_the_libraries
from parts import PARTS, PRODUCTS, Conditions
from pictures import cut, found
from table import table


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="small models and pictures, two rounds: shows that all runs, and measures nothing")
    parser.add_argument("--json", type=pathlib.Path, help="the results file; runs/benchmarks/DATE.json where none is named")
    parser.add_argument("--pictures", type=pathlib.Path, default=ROOT / "photos", help="a folder of photographs, such as Kodak's")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="all threads; what codes pictures is measured on one, too")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--products", action="store_true", help="print what must be built for these parts, and end")
    options = parser.parse_args()
    if options.threads < 1:
        parser.error("--threads must be at least 1")
    try:
        found(options.pictures)
    except ValueError as error:
        parser.error(f"--pictures: {error}")
    return options


def measured(name, command):
    """Runs a comparing program; returns its measurements."""
    script, *words = command
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        program = HERE.parent / script / "compare.py"
        whole = [sys.executable, program, *words, "--json", report.name]
        result = subprocess.run([str(word) for word in whole])
        if result.returncode != 0:
            raise RuntimeError(f"{script}/compare.py ended with status {result.returncode}")
        parts = json.loads(pathlib.Path(report.name).read_text())["measurements"]
    return [{"part": name, **part} for part in parts]


def run_parts(options, folder):
    """The measurements of all parts, and what failed."""
    programs = pathlib.Path(os.environ.get("BENCHPRESSO_PROGRAMS", ROOT / ".build" / "release"))
    conditions = Conditions(programs, options.pictures, folder, options.threads, options.quick)
    parts, failures = [], []
    for name in options.only:
        for command in PARTS[name](conditions):
            print(f"\n== {name}", flush=True)
            try:
                parts += measured(name, command)
            except RuntimeError as error:
                failures.append({"part": name, "message": str(error)})
                print(f"suite: {error}; the other parts go on", file=sys.stderr)
    return parts, failures


def main():
    options = arguments()
    if options.products:
        print(*dict.fromkeys(product for name in options.only for product in PRODUCTS[name]))
        return
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    path = options.json or ROOT / "runs" / "benchmarks" / f"{date.replace(':', '')}.json"
    load = os.getloadavg()[0]
    same = note_the_libraries()
    print("== what the machine can do", flush=True)
    peaks = roofline.peaks(sorted({1, options.threads}), options.quick)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cut(found(options.pictures)[0], 256, 192, folder / "small.png")
        parts, failures = run_parts(options, folder)
    print("\n== convolutions alone", flush=True)
    convolutions = roofline.Convolutions(options.quick)
    for part in parts:
        roofline.add(part, convolutions, peaks)
    add_what_is_asked(parts)
    whole = {
        "format": results.FORMAT, "date": date, **machine.commit(ROOT), "quick": options.quick, "machine": machine.machine(),
        "threads": options.threads, "load_before": load, "same_libtorch": same, "packages": machine.packages(), "peaks": peaks,
        "parts": parts, "failures": failures,
    }
    results.write(path, whole)
    print("\n" + "\n".join(table(whole, options.markdown)))
    if options.quick:
        print("note: a quick run shows that everything works; its numbers say nothing.")
    if load > 0.3:
        print(f"note: the load was {load:.2f} before the start; other programs were busy.")
    for failure in failures:
        print(f"failed: {failure['part']}: {failure['message']}")
    print(f"written: {path}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
