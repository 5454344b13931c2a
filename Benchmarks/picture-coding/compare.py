"""Codes whole pictures with both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is, for each model and direction.

Both sides load the same random weights and coder tables from one file and stay loaded. Every picture of every round gives one ratio for each
direction, CompressAI's seconds over ours.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import amount, measurement, note_the_libraries, tell, write_report
from pictures import found
from workers import Worker, in_turn

MODELS = (
    "bmshj2018-factorized", "bmshj2018-hyperprior", "mbt2018-mean", "mbt2018", "cheng2020-attn",
    "cheng2020-anchor-checkerboard", "elic2022-official", "elic2022-chandelier",
)  # fmt: skip


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--pictures", type=pathlib.Path, default=HERE.parent.parent / "photos", help="a folder of PNG or JPEG pictures")
    parser.add_argument("--limit", type=int, help="take the first pictures only")
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument("--what", nargs="+", choices=("coding", "transforms"), default=["coding", "transforms"], help="whole coding, networks alone")
    parser.add_argument("--channels", type=int, default=192, help="N")
    parser.add_argument("--expansion-channels", type=int, help="M; 192, and 320 of the models of ELIC, where it is not named")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="times that each picture is coded")
    parser.add_argument("--warm-up", type=int, default=1, help="pictures before the first round that do not count")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    try:
        pictures = found(options.pictures, options.limit)
    except ValueError as error:
        parser.error(f"--pictures: {error}")
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")
    return options, pictures


def expansion_channels(model, options):
    """M as it was asked for, or else as published."""
    return options.expansion_channels or (320 if model.startswith("elic2022") else 192)


def measure(model, options, pictures, folder):
    """The pairs of answers of one model, (picture, {"ours": …, "compressai": …}), by what was timed; our multiply–accumulates for each picture."""
    weights = pathlib.Path(folder, f"{model}.pth")
    theirs = [sys.executable, HERE / "compressai_pictures.py"]
    words = ["--architecture", model, "--weights", weights, "--threads", options.threads]
    words += ["--channels", options.channels, "--expansion-channels", expansion_channels(model, options)]
    subprocess.run([str(word) for word in theirs + words + ["--picture", pictures[0]]], check=True)
    workers = [Worker("ours", [options.ours, *words], options.threads), Worker("compressai", theirs + words, options.threads)]
    pairs = {}
    for what in options.what:
        for number in range(options.warm_up):
            in_turn(workers, f"{what} {pictures[number % len(pictures)]}", number)
        turns = [picture for _ in range(options.rounds) for picture in pictures]
        pairs[what] = [(picture, in_turn(workers, f"{what} {picture}", number)) for number, picture in enumerate(turns)]
    counts = [workers[0].ask(f"count {picture}") for picture in pictures]
    for worker in workers:
        worker.close()
    return pairs, counts


def measurements(model, options, pairs, counts, sizes):
    found = []
    numbers = {"channels": options.channels, "expansion_channels": expansion_channels(model, options)}
    for what in options.what:
        for direction in ("encode", "decode"):
            ours, theirs = ([pair[name][direction] for _, pair in pairs[what]] for name in ("ours", "compressai"))
            macs = statistics.mean(each[direction] for each in counts)
            workload = {"kind": what, "direction": direction, "architecture": model, **numbers, "sizes": sizes}
            name = f"{direction}{', networks alone' if what == 'transforms' else ''}, {model}"
            found.append(measurement(name, ours, theirs, threads=options.threads, counted_macs=macs, workload=workload))
            tell(found[-1])
            if what == "coding":
                found[-1]["stages"] = stages([pair["ours"]["stages"][direction] for _, pair in pairs[what]])
                print("  of ours: " + ", ".join(f"{name.replace('_', ' ')} {amount(value)}" for name, value in found[-1]["stages"].items()))
    return found


def stages(rounds):
    """The median of each stage of ours."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def size(picture):
    """Width and height of what is coded."""
    with Image.open(picture) as opened:
        return [side // 64 * 64 for side in opened.size]


def payloads(model, pairs):
    """What was coded, which does not change from round to round."""
    coded = {picture.name: pair for picture, pair in pairs}
    result = [
        {
            "model": model,
            "picture": name,
            "size": [pair["ours"]["width"], pair["ours"]["height"]],
            "ours": [len(each) // 2 for each in pair["ours"]["payloads"]],
            "compressai": [len(each) // 2 for each in pair["compressai"]["payloads"]],
            "equal": [a == b for a, b in zip(pair["ours"]["payloads"], pair["compressai"]["payloads"])],
            "bpp": 4 * sum(map(len, pair["ours"]["payloads"])) / (pair["ours"]["width"] * pair["ours"]["height"]),
        }
        for name, pair in coded.items()
    ]
    equal = sum(all(each["equal"]) for each in result)
    print(f"{model}: payloads {equal} of {len(result)} pictures equal, {statistics.mean(each['bpp'] for each in result):.2f} bits per pixel")
    for each in result:
        if not all(each["equal"]):
            print(f"note: {model}, {each['picture']}: payloads differ ({each['ours']} and {each['compressai']} bytes)")
    return result


def main():
    options, pictures = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start, {len(pictures)} pictures")
    all_measurements, all_payloads = [], []
    with tempfile.TemporaryDirectory() as folder:
        for model in options.models:
            pairs, counts = measure(model, options, pictures, folder)
            all_measurements += measurements(model, options, pairs, counts, [size(picture) for picture in pictures])
            if "coding" in pairs:
                all_payloads += payloads(model, pairs["coding"])
    numbers = {model: expansion_channels(model, options) for model in options.models}
    write_report(
        options.json, all_measurements, payloads=all_payloads, same_libtorch=same, channels=options.channels, expansion_channels=numbers
    )


if __name__ == "__main__":
    main()
