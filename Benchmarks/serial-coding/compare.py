"""Runs the serial part of coding on both sides in turn, pass by pass (A B, B A, …), and prints how many times as fast Benchpresso is.

Both programs stay loaded. A pass gives one ratio for each direction, CompressAI's seconds over ours, by the clock and of the processor.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import interval, note_the_libraries
from workers import Worker, in_turn


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--rounds", type=int, default=7, help="passes that count, in both directions")
    parser.add_argument("--warm-up", type=int, default=1, help="passes before them")
    parser.add_argument("--channels", type=int, default=192, help="M")
    parser.add_argument("--height", type=int, default=32, help="of the latent")
    parser.add_argument("--width", type=int, default=48, help="of the latent")
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")

    size = [text for name in ("channels", "height", "width") for text in (f"--{name}", str(getattr(options, name)))]
    same = note_the_libraries()
    workers = [
        Worker("ours", [options.ours, *size], threads=1),
        Worker("compressai", [sys.executable, HERE / "compressai_serial.py", *size], threads=1),
    ]
    print(f"one thread, load {os.getloadavg()[0]:.2f} of {os.cpu_count()} processors before the start")
    passes = [in_turn(workers, "pass", number) for number in range(options.warm_up + options.rounds)][options.warm_up :]
    for worker in workers:
        worker.close()
    report = {"options": {name: getattr(options, name) for name in ("rounds", "warm_up", "channels", "height", "width")}, "same_libtorch": same}
    for direction in ("encode", "decode"):
        report[direction] = {}
        for clock in ("seconds", "processor_seconds"):
            ours, theirs = ([each[name][direction][clock] for each in passes] for name in ("ours", "compressai"))
            ratios = [their / our for our, their in zip(ours, theirs)]
            low, high = interval(ratios)
            report[direction][clock] = {
                "ours": ours, "compressai": theirs, "times_as_fast": statistics.median(ratios), "interval": [low, high]
            }
            print(
                f"{direction}, {clock.replace('_', ' ')}: {statistics.median(ours):.3f} against {statistics.median(theirs):.3f}, "
                f"{statistics.median(ratios):.1f} times as fast (95 % interval {low:.1f} to {high:.1f}, {options.rounds} rounds)"
            )
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
