"""Codes whole pictures with CompressAI: writes random weights, or answers each line of its input, the path of a picture, with times and payloads."""

import argparse
import json
import pathlib
import sys
import time

import numpy
import torch
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai.models import FactorizedPrior, JointAutoregressiveHierarchicalPriors, MeanScaleHyperprior

MODELS = {
    "bmshj2018-factorized": FactorizedPrior,
    "mbt2018-mean": MeanScaleHyperprior,
    "mbt2018": JointAutoregressiveHierarchicalPriors,
}


def read(path):
    picture = numpy.array(Image.open(path).convert("RGB"))
    height, width = (side // 64 * 64 for side in picture.shape[:2])
    return torch.from_numpy(picture[:height, :width]).permute(2, 0, 1)[None].contiguous().float() / 255


def last(network):
    return [layer for layer in network if hasattr(layer, "weight")][-1]


def scale(layer, factor):
    layer.weight.mul_(factor)
    layer.bias.zero_()


@torch.no_grad()
def write_weights(options):
    """Random weights whose latents are like those of a trained model: y of a spread of about 1, z of 2, scales around 1, means around 0.

    CompressAI's first weights give latents that are all rounded to zero.
    """
    torch.manual_seed(1)
    model = MODELS[options.architecture](options.channels, options.expansion_channels).eval()
    picture = read(options.picture)
    scale(last(model.g_a), 1 / model.g_a(picture).std())
    y = model.g_a(picture)
    scale(last(model.g_s), 0.2 / model.g_s(y.round()).std())
    last(model.g_s).bias.fill_(0.5)
    if hasattr(model, "h_a"):
        scale(last(model.h_a), 2 / model.h_a(y).std())
        hyper = model.h_s(model.h_a(y).round())
        network = model.h_s
        if hasattr(model, "context_prediction"):
            scale(last(model.h_s), 1 / hyper.std())
            network = model.entropy_parameters
            hyper = network(torch.cat((model.h_s(model.h_a(y).round()), model.context_prediction(y.round())), dim=1))
        scale(last(network), 0.3 / hyper.std())
        # The first half are the scales.
        last(network).bias[: options.expansion_channels] = 1
    model.update(force=True)
    torch.save(model.state_dict(), options.weights)


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
    parser.add_argument("--picture", help="write weights for which the latents of this picture are neither zero nor huge")
    options = parser.parse_args()
    write_weights(options) if options.picture else answer(options)


if __name__ == "__main__":
    main()
