"""Starts both programs in turn (A B, B A, …) and prints how many times as fast Benchpresso is: to say its version, and to a first result.

The first result is that of a small factorized prior on one small picture, from its weights to a file with rate, PSNR and MS-SSIM:
'benchpresso test', and a script that does the same with the functions of CompressAI's evaluation.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))

from pairs import measurement, note_the_libraries, tell, write_report
from pictures import cut, found, read
from processes import in_turn, seconds
from random_weights import write_weights

SIDE, CHANNELS, EXPANSION_CHANNELS, ARCHITECTURE = 192, 32, 48, "bmshj2018-factorized"
VERSION = "import compressai; print(compressai.__version__)"


def programs(options, folder):
    """What is started, by name and side."""
    picture, weights = folder / "pictures" / "picture.png", folder / "weights.pth"
    picture.parent.mkdir()
    cut(found(options.pictures)[0], SIDE, SIDE, picture)
    write_weights(ARCHITECTURE, CHANNELS, EXPANSION_CHANNELS, read(picture), weights)
    model = ["--model", ARCHITECTURE, "--model.channels", CHANNELS, "--model.expansion_channels", EXPANSION_CHANNELS]
    data = ["--data", "datasets.ImageFolder", "--data.data_dir", picture.parent, "--data.transform", "transform.NoCrop"]
    results = ["--ckpt_path", weights, "--test.output", folder / "results"]
    threads = {"OMP_NUM_THREADS": str(options.threads)}
    test = [options.program, "test", *model, *data, *results, "--trainer.threads", options.threads]
    script = [sys.executable, HERE / "compressai_first_result.py", weights, picture, folder / "results-compressai.json", options.threads]
    version = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE.parent / 'common')!r}); import torchvision_beside_cpu; {VERSION}"]
    return {
        "process start": {"ours": lambda: seconds([options.program, "--version"]), "compressai": lambda: seconds(version)},
        "start to first result": {"ours": lambda: seconds(test, **threads), "compressai": lambda: seconds(script, **threads)},
    }


def agreement(folder):
    """Rate and PSNR of both sides."""
    ours = json.loads((folder / "results" / "results.json").read_text())["results"]
    theirs = json.loads((folder / "results-compressai.json").read_text())
    return {"bpp": [ours["bpp"][0], theirs["bpp"]], "psnr-rgb": [ours["psnr-rgb"][0], theirs["psnr-rgb"]]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the program benchpresso")
    parser.add_argument("--pictures", type=pathlib.Path, default=HERE.parent.parent / "photos", help="a folder of PNG or JPEG pictures")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=pathlib.Path, help="a file for the numbers")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    same = note_the_libraries()
    print(f"threads {options.threads} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f} before the start")
    measured = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        try:
            pairs = programs(options, folder)
        except ValueError as error:
            parser.error(f"--pictures: {error}")
        for name, sides in pairs.items():
            rounds = [in_turn(sides, number) for number in range(options.rounds + 1)][1:]
            ours, theirs = ([each[side] for each in rounds] for side in ("ours", "compressai"))
            measured.append(measurement(name, ours, theirs, threads=options.threads))
            tell(measured[-1])
        values = agreement(folder)
        print("  " + ", ".join(f"{name} {a:.4f} and {b:.4f}" for name, (a, b) in values.items()))
    write_report(options.json, measured, same_libtorch=same, values=values)


if __name__ == "__main__":
    main()
