"""Times torchvision's deformable convolution as DeformableBenchmark does ours."""

import argparse
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torch  # noqa: E402
import torchvision_operators  # noqa: E402

torchvision_operators.load()
import torchvision  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=128)
    parser.add_argument("--side", type=int, default=48)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    channels, side = options.channels, options.side
    layer = torchvision.ops.DeformConv2d(channels, channels, 3, padding=1)
    leaves = [
        (torch.rand(1, channels, side, side) * 2 - 1).requires_grad_(),
        (torch.rand(1, 18, side, side) * 4 - 2).requires_grad_(),
        torch.rand(1, 9, side, side).requires_grad_(),
    ]
    for _ in sys.stdin:
        start = time.perf_counter()
        output = layer(*leaves)
        middle = time.perf_counter()
        output.sum().backward()
        end = time.perf_counter()
        print(json.dumps({"forward": middle - start, "backward": end - middle}), flush=True)


main()
