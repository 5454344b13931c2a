"""The blocks that are compared, by name: how the PyTorch side makes one, and the shape of its input.

A block for which both sides have code is one more row here and one in Sources/Row.swift, with the same name.
"""

import neighborhood
import windows

ROWS = {
    # TIC's at a quarter of the sides of a picture of 256×256, with heads of 16 numbers.
    "swin": (lambda: windows.Swin(128, heads=8, window=8), (1, 128, 64, 64)),
    # STF's third stage at the same place.
    "swin-4": (lambda: windows.Swin(192, heads=12, window=4, depth=2), (2, 192, 32, 32)),
    # TIC's first.
    "residual-swin": (lambda: windows.ResidualSwin(128, heads=4, window=8), (1, 128, 64, 64)),
    "window-attention": (lambda: windows.WindowAttentionModule(192, heads=8, window=8, shift=4), (1, 192, 32, 32)),
    # TCM's first and second, of the small model.
    "mixture": (lambda: windows.Mixture(128, heads=8, window=8, moved=False), (1, 128, 64, 64)),
    "mixture-moved": (lambda: windows.Mixture(128, heads=4, window=8, moved=True), (1, 128, 64, 64)),
    # TinyLIC's blocks at half, at an eighth and at a sixteenth of the sides of a picture of 256×256.
    "neighborhood": (lambda: neighborhood.Neighborhood(128, heads=8), (1, 128, 128, 128)),
    "residual-neighborhood": (lambda: neighborhood.ResidualNeighborhood(256, heads=16), (1, 256, 32, 32)),
    "residual-neighborhood-16": (lambda: neighborhood.ResidualNeighborhood(320, heads=20), (4, 320, 16, 16)),
}
