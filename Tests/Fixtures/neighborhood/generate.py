"""Writes what PyTorch computes with blocks of attention to neighbours: weights, input, output and gradients of each.

    Benchmarks/.venv/bin/python Tests/Fixtures/neighborhood/generate.py

The blocks are those of Benchmarks/attention/neighborhood.py, in double precision; numbers are stored with 32 bits. Read by NeighborhoodBlockTests.
"""

import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "Benchmarks" / "attention"))

import neighborhood

BLOCKS = {
    "block": lambda: neighborhood.Neighborhood(6, heads=2, kernel=5, ratio=1.5),
    "residual": lambda: neighborhood.ResidualNeighborhood(6, heads=3, kernel=3, depth=2),
}


def main():
    tensors = {}
    for number, (name, make) in enumerate(BLOCKS.items()):
        torch.manual_seed(number)
        block = make().double()
        for parameter in block.parameters():
            parameter.data = 0.3 * torch.randn(parameter.shape).double()
        value = torch.randn(2, 6, 7, 9).double().requires_grad_()
        output = block(value)
        weight = torch.randn(output.shape).double()
        (output * weight).sum().backward()
        tensors |= {f"{name}/state/{key}": tensor for key, tensor in block.state_dict().items()}
        tensors |= {f"{name}/input": value, f"{name}/output": output, f"{name}/weight": weight, f"{name}/gradient": value.grad}
        tensors |= {f"{name}/parameter/{key}": each.grad for key, each in block.named_parameters() if "rpb" in key or "qkv" in key}
    torch.save({key: tensor.detach().float().contiguous().clone() for key, tensor in tensors.items()}, HERE / "blocks.pth")


if __name__ == "__main__":
    main()
