"""Times CompressAI's entropy coder on the symbols of a file; for each line of its input it answers with the seconds.

The lists that its interface takes are made before the clock starts, which CompressAI's own models do each time.
"""

import argparse
import json
import pathlib
import sys
import time

import numpy
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai import ans
from compressai.entropy_models import GaussianConditional
from compressai.models.google import get_scale_table


def main():
    parser = argparse.ArgumentParser()
    for name in ("symbols", "indexes", "stream"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = GaussianConditional(None)
    model.update_scale_table(get_scale_table(), force=True)
    tables = [tensor.tolist() for tensor in (model._quantized_cdf, model._cdf_length.reshape(-1).int(), model._offset.reshape(-1).int())]
    symbols, indexes = (numpy.fromfile(path, dtype="<i4").tolist() for path in (options.symbols, options.indexes))
    encoder, decoder = ans.RansEncoder(), ans.RansDecoder()
    for _ in sys.stdin:
        start = time.perf_counter()
        stream = encoder.encode_with_indexes(symbols, indexes, *tables)
        middle = time.perf_counter()
        decoded = decoder.decode_with_indexes(stream, indexes, *tables)
        end = time.perf_counter()
        if decoded != symbols:
            sys.exit("the decoded symbols differ from those that were coded")
        same = options.stream.exists() and options.stream.read_bytes() == stream
        print(json.dumps({"bytes": len(stream), "encode": middle - start, "decode": end - middle, "same": same}), flush=True)


if __name__ == "__main__":
    main()
