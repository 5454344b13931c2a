"""Tests a model on a folder of pictures with both programs in turn, from files to results file, and prints how many times as fast Benchpresso is.

Ours is 'benchpresso test', theirs compressai.utils.eval_model, each started anew in every round. The evaluation of CompressAI sets one thread by
itself; it is run as it is, and on as many threads as ours.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
from pictures import found, read
from processes import in_turn, seconds
from random_weights import MODELS, write_weights


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the program benchpresso")
    parser.add_argument("--pictures", type=pathlib.Path, default=HERE.parent.parent / "photos", help="a folder of PNG or JPEG pictures")
    parser.add_argument("--architecture", choices=MODELS, default="mbt2018-mean", help="CompressAI's name of the model")
    parser.add_argument("--channels", type=int, default=128, help="N")
    parser.add_argument("--expansion-channels", type=int, default=192, help="M")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of ours, and of theirs where it is not run as it is")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    try:
        return options, found(options.pictures)
    except ValueError as error:
        parser.error(f"--pictures: {error}")


def programs(options, pictures, folder):
    weights = folder / "weights.pth"
    write_weights(options.architecture, options.channels, options.expansion_channels, read(pictures[0]), weights)
    model = ["--model", options.architecture, "--model.channels", options.channels]
    if not options.architecture.startswith("cheng2020"):
        model += ["--model.expansion_channels", options.expansion_channels]
    data = ["--data", "datasets.ImageFolder", "--data.data_dir", options.pictures.resolve(), "--data.transform", "transform.NoCrop"]
    # CompressAI pads to multiples of 64 whatever the model needs.
    test = [options.program, "test", *model, *data, "--ckpt_path", weights, "--test.pad_multiple", 64, "--test.output", folder / "ours"]
    evaluate = ["checkpoint", options.pictures.resolve(), "-a", options.architecture, "-p", weights, "-d", folder / "theirs"]
    script = [sys.executable, HERE / "compressai_evaluate.py"]
    return {
        "ours": lambda: seconds([*test, "--trainer.threads", options.threads]),
        "as it is": lambda: seconds([*script, "as-is", *evaluate]),
        "as many threads": lambda: seconds([*script, options.threads, *evaluate]),
    }


def workload(options, pictures):
    """What the networks compute: each picture, with its sides as the multiples of 64 that they are filled up to."""
    sizes = []
    for picture in pictures:
        with Image.open(picture) as opened:
            sizes.append([-(-side // 64) * 64 for side in opened.size])
    numbers = {"channels": options.channels, "expansion_channels": options.expansion_channels}
    return {"kind": "coding", "direction": "both", "architecture": options.architecture, **numbers, "sizes": sizes, "pictures": len(pictures)}


def agreement(folder):
    """The mean rate, PSNR and MS-SSIM of both sides."""
    ours = json.loads((folder / "ours" / "results.json").read_text())["results"]
    theirs = json.loads(next((folder / "theirs").glob("*.json")).read_text())["results"]
    return {name: [ours[name][0], theirs[name][0]] for name in ("bpp", "psnr-rgb", "ms-ssim-rgb")}


def main():
    options, pictures = arguments()
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start, {len(pictures)} pictures")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        started = programs(options, pictures, folder)
        rounds = [in_turn(started, number) for number in range(options.rounds)]
        values = agreement(folder)
    measured = []
    for side, note in (("as it is", "eval_model as it is (one thread)"), ("as many threads", f"eval_model on {options.threads} threads")):
        ours, theirs = ([each[key] for each in rounds] for key in ("ours", side))
        name = f"whole test of {len(pictures)} pictures, {options.architecture} N={options.channels} M={options.expansion_channels}, {note}"
        measured.append(measurement(name, ours, theirs, threads=options.threads, workload=workload(options, pictures)))
        tell(measured[-1])
    print("  " + ", ".join(f"{name} {a:.4f} and {b:.4f}" for name, (a, b) in values.items()))
    write_report(options.json, measured, same_libtorch=same, values=values)


if __name__ == "__main__":
    main()
