"""Runs the serial part of coding on both sides in turn, pass by pass (A B, B A, …), and prints how many times as fast Benchpresso is.

Both programs stay loaded. A pass gives one ratio for each direction, CompressAI's seconds over ours, by the clock and of the processor.
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
    found = []
    numbers = {name: getattr(options, name) for name in ("channels", "height", "width")}
    for direction in ("encode", "decode"):
        for clock, addition in (("seconds", ""), ("processor_seconds", ", seconds of the processor")):
            ours, theirs = ([each[name][direction][clock] for each in passes] for name in ("ours", "compressai"))
            name = f"serial part of {direction[:-1]}ing, mbt2018{addition}"
            workload = {"kind": "serial", "direction": direction, **numbers}
            found.append(measurement(name, ours, theirs, threads=1, workload=workload))
            tell(found[-1])
    write_report(options.json, found, same_libtorch=same)


if __name__ == "__main__":
    main()
