#!/usr/bin/env python3
"""Writes an encoder and a decoder as TorchScript files, for `networks.TorchScript`. Needs PyTorch; the version of libtorch or an older one.

    python3 scripts/export-torchscript.py configs/torchscript        # writes encoder.pt and decoder.pt there
    benchpresso fit --config configs/torchscript.yaml

The two networks are examples: put your own in their place. What counts:

* `forward` takes one float32 tensor [N, C, H, W] and returns one, and works for every batch and size.
* torch.jit.trace records the operations of one call: branches and sizes that depend on the input are frozen in, and so is the mode
  (evaluation, below). torch.jit.script compiles the source, and training mode goes on working.
* Parameters that require gradients are trained; `requires_grad_(False)` freezes them. torch.jit.freeze makes constants of all of them.
"""

import argparse
import pathlib

import torch
from torch import nn


class Block(nn.Module):
    """A depthwise convolution and two of 1×1 around a residual, as in ConvNeXt."""

    def __init__(self, channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 7, padding=3, groups=channels),
            nn.Conv2d(channels, 2 * channels, 1),
            nn.GELU(),
            nn.Conv2d(2 * channels, channels, 1),
        )

    def forward(self, x):
        return x + self.layers(x)


def encoder(n, m):
    """[N, 3, H, W] to [N, M, H/16, W/16]."""
    widths = [3, n, n, n, m]
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Conv2d(before, after, 5, stride=2, padding=2), Block(after)]
    return nn.Sequential(*layers)


def decoder(n, m):
    """[N, M, H, W] to [N, 3, 16·H, 16·W]."""
    widths = [m, n, n, n]
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [Block(before), nn.ConvTranspose2d(before, after, 5, stride=2, padding=2, output_padding=1)]
    return nn.Sequential(*layers, Block(n), nn.ConvTranspose2d(n, 3, 5, stride=2, padding=2, output_padding=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path, help="where encoder.pt and decoder.pt are written")
    parser.add_argument("--channels", type=int, default=32, help="N, inside the networks (%(default)s)")
    parser.add_argument("--expansion-channels", type=int, default=48, help="M, of the latent (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the initial weights (%(default)s)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    n, m = options.channels, options.expansion_channels
    options.folder.mkdir(parents=True, exist_ok=True)

    # Traced with a picture whose sides are multiples of 16; without check_trace=False PyTorch runs it again and compares.
    traced = torch.jit.trace(encoder(n, m).eval(), torch.rand(1, 3, 64, 96))
    torch.jit.save(traced, options.folder / "encoder.pt")

    scripted = torch.jit.script(decoder(n, m).eval())
    torch.jit.save(scripted, options.folder / "decoder.pt")
    print(f"written: {options.folder}/encoder.pt and decoder.pt; set expansion_channels: {m}")


if __name__ == "__main__":
    main()
