"""Renews tensors.safetensors: octave convolutions and their gradients as PyTorch 2.13.0 computes them from their definitions.

    pip install torch==2.13.0
    python3 Tests/Fixtures/layers/octave/generate.py

One thread computes. Of each case there are the weights, the input, the output and the gradient of the input for a sum of squares. Sides are odd in some of them.
"""

import json
import pathlib
import struct

import torch
from torch.nn.functional import avg_pool2d, conv2d, conv_transpose2d, interpolate, leaky_relu

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)

# The name, the form, channels in (high, low) and out (high, low), kernel (3 between the resolutions), stride, height, width; a non-linearity is a leaky rectified linear unit.
CASES = [
    ("middle", "convolution", (3, 2), (4, 3), 3, 1, 7, 6),
    ("strided", "convolution", (3, 2), (4, 3), 5, 2, 9, 11),
    ("first", "convolution", (3, 0), (4, 2), 3, 2, 8, 10),
    ("last", "convolution", (4, 2), (3, 0), 3, 1, 5, 5),
    ("raised", "transposed", (3, 2), (4, 3), 5, 2, 5, 3),
    ("raised-last", "transposed", (3, 2), (3, 0), 5, 2, 4, 6),
    ("raised-first", "transposed", (3, 0), (2, 2), 3, 2, 3, 4),
    ("pooled", "pooled", (3, 2), (4, 3), 3, 1, 7, 6),
    ("pooled-strided", "pooled", (3, 2), (4, 3), 3, 2, 9, 6),
    ("pooled-first", "pooled", (3, 0), (4, 3), 3, 1, 5, 7),
    ("pooled-last", "pooled", (3, 2), (4, 0), 3, 1, 5, 7),
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


class Weights:
    """Random weights under the names that the layers have."""

    def __init__(self):
        self.tensors = {}

    def down(self, name, x, outputs, kernel, stride):
        weight, bias = torch.randn(outputs, x.shape[1], kernel, kernel) * 0.3, torch.randn(outputs)
        self.tensors.update({f"{name}.weight": weight, f"{name}.bias": bias})
        return conv2d(x, weight, bias, stride, kernel // 2)

    def up(self, name, x, outputs, kernel, stride):
        weight, bias = torch.randn(x.shape[1], outputs, kernel, kernel) * 0.3, torch.randn(outputs)
        self.tensors.update({f"{name}.weight": weight, f"{name}.bias": bias})
        return conv_transpose2d(x, weight, bias, stride, kernel // 2, stride - 1)


def cropped(x, like):
    return x[:, :, : like.shape[2], : like.shape[3]]


def act(x):
    return leaky_relu(x, 0.01)


def convolution(w, high, low, outputs, kernel, stride):
    y_high = act(w.down("h2h.0", high, outputs[0], kernel, stride))
    y_low = act(w.down("l2l.0", low, outputs[1] or outputs[0], kernel, stride)) if low is not None else None
    result_high = y_high + cropped(act(w.up("l2h.0", y_low, outputs[0], 3, 2)), y_high) if low is not None else y_high
    if not outputs[1]:
        return result_high, None
    exchanged = act(w.down("h2l.0", y_high, outputs[1], 3, 2))
    return result_high, exchanged if y_low is None else y_low + exchanged


def transposed(w, high, low, outputs, kernel, stride):
    y_high = w.up("h2h.1", act(high), outputs[0], kernel, stride)
    result_high = y_high
    y_low = None
    if low is not None:
        y_low = w.up("l2l.1", act(low), outputs[1] or outputs[0], kernel, stride)
        y_low = y_low[:, :, : (y_high.shape[2] + 1) // 2, : (y_high.shape[3] + 1) // 2]
        result_high = y_high + cropped(w.up("l2h.1", act(y_low), outputs[0], 3, 2), y_high)
    if not outputs[1]:
        return result_high, None
    exchanged = w.down("h2l.1", act(y_high), outputs[1], 3, 2)
    return result_high, exchanged if y_low is None else y_low + exchanged


def pooled(w, high, low, outputs, kernel, stride):
    def pool(x):
        return avg_pool2d(x, 2, ceil_mode=True, count_include_pad=False)

    given = pool(high) if stride == 2 else high
    y_high = w.down("conv_h2h", given, outputs[0], kernel, 1)
    if low is not None:
        own = w.down("conv_l2h", low, outputs[0], kernel, 1)
        y_high = y_high + (own if stride == 2 else cropped(interpolate(own, scale_factor=2), y_high))
    if not outputs[1]:
        return y_high, None
    y_low = w.down("conv_h2l", pool(given), outputs[1], kernel, 1)
    if low is not None:
        y_low = y_low + w.down("conv_l2l", pool(low) if stride == 2 else low, outputs[1], kernel, 1)
    return y_high, y_low


def main():
    tensors = {}
    for name, form, inputs, outputs, kernel, stride, height, width in CASES:
        torch.manual_seed(len(name) + kernel)
        high = torch.randn(2, inputs[0], height, width, requires_grad=True)
        low = torch.randn(2, inputs[1], (height + 1) // 2, (width + 1) // 2, requires_grad=True) if inputs[1] else None
        weights = Weights()
        results = globals()[form](weights, high, low, outputs, kernel, stride)
        sum((result**2).sum() for result in results if result is not None).backward()
        for key, tensor in weights.tensors.items():
            tensors[f"{name}.weights.{key}"] = tensor
        for key, tensor in (("high", high), ("low", low)):
            if tensor is not None:
                tensors[f"{name}.{key}"] = tensor
                tensors[f"{name}.{key}.gradient"] = tensor.grad
        for key, tensor in zip(("high", "low"), results):
            if tensor is not None:
                tensors[f"{name}.output.{key}"] = tensor
    save_file(tensors, HERE / "tensors.safetensors")


main()
