"""Writes what the authors' code of TinyLIC computes: latent, estimated bits and picture of a tiny model.

    Benchmarks/.venv/bin/python Tests/Fixtures/tinylic/generate.py FOLDER

FOLDER is a checkout of lumingzzz/TinyLIC. Its attention is taken from `nattentorch.py`, which needs no GPU; `timm`, of which it wants an initialization and
a layer that does nothing here, is replaced. Read by TinyLICParityTests.
"""

import json
import math
import pathlib
import re
import sys
import types
import zlib

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[2] / "Benchmarks/common"))
import torchvision_beside_cpu  # noqa: E402, F401
import compressai  # noqa: E402


def module(name, **values):
    made = types.ModuleType(name)
    made.__dict__.update(values)
    sys.modules[name] = made
    return made


def authors_model(folder):
    """The class TinyLIC on top of the installed CompressAI."""
    module("timm"), module("timm.models")
    module("timm.models.layers", trunc_normal_=torch.nn.init.trunc_normal_, DropPath=lambda _: torch.nn.Identity())
    names = {"compressai/layers/natten/nattentorch.py": {}, "compressai/layers/layers.py": {}, "compressai/models/utils.py": {}}
    for path, values in names.items():
        source = (folder / path).read_text()
        if path.endswith("layers.py"):
            source = re.sub(r"^from \.(natten|gdn).*$", "", source, flags=re.M)
            values["NeighborhoodAttention"] = names["compressai/layers/natten/nattentorch.py"]["LegacyNeighborhoodAttention"]
            values["GDN"] = compressai.layers.GDN
        exec(compile(source, path, "exec"), values)
    layers, values = names["compressai/layers/layers.py"], dict(names["compressai/models/utils.py"])
    compressai.layers.ResViTBlock, compressai.layers.MultistageMaskedConv2d = layers["ResViTBlock"], layers["MultistageMaskedConv2d"]
    source = re.sub(r"from \.utils import conv.*?\n.*?\n", "", (folder / "compressai/models/tinylic.py").read_text())
    exec(compile(source, "tinylic.py", "exec"), values)
    return values["TinyLIC"]


def numbers(name, count):
    """Returns `count` numbers in -1...1 that follow from a name: the splitmix64 generator on a counter."""
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(zlib.crc32(name.encode()) << 32)
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / 2**23 - 1


def fill(model):
    """Gives all parameters their numbers: weights within √(3 / inputs), everything else within a tenth; quantiles are -10, 0 and 10."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            shape = list(parameter.shape)
            if name.endswith("quantiles"):
                parameter.copy_(torch.tensor([-10.0, 0.0, 10.0]).expand(shape))
                continue
            limit = math.sqrt(3 / math.prod(shape[1:])) if len(shape) in (2, 4) else 0.1
            # The latent has to be of a size that gives many symbols and none that is out of the question.
            limit *= 0.05 if name == "g_a6.weight" else 1
            values = (numbers(name, parameter.numel()) * limit).astype(np.float32)
            parameter.copy_(torch.from_numpy(values).reshape(shape))


def save_file(tensors, path):
    """Writes a safetensors file: the length of its header, the header in JSON, the numbers."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        own = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(own)]}
        data += own
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def main():
    torch.set_num_threads(1)
    TinyLIC = authors_model(pathlib.Path(sys.argv[1]))
    model = TinyLIC(N=8, M=20)
    fill(model)
    model.eval()
    x = torch.from_numpy((numbers("picture", 3 * 192 * 192) / 2 + 0.5).astype(np.float32)).reshape(1, 3, 192, 192)
    with torch.no_grad():
        y, estimate = model.g_a(x), model(x)
    tensors = {"y": y.contiguous(), "x_hat": estimate["x_hat"][:, :, ::8, ::8].contiguous()}
    save_file(tensors, HERE / "tensors.safetensors")
    expected = {
        "parameters": sum(each.numel() for each in model.parameters()),
        "publishedParameters": sum(each.numel() for each in TinyLIC().parameters()),
        "bits": {key: float(-value.double().log2().sum()) for key, value in estimate["likelihoods"].items()},
    }
    (HERE / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
    print(float(y.std()), float(estimate["x_hat"].std()), expected)


if __name__ == "__main__":
    main()
