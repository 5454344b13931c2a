"""Codes the same symbols with both entropy coders in turn, pass by pass, and prints symbols per second and how many times as fast Benchpresso is.

The symbols are drawn from the tables of the Gaussians of the scale hyperprior: all of one row, or of all rows in random order.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile

import numpy

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.entropy_models import GaussianConditional
from compressai.models.google import get_scale_table
from pairs import interval
from workers import Worker


def drawn(rows, count, generator):
    """Symbols and the row of each; the sentinel of a row is drawn as its most probable symbol."""
    model = GaussianConditional(None)
    model.update_scale_table(get_scale_table(), force=True)
    cdf, lengths, offsets = (t.numpy() for t in (model._quantized_cdf, model._cdf_length.reshape(-1), model._offset.reshape(-1)))
    indexes = generator.choice(rows, size=count).astype("<i4")
    symbols = numpy.zeros(count, dtype="<i4")
    for row in rows:
        places = numpy.flatnonzero(indexes == row)
        table = cdf[row, : lengths[row]]
        found = numpy.searchsorted(table, generator.integers(0, 65536, size=len(places)), side="right") - 1
        found[found == lengths[row] - 2] = -offsets[row]
        symbols[places] = found + offsets[row]
    return symbols, indexes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--symbols", type=int, default=1 << 24, help="how many symbols")
    parser.add_argument("--rounds", type=int, default=5, help="passes that count")
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.symbols < 1:
        parser.error("--rounds and --symbols must be at least 1")
    print(f"one thread, load {os.getloadavg()[0]:.2f} of {os.cpu_count()} processors before the start")
    report = {"options": {"symbols": options.symbols, "rounds": options.rounds}}
    for name, rows in (("row 10", [10]), ("all rows", list(range(64)))):
        symbols, indexes = drawn(rows, options.symbols, numpy.random.default_rng(1))
        with tempfile.TemporaryDirectory() as folder:
            paths = {part: pathlib.Path(folder) / part for part in ("symbols", "indexes", "stream")}
            symbols.tofile(paths["symbols"])
            indexes.tofile(paths["indexes"])
            words = [word for part, path in paths.items() for word in (f"--{part}", path)]
            workers = [
                Worker("ours", [options.ours, *words], threads=1),
                Worker("compressai", [sys.executable, HERE / "compressai_entropy.py", *words], threads=1),
            ]
            # Ours first, so that its stream is there to be compared.
            passes = [{worker.name: worker.ask() for worker in workers} for _ in range(options.rounds + 1)][1:]
            for worker in workers:
                worker.close()
        same = all(each["compressai"]["same"] for each in passes)
        bits = 8 * passes[0]["ours"]["bytes"] / options.symbols
        print(f"{name}: {bits:.3f} bits a symbol, streams {'equal' if same else 'NOT EQUAL'}")
        report[name] = {"bits": bits, "same": same}
        for direction in ("encode", "decode"):
            ours, theirs = ([options.symbols / each[side][direction] / 1e6 for each in passes] for side in ("ours", "compressai"))
            ratios = [our / their for our, their in zip(ours, theirs)]
            low, high = interval(ratios)
            report[name][direction] = {
                "ours": ours, "compressai": theirs, "times_as_fast": statistics.median(ratios), "interval": [low, high]
            }
            print(
                f"  {direction}: {statistics.median(ours):.1f} against {statistics.median(theirs):.1f} million symbols a second, "
                f"{statistics.median(ratios):.1f} times as fast (95 % interval {low:.1f} to {high:.1f}, {options.rounds} rounds)"
            )
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
