"""Times CompressAI's factorized prior: writes random weights, or answers each line of its input with the seconds of encoding and decoding."""

import argparse
import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from pictures import read
from random_weights import MODELS, write_weights

ARCHITECTURE = "bmshj2018-factorized"


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
        write_weights(ARCHITECTURE, options.channels, options.expansion_channels, read(options.picture), options.weights)
        return
    model = MODELS[ARCHITECTURE].from_state_dict(torch.load(options.weights, weights_only=True)).eval()
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
