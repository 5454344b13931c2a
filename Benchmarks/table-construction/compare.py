"""Makes the entropy coder's tables with both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is.

The tables are those of an entropy bottleneck with fresh densities and of the Gaussians of the scale hyperprior.
"""

import argparse
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
from workers import Worker, in_turn


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--channels", type=int, default=192, help="of the entropy bottleneck")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    words = ["--channels", options.channels, "--threads", options.threads]
    workers = [
        Worker("ours", [options.ours, *words], options.threads),
        Worker("compressai", [sys.executable, HERE / "compressai_tables.py", *words], options.threads),
    ]
    rounds = [in_turn(workers, "tables", number) for number in range(options.warm_up + options.rounds)][options.warm_up :]
    for worker in workers:
        worker.close()
    found = []
    for part, name in (("bottleneck", f"tables of an entropy bottleneck of {options.channels} channels"), ("gaussians", "tables of the Gaussians")):
        ours, theirs = ([each[side][part] for each in rounds] for side in ("ours", "compressai"))
        found.append(measurement(name, ours, theirs, threads=options.threads))
        tell(found[-1])
    write_report(options.json, found, same_libtorch=same)


if __name__ == "__main__":
    main()
