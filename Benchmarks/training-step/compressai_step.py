"""Times CompressAI's training step on random pictures; each line of its input is answered with the seconds of a step."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from compressai_recipe import Recipe
from random_weights import MODELS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--architecture", choices=MODELS, default="bmshj2018-factorized")
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    recipe = Recipe(options.architecture, options.channels, options.expansion_channels, options.threads)
    # The pictures are there before the clock starts.
    pictures = torch.rand(options.batch, 3, options.size, options.size)
    for _ in sys.stdin:
        start = time.perf_counter()
        recipe.step(pictures)
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main()
