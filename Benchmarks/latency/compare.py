"""Times CompressAI and Benchpresso with two procedures on the same model, weights and picture, and prints where they differ.

The plain loop is what is usually written around a model: one program after the other, a fresh process, no warm-up, the mean of all calls. The
procedure of 'benchpresso measure' warms up, lets the programs take turns, keeps every sample, and gives medians, with an interval for the ratio of
each round. Benchpresso is asked through the process with which 'benchpresso measure' measures.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import interval, note_the_libraries
from workers import Worker

DIRECTIONS = ("encoding", "decoding")


class Ours(Worker):
    """The measuring process of Benchpresso; its times run from 8-bit pixels to bytes and back to 8-bit pixels."""

    def __init__(self, program, options, picture, size, weights):
        super().__init__("Benchpresso", [program, "__measure"], options.threads)
        arguments = {"channels": options.channels, "expansion_channels": options.expansion_channels}
        model = {"model": {"class_path": "models.FactorizedPrior", "init_args": arguments}}
        subject = {"kind": "model", "configuration": json.dumps(model), "weights": str(weights), "seed": 0, "device": "cpu", "tile": "off"}
        self.check(super().ask(json.dumps({"open": {"_0": subject, "threads": options.threads}})))
        pictures = {"files": {"_0": [str(picture)]}}
        cell = {
            "what": "stages", "width": size, "height": size, "batchSize": 1, "pictures": pictures, "threads": options.threads,
            "countsOperations": False,
        }
        self.cell = json.dumps({"prepare": {"_0": cell}})
        self.check(super().ask(self.cell))

    @staticmethod
    def check(answer):
        if "failed" in answer or "outOfMemory" in answer:
            sys.exit(f"compare: {answer}")
        return answer

    def ask(self, line=""):
        found = self.check(super().ask(json.dumps({"measure": {"round": 0}})))["measured"]["_0"]
        conversion = {
            direction: sum(each["seconds"] for each in found[f"{direction}Stages"] if each["stage"] == "conversion")
            for direction in DIRECTIONS
        }
        return {**{direction: found[direction] for direction in DIRECTIONS}, "conversion": conversion, "bits": found["payloadBits"]}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="the program benchpresso")
    parser.add_argument("--picture", type=pathlib.Path, default=HERE.parent.parent / "photos" / "flower.png", help="a picture")
    parser.add_argument("--sizes", type=int, nargs="+", default=[256, 512])
    parser.add_argument("--channels", type=int, default=128, help="N")
    parser.add_argument("--expansion-channels", type=int, default=192, help="M")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--plain", type=int, default=10, help="calls of the plain loop")
    parser.add_argument("--repetitions", type=int, default=20, help="rounds of the procedure")
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    if not options.picture.is_file():
        parser.error(f"--picture: there is no file {options.picture}")
    if min(options.plain, options.repetitions) < 2 or options.warm_up < 0:
        parser.error("--plain and --repetitions must be at least 2 and --warm-up at least 0")
    return options


def cut(path, size, folder):
    """The middle of a picture as PNG, enlarged before where it is too small."""
    picture = Image.open(path).convert("RGB")
    factor = max(size / picture.width, size / picture.height, 1)
    picture = picture.resize((max(round(picture.width * factor), size), max(round(picture.height * factor), size)))
    left, top = (picture.width - size) // 2, (picture.height - size) // 2
    target = pathlib.Path(folder, f"{size}.png")
    picture.crop((left, top, left + size, top + size)).save(target)
    return target


def measure(size, options, folder):
    picture, weights = cut(options.picture, size, folder), pathlib.Path(folder, f"{size}.pth")
    words = [sys.executable, HERE / "compressai_latency.py", "--channels", options.channels]
    words += ["--expansion-channels", options.expansion_channels, "--threads", options.threads, "--weights", weights, "--picture", picture]
    if os.spawnv(os.P_WAIT, sys.executable, [str(word) for word in [*words, "--write"]]) != 0:
        sys.exit("compare: the weights could not be written.")

    def theirs():
        return Worker("CompressAI", words, options.threads)

    def ours():
        return Ours(options.ours, options, picture, size, weights)

    plain = {}
    for make in (theirs, ours):
        worker = make()
        plain[worker.name] = [worker.ask() for _ in range(options.plain)]
        worker.close()
    workers = [theirs(), ours()]
    for _ in range(options.warm_up):
        for worker in workers:
            worker.ask()
    rounds = [{worker.name: worker.ask() for worker in workers} for _ in range(options.repetitions)]
    for worker in workers:
        worker.close()
    return {"plain": plain, "rounds": rounds}


def tell(size, result):
    names = ("CompressAI", "Benchpresso")
    bits = {name: result["rounds"][0][name]["bits"] for name in names}
    print(f"\n{size}×{size}, payload {bits['CompressAI'] // 8} and {bits['Benchpresso'] // 8} bytes")
    print("direction  procedure  CompressAI ms   Benchpresso ms   ratio")
    for direction in DIRECTIONS:
        plain = {name: [each[direction] * 1e3 for each in result["plain"][name]] for name in names}
        means = [statistics.mean(plain[name]) for name in names]
        print(f"{direction}   plain      {means[0]:10.2f}     {means[1]:10.2f}       {means[0] / means[1]:.2f}")
        first = [plain[name][0] for name in names]
        print(f"{direction}    first call {first[0]:9.2f}     {first[1]:10.2f}")
        rest = [statistics.mean(plain[name][1:]) for name in names]
        print(f"{direction}    without it {rest[0]:9.2f}     {rest[1]:10.2f}       {rest[0] / rest[1]:.2f}")
        rounds = {name: [each[name][direction] * 1e3 for each in result["rounds"]] for name in names}
        medians = [statistics.median(rounds[name]) for name in names]
        ratios = [a / b for a, b in zip(*(rounds[name] for name in names))]
        low, high = interval(ratios)
        print(f"{direction}   in turn    {medians[0]:10.2f}     {medians[1]:10.2f}       {statistics.median(ratios):.2f} ({low:.2f} to {high:.2f})")
        conversion = statistics.median(each["Benchpresso"]["conversion"][direction] * 1e3 for each in result["rounds"])
        print(f"{direction}    of which 8-bit pixels to and from a tensor, which the loop around CompressAI leaves out: {conversion:.2f}")


def main():
    options = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    report = {"threads": options.threads, "same_libtorch": same, "sizes": {}}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            report["sizes"][size] = result = measure(size, options, folder)
            tell(size, result)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
        print(f"written: {options.json}")


if __name__ == "__main__":
    main()
