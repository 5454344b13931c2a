"""Codes whole pictures with both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is, for each model and direction.

Both sides load the same random weights and coder tables from one file and stay loaded. Every picture of every round gives one ratio for each
direction, CompressAI's seconds over ours.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import interval, note_the_libraries
from workers import Worker, in_turn

MODELS = ("bmshj2018-factorized", "mbt2018-mean", "mbt2018")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    parser.add_argument("--pictures", type=pathlib.Path, default=HERE.parent.parent / "photos", help="a folder of PNG or JPEG pictures")
    parser.add_argument("--limit", type=int, help="take the first pictures only")
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument("--channels", type=int, default=192, help="N")
    parser.add_argument("--expansion-channels", type=int, default=192, help="M")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="times that each picture is coded")
    parser.add_argument("--warm-up", type=int, default=1, help="pictures before the first round that do not count")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    suffixes = (".png", ".jpg", ".jpeg")
    if not options.pictures.is_dir():
        parser.error(f"--pictures: there is no folder {options.pictures}")
    pictures = sorted(path.resolve() for path in options.pictures.iterdir() if path.suffix.lower() in suffixes)[: options.limit]
    if not pictures:
        parser.error(f"--pictures: no picture ({', '.join(suffixes)}) in {options.pictures}")
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")
    return options, pictures


def measure(model, options, pictures, folder):
    """The pairs of answers of one model: (picture, {"ours": …, "compressai": …})."""
    weights = pathlib.Path(folder, f"{model}.pth")
    theirs = [sys.executable, HERE / "compressai_pictures.py"]
    words = ["--architecture", model, "--weights", weights, "--threads", options.threads]
    words += ["--channels", options.channels, "--expansion-channels", options.expansion_channels]
    subprocess.run([str(word) for word in theirs + words + ["--picture", pictures[0]]], check=True)
    workers = [Worker("ours", [options.ours, *words], options.threads), Worker("compressai", theirs + words, options.threads)]
    for number in range(options.warm_up):
        in_turn(workers, pictures[number % len(pictures)], number)
    turns = [picture for _ in range(options.rounds) for picture in pictures]
    pairs = [(picture, in_turn(workers, picture, number)) for number, picture in enumerate(turns)]
    for worker in workers:
        worker.close()
    return pairs


def summary(pairs):
    result = {"pictures": len({picture for picture, _ in pairs})}
    for direction in ("encode", "decode"):
        ours, theirs = ([pair[name][direction] for _, pair in pairs] for name in ("ours", "compressai"))
        ratios = [their / our for our, their in zip(ours, theirs)]
        low, high = interval(ratios)
        result[direction] = {
            "ours": statistics.median(ours), "compressai": statistics.median(theirs), "times_as_fast": statistics.median(ratios),
            "interval": [low, high], "seconds": {"ours": ours, "compressai": theirs},
        }
    # What is coded does not change from round to round.
    coded = {picture.name: pair for picture, pair in pairs}
    result["payloads"] = [
        {
            "picture": name,
            "ours": [len(each) // 2 for each in pair["ours"]["payloads"]],
            "compressai": [len(each) // 2 for each in pair["compressai"]["payloads"]],
            "equal": [a == b for a, b in zip(pair["ours"]["payloads"], pair["compressai"]["payloads"])],
            "bpp": 4 * sum(map(len, pair["ours"]["payloads"])) / (pair["ours"]["width"] * pair["ours"]["height"]),
        }
        for name, pair in coded.items()
    ]
    return result


def tell(model, result):
    for direction in ("encode", "decode"):
        each = result[direction]
        print(
            f"{model:22} {direction}  {each['ours']:8.3f} {each['compressai']:12.3f}   {each['times_as_fast']:6.2f} "
            f"({each['interval'][0]:.2f} to {each['interval'][1]:.2f})"
        )
    equal = sum(all(each["equal"]) for each in result["payloads"])
    rate = statistics.mean(each["bpp"] for each in result["payloads"])
    print(f"{model:22} payloads {equal} of {result['pictures']} pictures equal, {rate:.2f} bits per pixel", flush=True)
    for each in result["payloads"]:
        if not all(each["equal"]):
            print(f"note: {model}, {each['picture']}: payloads differ ({each['ours']} and {each['compressai']} bytes)")


def main():
    options, pictures = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start, {len(pictures)} pictures")
    print("model                  direction   ours s   CompressAI s   times as fast (95 % interval)")
    report = {
        "threads": options.threads, "channels": options.channels, "expansion_channels": options.expansion_channels, "rounds": options.rounds,
        "same_libtorch": same, "models": {},
    }
    with tempfile.TemporaryDirectory() as folder:
        for model in options.models:
            report["models"][model] = result = summary(measure(model, options, pictures, folder))
            tell(model, result)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
        print(f"written: {options.json}")


if __name__ == "__main__":
    main()
