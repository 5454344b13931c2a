"""Trains the same model on the same pictures with both programs in turn and prints the ratio of their images per second.

Every program is started anew in each round. Ours is the program as users run it, with its log; the clock runs from the line of the last
warm-up step in its metrics.csv to the line of the last step. CompressAI's side is compressai_training.py. A round gives one ratio: their seconds
over ours, which is how many times as many images a second ours takes.
"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
from pictures import found

CONFIGURATION = """
seed_everything: 1
model:
  class_path: {architecture}
  init_args: {{channels: {channels}, expansion_channels: {expansion_channels}}}
data:
  class_path: datasets.ImageFolder
  init_args:
    data_dir: "{data}"
    batch_size: {batch}
    num_workers: {workers}
    transform: {{class_path: transform.RandomCrop, init_args: {{patch_size: {size}}}}}
optimizer: {{class_path: optimizer.Adam, init_args: {{lr: 1.0e-4}}}}
trainer:
  max_steps: {total}
  limit_val_batches: 0
  num_sanity_val_steps: 0
  gradient_clip_val: 1.0
  log_every_n_steps: 1
  enable_checkpointing: false
  enable_model_summary: false
  threads: {threads}
  default_root_dir: "{logs}"
"""


def ours(options, folder, number, environment):
    total = options.warm_up + options.steps
    logs = folder / f"logs{number}"
    settings = dict(vars(options), data=folder, total=total, logs=logs)
    configuration = folder / f"{number}.yaml"
    configuration.write_text(CONFIGURATION.format(**settings))
    process = subprocess.Popen(
        [options.program, "fit", "--config", configuration], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    seen, start, end = 0, None, None
    while end is None and process.poll() is None:
        time.sleep(0.01)
        for metrics in logs.glob("*/version_0/metrics.csv"):
            seen = metrics.read_text().count(",train,")
        if start is None and seen >= options.warm_up:
            start = time.perf_counter()
        if seen >= total:
            end = time.perf_counter()
    errors = process.communicate()[1]
    if process.returncode != 0 or start is None:
        sys.exit(f"compare: benchpresso ended with status {process.returncode}: {errors}")
    rows = [row for metrics in logs.glob("*/version_0/metrics.csv") for row in csv.DictReader(metrics.open()) if row["stage"] == "train"]
    return (end or time.perf_counter()) - start, float(rows[-1]["data_wait_share"])


def theirs(options, folder, environment):
    names = ("architecture", "channels", "expansion_channels", "batch", "size", "workers", "threads", "warm_up", "steps")
    arguments = [text for name in names for text in (f"--{name.replace('_', '-')}", str(getattr(options, name)))]
    command = [sys.executable, str(HERE / "compressai_training.py"), "--data", str(folder), *arguments]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"compare: CompressAI's side ended with status {result.returncode}.")
    return json.loads(result.stdout.strip().splitlines()[-1])["seconds"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the program benchpresso")
    parser.add_argument("--pictures", type=pathlib.Path, required=True, help="a folder of photographs")
    parser.add_argument("--libtorch", type=pathlib.Path, help="the libtorch that ours was built with")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=6, help="timed steps in a round")
    parser.add_argument("--warm-up", type=int, default=2, help="steps before the timed ones")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--workers", type=int, default=2, help="threads or processes that decode pictures")
    parser.add_argument("--architecture", default="bmshj2018-factorized", help="CompressAI's name of the model")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    options = parser.parse_args()
    try:
        pictures = found(options.pictures)
    except ValueError as error:
        parser.error(f"--pictures: {error}")
    if not options.program.is_file():
        parser.error(f"--program: there is no program {options.program}; training/run builds it")
    environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads))

    same = note_the_libraries(options.libtorch)
    print(f"{options.threads} threads of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    seconds, waits = {"ours": [], "compressai": []}, []
    images = options.steps * options.batch
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "train").mkdir()
        # Each picture several times, so that an epoch has enough batches.
        for number in range(max(len(pictures), 8 * options.batch)):
            picture = pictures[number % len(pictures)]
            (folder / "train" / f"{number:04}{picture.suffix}").symlink_to(picture)
        (folder / "val").symlink_to(folder / "train")
        for number in range(options.rounds):
            if number % 2 == 0:
                (own, waiting), other = ours(options, folder, number, environment), theirs(options, folder, environment)
            else:
                other = theirs(options, folder, environment)
                own, waiting = ours(options, folder, number, environment)
            seconds["ours"].append(own / images)
            seconds["compressai"].append(other / images)
            waits.append(waiting)
            print(f"round {number + 1}: {images / own:.2f} and {images / other:.2f} images a second, ours waits {100 * waiting:.2f} %", flush=True)
    size = f"N={options.channels} M={options.expansion_channels}, {options.batch}×{options.size}×{options.size}"
    name = f"training with loader, {options.architecture}, {size}"
    names = ("architecture", "channels", "expansion_channels", "batch", "size")
    more = {"waiting": waits, "workload": {"kind": "training", **{name: getattr(options, name) for name in names}}}
    each = measurement(name, seconds["ours"], seconds["compressai"], "s per image", threads=options.threads, **more)
    tell(each)
    write_report(options.json, [each], same_libtorch=same)


if __name__ == "__main__":
    main()
