"""Writes what PyTorch computes with blocks of attention within windows: weights, input, output and the input's gradient of each.

    Benchmarks/.venv/bin/python Tests/Fixtures/windows/generate.py

The blocks are those of Benchmarks/attention/windows.py, in double precision; numbers are stored with 32 bits. Read by WindowBlockTests.
"""

import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "Benchmarks" / "attention"))

import windows

BLOCKS = {
    "swin": lambda: windows.Swin(6, heads=2, window=4, ratio=2.0, depth=2),
    "residual-swin": lambda: windows.ResidualSwin(6, heads=3, window=4, ratio=1.5, depth=3),
    "window-attention": lambda: windows.WindowAttentionModule(6, heads=2, window=4, shift=2),
    "mixture-still": lambda: windows.Mixture(8, heads=2, window=4, moved=False),
    "mixture-moved": lambda: windows.Mixture(8, heads=2, window=4, moved=True),
    "swin-attention": lambda: windows.SwinAttention(6, 5, width=8, heads=2, window=4),
    "patch-embedding": lambda: windows.PatchEmbedding(6, 4, side=5),
    "patch-merging": lambda: windows.PatchMerging(6),
    "patch-splitting": lambda: windows.PatchSplitting(6),
}


def main():
    tensors = {}
    for number, (name, make) in enumerate(BLOCKS.items()):
        torch.manual_seed(number)
        block = make().double()
        for parameter in block.parameters():
            # Biases and tables of their own size, so that none of them is without effect; 32 bits hold each value.
            parameter.data = (0.3 * torch.randn(parameter.shape)).double()
        value = torch.randn(2, 8 if name.startswith("mixture") else 6, 8, 12).double().requires_grad_()
        output = block(value)
        weight = torch.randn(output.shape).double()
        (output * weight).sum().backward()
        tensors |= {f"{name}/state/{key}": tensor for key, tensor in block.state_dict().items()}
        tensors |= {f"{name}/input": value, f"{name}/output": output, f"{name}/weight": weight, f"{name}/gradient": value.grad}
        largest = max(block.named_parameters(), key=lambda each: each[1].grad.abs().max())
        tensors[f"{name}/parameter/{largest[0]}"] = largest[1].grad
        for key, parameter in block.named_parameters():
            if "relative_position" in key:
                tensors[f"{name}/parameter/{key}"] = parameter.grad
    kept = {key: tensor.detach() if tensor.dtype == torch.int64 else tensor.detach().float() for key, tensor in tensors.items()}
    torch.save({key: tensor.contiguous().clone() for key, tensor in kept.items()}, HERE / "blocks.pth")


if __name__ == "__main__":
    main()
