"""Codes the same symbols with both entropy coders in turn, pass by pass (A B, B A, …), and prints how many times as fast Benchpresso is.

The symbols are drawn from the tables of the Gaussians of the scale hyperprior: all of one row, or of all rows in random order. They are coded as
one stream on one thread, or as several independent streams at once: ours on threads, CompressAI's in processes. Ours are coded in CompressAI's form
and in the interleaved one, which is compared with CompressAI's, too.
"""

import argparse
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
from pairs import measurement, tell, write_report
from workers import Worker, in_turn

ROWS = {"row 10": [10], "all rows": list(range(64))}


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


def passes(options, streams, paths):
    words = [word for part, path in paths.items() for word in (f"--{part}", path)] + ["--streams", streams]
    workers = [
        Worker("ours", [options.ours, *words], threads=1),
        Worker("compressai", [sys.executable, HERE / "compressai_entropy.py", *words], threads=1),
    ]
    # Ours first, so that its streams are there to be compared.
    all_passes = [in_turn(workers, "pass", number) for number in range(options.rounds + 1)]
    for worker in workers:
        worker.close()
    return all_passes[1:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--symbols", type=int, default=1 << 24, help="how many symbols")
    parser.add_argument("--streams", type=int, nargs="+", default=[1, os.cpu_count()], help="numbers of streams at once")
    parser.add_argument("--rounds", type=int, default=5, help="passes that count")
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1 or min(options.streams) < 1 or options.symbols < max(options.streams):
        parser.error("--rounds and --streams must be at least 1, and --symbols as many as there are streams")
    print(f"load {os.getloadavg()[0]:.2f} of {os.cpu_count()} processors before the start")
    found = []
    for name, rows in ROWS.items():
        symbols, indexes = drawn(rows, options.symbols, numpy.random.default_rng(1))
        with tempfile.TemporaryDirectory() as folder:
            paths = {part: pathlib.Path(folder) / part for part in ("symbols", "indexes", "stream")}
            symbols.tofile(paths["symbols"])
            indexes.tofile(paths["indexes"])
            for streams in dict.fromkeys(options.streams):
                rounds = passes(options, streams, paths)
                same = all(each["compressai"]["same"] for each in rounds)
                bits = 8 * rounds[0]["ours"]["bytes"] / options.symbols
                print(f"{name}: {bits:.3f} bits a symbol, streams {'equal' if same else 'NOT EQUAL'}")
                more = rounds[0]["ours"]["bytes_interleaved"] - rounds[0]["ours"]["bytes"]
                print(f"{name}: interleaved, {more:.0f} bytes more")
                for direction in ("encode", "decode"):
                    ours, turns, theirs = (
                        [1e9 * each[side][key] / options.symbols for each in rounds]
                        for side, key in (("ours", direction), ("ours", f"{direction}_interleaved"), ("compressai", direction))
                    )
                    title = f"entropy coder, {direction}, {name}, {'one stream' if streams == 1 else f'{streams} streams at once'}"
                    found.append(measurement(title, ours, theirs, "ns per symbol", threads=streams, bits=bits, equal=same))
                    tell(found[-1])
                    gain = statistics.median(our / turn for our, turn in zip(ours, turns))
                    found.append(measurement(f"{title}, interleaved", turns, theirs, "ns per symbol", threads=streams, bits=bits, beside_ours=gain))
                    tell(found[-1])
                    print(f"    that is {gain:.2f} times as fast as ours in CompressAI's form")
    write_report(options.json, found, symbols=options.symbols)


if __name__ == "__main__":
    main()
