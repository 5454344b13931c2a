"""Codes whole pictures with CompressAI: answers each line of its input, 'coding' and the path of a picture, with times and payloads.

The word 'transforms' instead asks for the times of the networks alone: g_a, h_a and h_s to encode, h_s and g_s to decode.
"""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from grouped_models import hyper_networks
from pictures import read
from random_weights import MODELS, load, write_weights


def coding(model, picture):
    start = time.perf_counter()
    coded = model.compress(picture)
    middle = time.perf_counter()
    decoded = model.decompress(coded["strings"], coded["shape"])["x_hat"]
    end = time.perf_counter()
    return {
        "encode": middle - start,
        "decode": end - middle,
        "width": picture.shape[3],
        "height": picture.shape[2],
        "payloads": [each[0].hex() for each in coded["strings"]],
        "sum_of_samples": int((decoded.clamp(0, 1) * 255).round().sum(dtype=torch.float64)),
    }


def transforms(model, picture):
    hyper = hyper_networks(model)
    start = time.perf_counter()
    latent = model.g_a(picture)
    if hyper:
        hyper_latent = hyper.h_a(latent)
        hyper.h_s(hyper_latent)
    middle = time.perf_counter()
    if hyper:
        hyper.h_s(hyper_latent)
    model.g_s(latent)
    return {"encode": middle - start, "decode": time.perf_counter() - middle}


@torch.no_grad()
def answer(options):
    torch.set_num_threads(options.threads)
    model = load(options.architecture, options.channels, options.expansion_channels, options.weights)
    for line in sys.stdin:
        word, path = line.rstrip("\n").split(" ", 1)
        print(json.dumps({"coding": coding, "transforms": transforms}[word](model, read(path))), flush=True)


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
