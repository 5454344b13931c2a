"""Writes the rows' weights and inputs, or times the blocks with them: each line of its input is answered with a line of JSON."""

import argparse
import json
import pathlib
import sys
import time

import torch

from rows import ROWS


def write(folder):
    for number, (name, (make, shape)) in enumerate(ROWS.items()):
        torch.manual_seed(number)
        tensors = {f"state/{key}": tensor for key, tensor in make().state_dict().items()}
        torch.save(tensors | {"input": torch.randn(shape)}, folder / f"{name}.pth")


class Timed:
    def __init__(self, name, folder, channels_last):
        tensors = torch.load(folder / f"{name}.pth")
        self.block = ROWS[name][0]()
        self.block.load_state_dict({key.removeprefix("state/"): tensor for key, tensor in tensors.items() if key.startswith("state/")})
        self.input = tensors["input"]
        if channels_last:
            self.input = self.input.contiguous(memory_format=torch.channels_last)
            self.block = self.block.to(memory_format=torch.channels_last)

    def forward(self):
        with torch.no_grad():
            start = time.perf_counter()
            self.block(self.input)
            return {"seconds": time.perf_counter() - start}

    def step(self):
        self.block.zero_grad()
        picture = self.input.detach().requires_grad_()
        start = time.perf_counter()
        self.block(picture).square().mean().backward()
        return {"seconds": time.perf_counter() - start}

    def check(self):
        picture = self.input.detach().requires_grad_()
        output = self.block(picture)
        output.square().mean().backward()
        return {"output": output.detach().abs().sum().item(), "gradient": picture.grad.abs().sum().item()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.write:
        return write(options.folder)
    blocks = {}
    for line in sys.stdin:
        name, what = line.split()
        if name not in blocks:
            blocks[name] = Timed(name, options.folder, options.channels_last)
        print(json.dumps(getattr(blocks[name], what)()), flush=True)


if __name__ == "__main__":
    main()
