"""Times CompressAI's training step of the factorized-prior model; prints {"seconds": [...]} with one entry per step."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.losses import RateDistortionLoss
from compressai.models import FactorizedPrior


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = FactorizedPrior(options.channels, options.expansion_channels).train()
    quantiles = [p for name, p in model.named_parameters() if name.endswith(".quantiles")]
    weights = [p for name, p in model.named_parameters() if not name.endswith(".quantiles")]
    optimizer = torch.optim.Adam(weights, lr=1e-4)
    auxiliary_optimizer = torch.optim.Adam(quantiles, lr=1e-3)
    criterion = RateDistortionLoss(lmbda=0.01)
    # The images are there before the clock starts.
    images = [torch.rand(options.batch, 3, options.size, options.size) for _ in range(2)]

    seconds = []
    for step in range(options.steps):
        image = images[step % len(images)]
        start = time.perf_counter()
        optimizer.zero_grad()
        auxiliary_optimizer.zero_grad()
        loss = criterion(model(image), image)["loss"]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        auxiliary_loss = model.aux_loss()
        auxiliary_loss.backward()
        auxiliary_optimizer.step()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
