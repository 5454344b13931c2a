"""Trains a model of CompressAI as its examples/train.py does; prints {"seconds": S} for the timed steps.

The loader is that of the recipe, too: compressai.datasets.ImageFolder with RandomCrop and ToTensor in a shuffling DataLoader with worker
processes.
"""

import argparse
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from compressai_recipe import Recipe
from compressai.datasets import ImageFolder
from torch.utils.data import DataLoader
from torchvision import transforms


def batches(loader):
    while True:
        yield from loader


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--architecture", required=True)
    parser.add_argument("--data", required=True, help="a folder with a folder 'train' of pictures")
    for name in ("channels", "expansion-channels", "batch", "size", "workers", "threads", "warm-up", "steps"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()

    recipe = Recipe(options.architecture, options.channels, options.expansion_channels, options.threads)
    transform = transforms.Compose([transforms.RandomCrop((options.size, options.size)), transforms.ToTensor()])
    pictures = ImageFolder(options.data, split="train", transform=transform)
    loader = DataLoader(pictures, batch_size=options.batch, num_workers=options.workers, shuffle=True, persistent_workers=True)

    count, start = 0, None
    for picture in batches(loader):
        if count == options.warm_up:
            start = time.perf_counter()
        recipe.step(picture)
        count += 1
        if count == options.warm_up + options.steps:
            break
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
