"""Trains CompressAI's factorized-prior model as its examples/train.py does; prints {"seconds": S} for the timed steps.

The parts are those of the recipe: compressai.datasets.ImageFolder with RandomCrop and ToTensor in a shuffling DataLoader with worker
processes, RateDistortionLoss, Adam for the network with gradients clipped to 1, Adam for the quantiles.
"""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.datasets import ImageFolder
from compressai.losses import RateDistortionLoss
from compressai.models import FactorizedPrior
from torch.utils.data import DataLoader
from torchvision import transforms


def batches(loader):
    while True:
        yield from loader


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="a folder with a folder 'train' of pictures")
    for name in ("channels", "expansion-channels", "batch", "size", "workers", "threads", "warm-up", "steps"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    transform = transforms.Compose([transforms.RandomCrop((options.size, options.size)), transforms.ToTensor()])
    pictures = ImageFolder(options.data, split="train", transform=transform)
    loader = DataLoader(pictures, batch_size=options.batch, num_workers=options.workers, shuffle=True, persistent_workers=True)
    model = FactorizedPrior(options.channels, options.expansion_channels).train()
    quantiles = [p for name, p in model.named_parameters() if name.endswith(".quantiles")]
    weights = [p for name, p in model.named_parameters() if not name.endswith(".quantiles")]
    optimizer = torch.optim.Adam(weights, lr=1e-4)
    auxiliary_optimizer = torch.optim.Adam(quantiles, lr=1e-3)
    criterion = RateDistortionLoss(lmbda=0.01)

    count, start = 0, None
    for picture in batches(loader):
        if count == options.warm_up:
            start = time.perf_counter()
        optimizer.zero_grad()
        auxiliary_optimizer.zero_grad()
        loss = criterion(model(picture), picture)["loss"]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        auxiliary_loss = model.aux_loss()
        auxiliary_loss.backward()
        auxiliary_optimizer.step()
        count += 1
        if count == options.warm_up + options.steps:
            break
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
