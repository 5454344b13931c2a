"""Measures pairs of pictures with both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is, for each measure.

A photograph is resized inside this program; its copy is a JPEG file of it, decoded. Both sides have the 8-bit samples in memory when the clock
starts, but for SSIMULACRA 2, whose package reads files.
"""

import argparse
import os
import pathlib
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
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
    ours, theirs = ([pair[name]["seconds"] for pair in pairs] for name in ("ours", "theirs"))
    size = "×".join(map(str, SIZES[metric]))
    values = {name: pairs[-1][name]["value"] for name in ("ours", "theirs")}
    name = f"{metric} of {size}, {PACKAGES[metric]}"
    return measurement(name, ours, theirs, threads=options.threads, package=PACKAGES[metric], values=values)


def main():
    options = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start, {options.picture.name}")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for metric in options.metrics:
            found.append(measure(metric, options, folder))
            tell(found[-1])
            values = found[-1]["values"]
            print(f"  values {values['ours']:.6f} and {values['theirs']:.6f}")
    write_report(options.json, found, same_libtorch=same)


if __name__ == "__main__":
    main()
