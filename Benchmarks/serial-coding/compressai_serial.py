"""Times the serial part of CompressAI's mbt2018 coding on random weights and latents; for each line of its input it answers with the seconds."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.models import JointAutoregressiveHierarchicalPriors


def measured(work):
    start, processor_start = time.perf_counter(), time.process_time()
    result = work()
    return result, {"seconds": time.perf_counter() - start, "processor_seconds": time.process_time() - processor_start}


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=192)
    parser.add_argument("--height", type=int, default=32)
    parser.add_argument("--width", type=int, default=48)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = JointAutoregressiveHierarchicalPriors(options.channels, options.channels).eval()
    model.update(force=True)
    latent = torch.rand(1, options.channels, options.height, options.width) * 8 - 4
    hyper = torch.rand(1, 2 * options.channels, options.height, options.width) * 8 - 4
    kernel, padding = 5, 2
    size = (options.height, options.width, kernel, padding)
    for _ in sys.stdin:
        padded = torch.nn.functional.pad(latent, (padding,) * 4)
        string, encode = measured(lambda: model._compress_ar(padded, hyper, *size))
        decoded = torch.zeros_like(padded)
        _, decode = measured(lambda: model._decompress_ar(string, decoded, hyper, *size))
        print(json.dumps({"bytes": len(string), "encode": encode, "decode": decode}), flush=True)


if __name__ == "__main__":
    main()
