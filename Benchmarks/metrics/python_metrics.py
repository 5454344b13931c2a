"""Answers each line of its input with the seconds and the value of a measure, computed by the Python package that carries it."""

import argparse
import json
import math
import os
import pathlib
import sys
import time

import numpy
import torch
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401


def safetensors(path):
    """The 32-bit tensors of a file: eight bytes with the length of a JSON header, the header, the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__":
            begin, end = (start + offset for offset in entry["data_offsets"])
            tensors[name] = torch.tensor(numpy.frombuffer(data[begin:end], dtype="<f4")).reshape(entry["shape"])
    return tensors


def lpips_model(net):
    """The package's own module; its network gets the published weights from our file, as the package would have to fetch them elsewhere."""
    import lpips

    model = lpips.LPIPS(net=net, pnet_rand=True, verbose=False).eval()
    tensors = safetensors(pathlib.Path(os.environ["BENCHPRESSO_METRIC_WEIGHTS"], f"lpips-{net}.safetensors"))
    convolutions = [layer for layer in model.net.modules() if isinstance(layer, torch.nn.Conv2d)]
    with torch.no_grad():
        for number, layer in enumerate(convolutions):
            layer.weight.copy_(tensors[f"conv{number}.weight"])
            layer.bias.copy_(tensors[f"conv{number}.bias"])
        for number, head in enumerate(model.lins):
            # The heads come with the package; both files must say the same.
            assert torch.equal(head.model[-1].weight, tensors[f"head{number}.weight"])
    return model


def measure(metric):
    """A function of two arrays of 8-bit samples and their paths."""

    def tensor(samples):
        return torch.from_numpy(samples).permute(2, 0, 1)[None].float()

    if metric == "ms_ssim":
        from pytorch_msssim import ms_ssim

        return lambda original, copy, paths: ms_ssim(tensor(copy), tensor(original), data_range=255).item()
    if metric == "ssimulacra2":
        from ssimulacra2 import compute_ssimulacra2

        return lambda original, copy, paths: compute_ssimulacra2(*paths)
    model = lpips_model(metric.removeprefix("lpips_"))
    return lambda original, copy, paths: model(tensor(copy) / 127.5 - 1, tensor(original) / 127.5 - 1).item()


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--metric", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("paths", nargs=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    original, copy = (numpy.array(Image.open(path).convert("RGB")) for path in options.paths)
    function = measure(options.metric)
    for _ in sys.stdin:
        start = time.perf_counter()
        value = function(original, copy, options.paths)
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "value": value if math.isfinite(value) else None}), flush=True)


if __name__ == "__main__":
    main()
