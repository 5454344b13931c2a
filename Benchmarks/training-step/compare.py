"""Runs two timing programs in turn (A B, B A, …) and prints the ratio of their medians with an interval.

Each program is started anew in every round, runs the same steps on the same number of threads, and prints
{"seconds": [...]}. A round gives one ratio: ours over CompressAI's. The interval is the 2.5 % to 97.5 % range of the
median ratio over rounds drawn with replacement.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import interval, note_the_libraries


def measure(command, warm_up, environment):
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"compare: {command[0]} ended with status {result.returncode}.")
    return statistics.median(json.loads(result.stdout.strip().splitlines()[-1])["seconds"][warm_up:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--libtorch", type=pathlib.Path, help="the libtorch that ours was built with")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--steps", type=int, default=6, help="timed steps in a round")
    parser.add_argument("--warm-up", type=int, default=2, help="steps before the timed ones")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    options = parser.parse_args()

    names = ("channels", "expansion_channels", "batch", "size", "threads")
    arguments = [text for name in names for text in (f"--{name.replace('_', '-')}", str(getattr(options, name)))]
    arguments += ["--steps", str(options.warm_up + options.steps)]
    programs = {
        "ours": [str(options.ours), *arguments],
        "compressai": [sys.executable, str(HERE / "compressai_step.py"), *arguments],
    }
    environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads))

    note_the_libraries(options.libtorch)
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    print("round   ours s   CompressAI s   ratio")
    ratios = []
    for number in range(options.rounds):
        order = list(programs) if number % 2 == 0 else list(reversed(programs))
        seconds = {name: measure(programs[name], options.warm_up, environment) for name in order}
        ratios.append(seconds["ours"] / seconds["compressai"])
        print(f"{number + 1:5}   {seconds['ours']:6.3f}   {seconds['compressai']:12.3f}   {ratios[-1]:5.3f}", flush=True)
    low, high = interval(ratios)
    print(f"median ratio ours / CompressAI: {statistics.median(ratios):.3f} (95 % interval {low:.3f} to {high:.3f}, {options.rounds} rounds)")


if __name__ == "__main__":
    main()
