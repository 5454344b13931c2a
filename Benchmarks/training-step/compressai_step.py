"""Times CompressAI's training step of the factorized-prior model; prints {"seconds": [...]} with one entry per step."""

import argparse
import json
import time

import torch

# PyPI's torchvision is built for the CUDA torch. Beside a CPU torch its operators do not load, and its import then fails for
# want of these two; CompressAI imports torchvision, but the step uses none of its operators.
if not torch.backends.cuda.is_built():
    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

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
