"""Renews tensors.safetensors: deformable convolutions and their gradients as torchvision 0.28.0 computes them.

    pip install torch==2.13.0 torchvision==0.28.0
    python3 Tests/Fixtures/layers/deformable/generate.py

One thread computes. Of each case there are the arguments, the output, the gradient of the output and those of all arguments. Some offsets reach beyond the picture,
and the first places have none, where the interpolation has a kink.
"""

import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3] / "Benchmarks/common"))
import torch  # noqa: E402
import torchvision_operators  # noqa: E402

torchvision_operators.load()
import torchvision  # noqa: E402

assert torchvision.__version__.startswith("0.28.0")
torch.set_num_threads(1)

# The name, N, Cin, H, W, Cout, kernel, stride, padding, dilation, groups, groups of offsets, masks.
CASES = [
    ("plain", 2, 5, 6, 7, 4, 3, 1, 1, 1, 1, 1, False),
    ("masked", 1, 6, 5, 4, 4, 3, 1, 1, 1, 1, 3, True),
    ("strided", 1, 6, 7, 9, 4, 3, 2, 2, 2, 2, 3, True),
    ("wide", 1, 4, 6, 6, 2, 5, 1, 2, 1, 1, 2, True),
    ("whole", 1, 4, 4, 5, 3, 3, 1, 0, 1, 1, 1, False),
]


def save_file(tensors, path):
    header, data = {}, b""
    for name, tensor in tensors.items():
        content = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    tensors = {}
    for name, n, inputs, height, width, outputs, kernel, stride, padding, dilation, groups, offset_groups, masked in CASES:
        torch.manual_seed(len(name))
        sides = [(side + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1 for side in (height, width)]
        points = offset_groups * kernel * kernel
        offset = torch.randn(n, 2 * points, *sides) * 1.5
        offset[:, :, 0] = 0
        given = {
            "input": torch.randn(n, inputs, height, width),
            "offset": offset,
            "weight": torch.randn(outputs, inputs // groups, kernel, kernel),
            "bias": torch.randn(outputs),
        }
        if masked:
            given["mask"] = torch.rand(n, points, *sides)
        for tensor in given.values():
            tensor.requires_grad_()
        output = torchvision.ops.deform_conv2d(
            given["input"], given["offset"], given["weight"], given["bias"], stride, padding, dilation, given.get("mask")
        )
        gradient = torch.randn(output.shape)
        output.backward(gradient)
        for key, tensor in given.items():
            tensors[f"{name}.{key}"] = tensor
            tensors[f"{name}.{key}.gradient"] = tensor.grad
        tensors[f"{name}.output"] = output
        tensors[f"{name}.output.gradient"] = gradient
    save_file(tensors, HERE / "tensors.safetensors")


main()
