"""Runs training steps of both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso's are.

Both programs stay loaded. A round is one step of each and gives one ratio, CompressAI's seconds over ours.
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
    parser.add_argument("--libtorch", type=pathlib.Path, help="the libtorch that ours was built with")
    parser.add_argument("--rounds", type=int, default=10, help="steps that count")
    parser.add_argument("--warm-up", type=int, default=2, help="steps before them")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--architecture", default="bmshj2018-factorized", help="CompressAI's name of the model")
    parser.add_argument("--channels", type=int, default=128, help="N")
    parser.add_argument("--expansion-channels", type=int, default=192, help="M")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")

    names = ("architecture", "channels", "expansion_channels", "batch", "size", "threads")
    words = [text for name in names for text in (f"--{name.replace('_', '-')}", str(getattr(options, name)))]
    same = note_the_libraries(options.libtorch)
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    workers = [
        Worker("ours", [options.ours, *words], options.threads),
        Worker("compressai", [sys.executable, HERE / "compressai_step.py", *words], options.threads),
    ]
    macs = workers[0].ask("count")["macs"]
    rounds = [in_turn(workers, "step", number) for number in range(options.warm_up + options.rounds)][options.warm_up :]
    for worker in workers:
        worker.close()
    ours, theirs = ([each[name]["seconds"] for each in rounds] for name in ("ours", "compressai"))
    size = f"N={options.channels} M={options.expansion_channels}, {options.batch}×{options.size}×{options.size}"
    workload = {"kind": "training", **{name: getattr(options, name) for name in names if name != "threads"}}
    name = f"training step, {options.architecture}, {size}"
    each = measurement(name, ours, theirs, threads=options.threads, counted_macs=macs, workload=workload)
    tell(each)
    write_report(options.json, [each], same_libtorch=same)


if __name__ == "__main__":
    main()
