"""Times CompressAI's making of the entropy coder's tables, which its update() does; for each line of its input it answers with the seconds."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.entropy_models import EntropyBottleneck, GaussianConditional
from compressai.models.google import get_scale_table


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=192)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    bottleneck, conditional = EntropyBottleneck(options.channels), GaussianConditional(None)
    for _ in sys.stdin:
        start = time.perf_counter()
        bottleneck.update(force=True)
        middle = time.perf_counter()
        conditional.update_scale_table(get_scale_table(), force=True)
        end = time.perf_counter()
        print(json.dumps({"bottleneck": middle - start, "gaussians": end - middle}), flush=True)


if __name__ == "__main__":
    main()
