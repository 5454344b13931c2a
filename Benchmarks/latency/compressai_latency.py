"""Times CompressAI's factorized prior: writes random weights, or answers each line of its input with the seconds of encoding and decoding."""

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
from compressai.models import FactorizedPrior


def read(path):
    return torch.from_numpy(numpy.array(Image.open(path).convert("RGB"))).permute(2, 0, 1)[None].contiguous().float() / 255


@torch.no_grad()
def write_weights(options):
    """Random weights, the last layers scaled so that y has a spread of about 1 and the decoded picture is none of one value."""
    torch.manual_seed(1)
    model = FactorizedPrior(options.channels, options.expansion_channels).eval()
    picture = read(options.picture)
    for network, spread in ((model.g_a, 1.0), (model.g_s, 0.2)):
        last = [layer for layer in network if hasattr(layer, "weight")][-1]
        output = model.g_a(picture) if network is model.g_a else model.g_s(model.g_a(picture).round())
        last.weight.mul_(spread / output.std())
        last.bias.zero_()
    model.update(force=True)
    torch.save(model.state_dict(), options.weights)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, required=True)
    parser.add_argument("--expansion-channels", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--picture", required=True)
    parser.add_argument("--write", action="store_true", help="write the weights and end")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.write:
        write_weights(options)
        return
    model = FactorizedPrior.from_state_dict(torch.load(options.weights, weights_only=True)).eval()
    picture = read(options.picture)
    for line in sys.stdin:
        # As the plain loop has it: from a tensor to a tensor.
        with torch.no_grad():
            start = time.perf_counter()
            coded = model.compress(picture)
            middle = time.perf_counter()
            model.decompress(coded["strings"], coded["shape"])
            end = time.perf_counter()
        print(json.dumps({"encoding": middle - start, "decoding": end - middle, "bits": 8 * len(coded["strings"][0][0])}), flush=True)


if __name__ == "__main__":
    main()
