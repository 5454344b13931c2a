"""Times CompressAI's training step of the factorized-prior model; prints {"seconds": [...]} with one entry per step."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from compressai_recipe import Recipe


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    recipe = Recipe(options.channels, options.expansion_channels, options.threads)
    # The images are there before the clock starts.
    images = [torch.rand(options.batch, 3, options.size, options.size) for _ in range(2)]

    seconds = []
    for step in range(options.steps):
        image = images[step % len(images)]
        start = time.perf_counter()
        recipe.step(image)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
