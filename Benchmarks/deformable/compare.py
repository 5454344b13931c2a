"""Runs the deformable convolution and torchvision's in turn (A B, B A, …) and prints how many times as fast Benchpresso's is.

The convolution is 3×3 with masks; the same sizes on both sides, with random offsets of up to two places.
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
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--side", type=int, default=48)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")
    same = note_the_libraries()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} before the start")
    found = []
    for threads in options.threads:
        words = ["--channels", options.channels, "--side", options.side, "--threads", threads]
        workers = [
            Worker("ours", [options.ours, *words], threads),
            Worker("torchvision", [sys.executable, HERE / "torchvision_deformable.py", *words], threads),
        ]
        rounds = [in_turn(workers, "run", number) for number in range(options.warm_up + options.rounds)][options.warm_up :]
        for worker in workers:
            worker.close()
        for part in ("forward", "backward"):
            ours, theirs = ([each[side][part] for each in rounds] for side in ("ours", "torchvision"))
            name = f"deformable convolution, {options.channels} channels, {options.side}×{options.side}, {part}, threads {threads}"
            found.append(measurement(name, ours, theirs, threads=threads))
            tell(found[-1])
    write_report(options.json, found, same_libtorch=same, other="torchvision")


if __name__ == "__main__":
    main()
