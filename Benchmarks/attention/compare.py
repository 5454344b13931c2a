"""Runs each block of rows.py in both programs in turn (A B, B A, …), with the same weights and input, and prints how many times as fast ours is.

PyTorch's side is the usual formulation, windows.py: nobody else's code. Both compute forward, and forward and backward; that they compute the same is checked first.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
from rows import ROWS
from workers import Worker, in_turn


def check(name, workers):
    """Ends the program where the sides compute something else."""
    ours, theirs = (worker.ask(f"{name} check") for worker in workers)
    for key, wanted in theirs.items():
        if abs(ours[key] - wanted) > 1e-4 * abs(wanted):
            sys.exit(f"compare: the {key}s of {name} differ: {ours[key]} and {wanted}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--libtorch", type=pathlib.Path, help="the libtorch that ours was built with")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS), help="the blocks")
    parser.add_argument("--rounds", type=int, default=20, help="rounds that count")
    parser.add_argument("--warm-up", type=int, default=3, help="rounds before them")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--channels-last", action="store_true", help="pictures whose channels lie side by side")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")

    same = note_the_libraries(options.libtorch)
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    measurements = []
    with tempfile.TemporaryDirectory() as folder:
        theirs = [sys.executable, HERE / "pytorch_blocks.py", folder]
        subprocess.run([*theirs, "--write"], check=True)
        words = ["--threads", options.threads, *(["--channels-last"] if options.channels_last else [])]
        workers = [Worker("ours", [options.ours, folder, *words], options.threads), Worker("pytorch", [*theirs, *words], options.threads)]
        for name in options.only:
            check(name, workers)
            macs = workers[0].ask(f"{name} count")["macs"]
            for what, label, factor in (("forward", "forward", 1), ("step", "forward and backward", 3)):
                rounds = [in_turn(workers, f"{name} {what}", number) for number in range(options.warm_up + options.rounds)]
                ours, pytorch = ([each[side]["seconds"] for each in rounds[options.warm_up :]] for side in ("ours", "pytorch"))
                size = "×".join(str(side) for side in ROWS[name][1])
                measurements.append(
                    measurement(
                        f"{name}, {size}, {label}", ours, pytorch, threads=options.threads, counted_macs=factor * macs,
                        workload={"kind": "attention", "row": name, "part": what, "channels_last": options.channels_last},
                    )
                )
                tell(measurements[-1])
        for worker in workers:
            worker.close()
    write_report(options.json, measurements, same_libtorch=same)


if __name__ == "__main__":
    main()
