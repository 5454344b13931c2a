"""Codes whole pictures with CompressAI: answers each line of its input, the path of a picture, with times and payloads."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from pictures import read
from random_weights import MODELS, write_weights


@torch.no_grad()
def answer(options):
    torch.set_num_threads(options.threads)
    model = MODELS[options.architecture].from_state_dict(torch.load(options.weights, weights_only=True)).eval()
    for line in sys.stdin:
        picture = read(line.rstrip("\n"))
        start = time.perf_counter()
        coded = model.compress(picture)
        middle = time.perf_counter()
        decoded = model.decompress(coded["strings"], coded["shape"])["x_hat"]
        end = time.perf_counter()
        result = {
            "encode": middle - start,
            "decode": end - middle,
            "width": picture.shape[3],
            "height": picture.shape[2],
            "payloads": [each[0].hex() for each in coded["strings"]],
            "sum_of_samples": int((decoded.clamp(0, 1) * 255).round().sum(dtype=torch.float64)),
        }
        print(json.dumps(result), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--architecture", choices=MODELS, required=True)
    parser.add_argument("--channels", type=int, default=192)
    parser.add_argument("--expansion-channels", type=int, default=192)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--picture", help="write random weights for which the latents of this picture are neither zero nor huge, and end")
    options = parser.parse_args()
    if options.picture:
        write_weights(options.architecture, options.channels, options.expansion_channels, read(options.picture), options.weights)
    else:
        answer(options)


if __name__ == "__main__":
    main()
