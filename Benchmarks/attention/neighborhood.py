"""Attention of each place to its neighbours as it is usually written in PyTorch without a kernel: keys and values of all windows are gathered.

Names of the state are those of the published repositories, SHI-Labs/Neighborhood-Attention-Transformer and lumingzzz/TinyLIC. Sides are at least the kernel's.
"""

import torch
from torch import nn


def neighbours(height, width, kernel):
    """The places of each place's window and the numbers of their biases, both [places, kernel²]."""

    def side(length):
        places = torch.arange(length)
        window = (places - kernel // 2).clamp(0, length - kernel)[:, None] + torch.arange(kernel)
        return window, window - places[:, None] + kernel - 1

    (rows, down), (columns, right) = side(height), side(width)
    count = height * width
    seen = rows[:, None, :, None] * width + columns[None, :, None, :]
    relations = down[:, None, :, None] * (2 * kernel - 1) + right[None, :, None, :]
    return seen.reshape(count, -1), relations.reshape(count, -1)


class NeighborhoodAttention(nn.Module):
    def __init__(self, channels, heads, kernel):
        super().__init__()
        self.heads, self.kernel = heads, kernel
        self.qkv = nn.Linear(channels, 3 * channels)
        self.rpb = nn.Parameter(0.02 * torch.randn(heads, 2 * kernel - 1, 2 * kernel - 1))
        self.proj = nn.Linear(channels, channels)

    def forward(self, picture):
        samples, height, width, channels = picture.shape
        # Made for each size once.
        if getattr(self, "size", None) != (height, width):
            self.size, (self.seen, self.relations) = (height, width), neighbours(height, width, self.kernel)
        parts = self.qkv(picture).view(samples, height * width, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        queries = parts[0] * parts.shape[-1] ** -0.5
        keys, values = parts[1][:, :, self.seen], parts[2][:, :, self.seen]
        scores = queries[:, :, :, None] @ keys.transpose(-2, -1) + self.rpb.flatten(1)[:, self.relations][:, :, None]
        output = (scores.softmax(-1) @ values)[:, :, :, 0]
        return self.proj(output.transpose(1, 2).reshape(samples, height, width, channels))


class FeedForward(nn.Module):
    def __init__(self, channels, ratio):
        super().__init__()
        self.fc1 = nn.Linear(channels, int(channels * ratio))
        self.act = nn.GELU()
        self.fc2 = nn.Linear(int(channels * ratio), channels)

    def forward(self, tokens):
        return self.fc2(self.act(self.fc1(tokens)))


class Layer(nn.Module):
    def __init__(self, channels, heads, kernel, ratio):
        super().__init__()
        self.norm1 = nn.LayerNorm(channels)
        self.attn = NeighborhoodAttention(channels, heads, kernel)
        self.norm2 = nn.LayerNorm(channels)
        self.mlp = FeedForward(channels, ratio)

    def forward(self, picture):
        picture = picture + self.attn(self.norm1(picture))
        return picture + self.mlp(self.norm2(picture))


class Neighborhood(Layer):
    """One block of the neighbourhood attention transformer, [N, C, H, W] to the same."""

    def __init__(self, channels, heads, kernel=7, ratio=2.0):
        super().__init__(channels, heads, kernel, ratio)

    def forward(self, picture):
        return super().forward(picture.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ResidualNeighborhood(nn.Module):
    def __init__(self, channels, heads, kernel=7, ratio=2.0, depth=2):
        super().__init__()
        self.residual_group = nn.Module()
        self.residual_group.blocks = nn.ModuleList(Layer(channels, heads, kernel, ratio) for _ in range(depth))

    def forward(self, picture):
        features = picture.permute(0, 2, 3, 1)
        for block in self.residual_group.blocks:
            features = block(features)
        return features.permute(0, 3, 1, 2) + picture
