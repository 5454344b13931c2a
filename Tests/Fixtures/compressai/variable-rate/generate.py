"""Renews the fixtures of the models of several rates with what CompressAI 1.2.8 computes.

    pip install compressai==1.2.8
    python3 Tests/Fixtures/compressai/variable-rate/generate.py

The weights are random, with layers scaled so that symbols spread. One thread computes.
"""

import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "Benchmarks/common"))
import torchvision_beside_cpu  # noqa: E402, F401
import compressai  # noqa: E402
import numpy
import torch
from compressai.models.vbr import (
    JointAutoregressiveHierarchicalPriorsVbr,
    MeanScaleHyperpriorVbr,
    ScaleHyperpriorVbr,
)

assert compressai.__version__ == "1.2.8"
torch.set_num_threads(1)
POINTS = [0, 3, 7]
CONTINUOUS = [0.21, 0.6180340]
N, M = 8, 12


def save_file(tensors, path):
    header, data = {}, b""
    for name, tensor in tensors.items():
        content = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def spread(layer, factor):
    layer.weight.data *= factor
    layer.bias.data *= factor


def model_of(name):
    torch.manual_seed(11)
    kind = {
        "bmshj2018-hyperprior-vbr": ScaleHyperpriorVbr,
        "mbt2018-mean-vbr": MeanScaleHyperpriorVbr,
        "mbt2018-vbr": JointAutoregressiveHierarchicalPriorsVbr,
    }[name.removesuffix("-z")]
    # The variant whose second latent has steps that the rate decides, too.
    has_steps = name.endswith("-z")
    model = (kind(N, M, vr_entbttlnck=True) if has_steps else kind(N, M)).eval()
    spread(model.g_a[6], 40)
    spread(model.h_a[4], 12)
    spread(model.h_s[4], 40 if name.startswith("bmshj") else 90)
    # So that some offsets count.
    spread(model.QuantABCD[4], 0.5)
    for parameter in model.QuantABCD[0].parameters():
        parameter.data *= 0.2
    if has_steps:
        spread(model.gayn2zqstep[4], 4)
    if name == "mbt2018-vbr":
        spread(model.entropy_parameters[4], 12)
        model.scale_to_context.weight.data *= 0.5
    return model


def picture():
    rows, columns = numpy.mgrid[0:128, 0:64]
    waves = [numpy.sin(rows / 5 + columns / 9), numpy.cos(rows * columns / 400), numpy.sin(columns / 3) * numpy.cos(rows / 17)]
    levels = numpy.stack([numpy.round(120 + 100 * wave) for wave in waves]).astype(numpy.uint8)
    return torch.from_numpy(levels)[None].float() / 255


def measured(model, x, tensors, name, scale, **rate):
    kept = {}
    # Only the entropy bottleneck with steps has tables of its own for each rate.
    model.update(force=True, scale=scale)
    handle = model.g_s.register_forward_pre_hook(lambda _, inputs: kept.__setitem__("y_hat", inputs[0].clone()))
    output = model(x, **rate)
    tensors[f"{name}.estimated"] = kept["y_hat"].contiguous()
    bits = {key: float(-torch.log2(value.double()).sum()) for key, value in output["likelihoods"].items()}
    coded = model.compress(x, **rate)
    decoded = model.decompress(coded["strings"], coded["shape"], **rate)["x_hat"]
    tensors[f"{name}.decoded"] = kept["y_hat"].contiguous()
    handle.remove()
    return {"bits": bits, "strings": [string[0].hex() for string in coded["strings"]], "shape": list(coded["shape"])}, decoded


def main():
    x = picture()
    for name in ["bmshj2018-hyperprior-vbr", "mbt2018-mean-vbr", "mbt2018-vbr", "bmshj2018-hyperprior-vbr-z", "mbt2018-mean-vbr-z"]:
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        model = model_of(name)
        torch.save(model.state_dict(), folder / "checkpoint.pth")
        tensors, expected = {"x": x}, {"N": N, "M": M, "points": {}, "continuous": {}}
        with torch.no_grad():
            tensors["y"] = model.g_a(x).contiguous()
            for point in POINTS:
                expected["points"][str(point)], decoded = measured(model, x, tensors, f"s{point}", model.Gain[point].detach(), s=point)
                if point == 3:
                    tensors["x_hat"] = decoded.contiguous()
            for scale in CONTINUOUS:
                value = torch.tensor(scale)
                expected["continuous"][str(scale)], _ = measured(model, x, tensors, f"scale{scale}", value, inputscale=value)
        save_file(tensors, folder / "tensors.safetensors")
        (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
        print(name, {key: [len(text) // 2 for text in value["strings"]] for key, value in expected["points"].items()})


main()
