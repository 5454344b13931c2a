"""Measures pairs of pictures with both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is, for each measure.

A photograph is resized inside this program; its copy is a JPEG file of it, decoded. Both sides have the 8-bit samples in memory when the clock
starts, but for SSIMULACRA 2, whose package reads files.
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
from workers import Worker, in_turn

# The size of the pair of each measure. VGG16's features of a picture of 2048×1365 take gigabytes.
SIZES = {"ms_ssim": (2048, 1365), "lpips_vgg": (768, 512), "lpips_alex": (768, 512), "ssimulacra2": (2048, 1365)}
PACKAGES = {"ms_ssim": "pytorch_msssim", "lpips_vgg": "lpips", "lpips_alex": "lpips", "ssimulacra2": "ssimulacra2"}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="Benchpresso's timing program")
    photograph = HERE.parent.parent / "photos" / "lanterns.png"
    parser.add_argument("--picture", type=pathlib.Path, default=photograph, help="the photograph")
    parser.add_argument("--quality", type=int, default=30, help="the quality of the JPEG file")
    parser.add_argument("--metrics", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--warm-up", type=int, default=1, help="rounds that do not count")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all numbers")
    options = parser.parse_args()
    if options.rounds < 1 or options.warm_up < 0:
        parser.error("--rounds must be at least 1 and --warm-up at least 0")
    return options


def write_pair(options, size, folder):
    picture = Image.open(options.picture).convert("RGB").resize(size, Image.BICUBIC)
    paths = [pathlib.Path(folder, f"{name}-{size[0]}.png") for name in ("original", "copy")]
    picture.save(paths[0], compress_level=1)
    coded = pathlib.Path(folder, "copy.jpg")
    picture.save(coded, quality=options.quality)
    Image.open(coded).convert("RGB").save(paths[1], compress_level=1)
    return paths


def measure(metric, options, folder):
    words = ["--metric", metric, "--threads", options.threads, *write_pair(options, SIZES[metric], folder)]
    theirs = [sys.executable, HERE / "python_metrics.py"]
    workers = [Worker("ours", [options.ours, *words], options.threads), Worker("theirs", theirs + words, options.threads)]
    for number in range(options.warm_up):
        in_turn(workers, "", number)
    pairs = [in_turn(workers, "", number) for number in range(options.rounds)]
    for worker in workers:
        worker.close()
    ours, others = ([pair[name]["seconds"] for pair in pairs] for name in ("ours", "theirs"))
    ratios = [b / a for a, b in zip(ours, others)]
    return {
        "size": SIZES[metric], "package": PACKAGES[metric], "ours": statistics.median(ours), "theirs": statistics.median(others),
        "times_as_fast": statistics.median(ratios), "interval": interval(ratios), "seconds": {"ours": ours, "theirs": others},
        "values": {name: pairs[-1][name]["value"] for name in ("ours", "theirs")},
    }


def main():
    options = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start, {options.picture.name}")
    print("measure      size        package           ours s  theirs s   times as fast (95 % interval)   values")
    report = {"threads": options.threads, "rounds": options.rounds, "same_libtorch": same, "metrics": {}}
    with tempfile.TemporaryDirectory() as folder:
        for metric in options.metrics:
            report["metrics"][metric] = each = measure(metric, options, folder)
            size = "×".join(map(str, each["size"]))
            low, high = each["interval"]
            print(
                f"{metric:12} {size:11} {each['package']:15} {each['ours']:8.3f}  {each['theirs']:8.3f}   {each['times_as_fast']:6.2f} "
                f"({low:.2f} to {high:.2f})   {each['values']['ours']:.6f}, {each['values']['theirs']:.6f}",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
        print(f"written: {options.json}")


if __name__ == "__main__":
    main()
