"""Attention within windows as it is usually written in PyTorch, for sides that are multiples of the window.

Pictures are rolled, cut into windows that are copied, and put together again; scores of shifted windows get a mask. Names of the state are those
of the published repositories: microsoft/Swin-Transformer, lumingzzz/TIC, Googolxx/STF and jmliu206/LIC_TCM.
"""

import torch
from torch import nn


def cut(picture, side):
    """[N, H, W, C] as windows, [N · windows, side², C]."""
    samples, height, width, channels = picture.shape
    parts = picture.view(samples, height // side, side, width // side, side, channels)
    return parts.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, side * side, channels)


def joined(windows, side, height, width):
    """The way back."""
    parts = windows.view(-1, height // side, width // side, side, side, windows.shape[-1])
    return parts.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, height, width, windows.shape[-1])


def offsets(side):
    """The number of each pair of places in the table of biases, [side², side²]."""
    rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    places = torch.stack([rows.flatten(), columns.flatten()])
    between = places[:, :, None] - places[:, None, :] + side - 1
    return between[0] * (2 * side - 1) + between[1]


def mask(height, width, side, shift):
    """What is added to the scores of windows that hold parts of the picture that do not lie side by side, [windows, side², side²]."""
    parts = torch.zeros(1, height, width, 1)
    ends = (slice(0, -side), slice(-side, -shift), slice(-shift, None))
    for number, (rows, columns) in enumerate((rows, columns) for rows in ends for columns in ends):
        parts[:, rows, columns] = number
    windows = cut(parts, side).squeeze(-1)
    return (windows[:, None] != windows[:, :, None]) * -100.0


class WindowAttention(nn.Module):
    def __init__(self, channels, side, heads):
        super().__init__()
        self.side, self.heads = side, heads
        self.relative_position_bias_table = nn.Parameter(0.02 * torch.randn((2 * side - 1) ** 2, heads))
        self.register_buffer("relative_position_index", offsets(side))
        self.qkv = nn.Linear(channels, 3 * channels)
        self.proj = nn.Linear(channels, channels)

    def forward(self, windows, mask=None):
        count, places, channels = windows.shape
        parts = self.qkv(windows).reshape(count, places, 3, self.heads, channels // self.heads).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts[0] * (channels // self.heads) ** -0.5, parts[1], parts[2]
        biases = self.relative_position_bias_table[self.relative_position_index.view(-1)].view(places, places, self.heads)
        scores = queries @ keys.transpose(-2, -1) + biases.permute(2, 0, 1).contiguous()[None]
        if mask is not None:
            scores = scores.view(-1, len(mask), self.heads, places, places) + mask[None, :, None]
            scores = scores.view(-1, self.heads, places, places)
        return self.proj((scores.softmax(-1) @ values).transpose(1, 2).reshape(count, places, channels))


def attended(attention, picture, shift, mask):
    """Attention within the windows of [N, H, W, C]."""
    height, width = picture.shape[1:3]
    moved = torch.roll(picture, (-shift, -shift), (1, 2)) if shift else picture
    moved = joined(attention(cut(moved, attention.side), mask if shift else None), attention.side, height, width)
    return torch.roll(moved, (shift, shift), (1, 2)) if shift else moved


class FeedForward(nn.Module):
    def __init__(self, channels, ratio):
        super().__init__()
        self.fc1 = nn.Linear(channels, int(channels * ratio))
        self.act = nn.GELU()
        self.fc2 = nn.Linear(int(channels * ratio), channels)

    def forward(self, tokens):
        return self.fc2(self.act(self.fc1(tokens)))


class SwinLayer(nn.Module):
    def __init__(self, channels, side, heads, shift, ratio):
        super().__init__()
        self.shift = shift
        self.norm1 = nn.LayerNorm(channels)
        self.attn = WindowAttention(channels, side, heads)
        self.norm2 = nn.LayerNorm(channels)
        self.mlp = FeedForward(channels, ratio)

    def forward(self, picture, mask):
        picture = picture + attended(self.attn, self.norm1(picture), self.shift, mask)
        return picture + self.mlp(self.norm2(picture))


class Swin(nn.Module):
    def __init__(self, channels, heads, window, ratio=4.0, depth=2):
        super().__init__()
        self.side = window
        self.blocks = nn.ModuleList(SwinLayer(channels, window, heads, number % 2 * (window // 2), ratio) for number in range(depth))

    def forward(self, picture):
        picture = picture.permute(0, 2, 3, 1).contiguous()
        # Repositories make it for each size once, and so does this.
        if getattr(self, "size", None) != picture.shape[1:3]:
            self.size, self.mask = picture.shape[1:3], mask(*picture.shape[1:3], self.side, self.side // 2)
        for block in self.blocks:
            picture = block(picture, self.mask)
        return picture.permute(0, 3, 1, 2)


class ResidualSwin(nn.Module):
    def __init__(self, *arguments, **settings):
        super().__init__()
        self.residual_group = Swin(*arguments, **settings)

    def forward(self, picture):
        return self.residual_group(picture) + picture


class Unit(nn.Module):
    """A residual unit at half the channels."""

    def __init__(self, channels, function):
        super().__init__()
        half = channels // 2
        self.conv = nn.Sequential(
            nn.Conv2d(channels, half, 1), function(), nn.Conv2d(half, half, 3, padding=1), function(), nn.Conv2d(half, channels, 1)
        )
        self.function = function()

    def forward(self, picture):
        return self.function(self.conv(picture) + picture)


class ResidualAttention(nn.Module):
    def __init__(self, channels, side, heads, shift):
        super().__init__()
        self.shift = shift
        self.attn = WindowAttention(channels, side, heads)

    def forward(self, picture):
        tokens = picture.permute(0, 2, 3, 1)
        hidden = mask(*tokens.shape[1:3], self.attn.side, self.shift) if self.shift else None
        return picture + attended(self.attn, tokens, self.shift, hidden).permute(0, 3, 1, 2)


class WindowAttentionModule(nn.Module):
    def __init__(self, channels, heads, window, shift):
        super().__init__()
        self.conv_a = nn.Sequential(*(Unit(channels, nn.GELU) for _ in range(3)))
        self.conv_b = nn.Sequential(
            ResidualAttention(channels, window, heads, shift), *(Unit(channels, nn.GELU) for _ in range(3)), nn.Conv2d(channels, channels, 1)
        )

    def forward(self, picture):
        return picture + self.conv_a(picture) * self.conv_b(picture).sigmoid()


class MixtureAttention(nn.Module):
    def __init__(self, channels, side, heads, shift):
        super().__init__()
        self.side, self.heads, self.shift = side, heads, shift
        self.relative_position_params = nn.Parameter(0.02 * torch.randn(heads, 2 * side - 1, 2 * side - 1))
        self.embedding_layer = nn.Linear(channels, 3 * channels)
        self.linear = nn.Linear(channels, channels)

    def forward(self, picture):
        samples, height, width, channels = picture.shape
        moved = torch.roll(picture, (-self.shift, -self.shift), (1, 2)) if self.shift else picture
        parts = self.embedding_layer(cut(moved, self.side)).unflatten(-1, (3, self.heads, channels // self.heads)).permute(2, 0, 3, 1, 4)
        scores = parts[0] @ parts[1].transpose(-2, -1) * (channels // self.heads) ** -0.5
        scores = scores + self.relative_position_params.flatten(1)[:, offsets(self.side)]
        if self.shift:
            hidden = mask(height, width, self.side, self.shift)
            scores = (scores.unflatten(0, (samples, -1)) + hidden[None, :, None]).flatten(0, 1)
        output = self.linear((scores.softmax(-1) @ parts[2]).transpose(1, 2).flatten(2))
        output = joined(output, self.side, height, width)
        return torch.roll(output, (self.shift, self.shift), (1, 2)) if self.shift else output


class MixtureLayer(nn.Module):
    def __init__(self, channels, side, heads, shift):
        super().__init__()
        self.ln1 = nn.LayerNorm(channels)
        self.msa = MixtureAttention(channels, side, heads, shift)
        self.ln2 = nn.LayerNorm(channels)
        self.mlp = nn.Sequential(nn.Linear(channels, 4 * channels), nn.GELU(), nn.Linear(4 * channels, channels))

    def forward(self, tokens):
        tokens = tokens + self.msa(self.ln1(tokens))
        return tokens + self.mlp(self.ln2(tokens))


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.function = nn.LeakyReLU()

    def forward(self, picture):
        return self.function(self.conv2(self.function(self.conv1(picture)))) + picture


class Mixture(nn.Module):
    def __init__(self, channels, heads, window, moved):
        super().__init__()
        self.trans_block = MixtureLayer(channels // 2, window, heads, window // 2 if moved else 0)
        self.conv1_1 = nn.Conv2d(channels, channels, 1)
        self.conv1_2 = nn.Conv2d(channels, channels, 1)
        self.conv_block = ResidualBlock(channels // 2)

    def forward(self, picture):
        near, far = self.conv1_1(picture).chunk(2, 1)
        far = self.trans_block(far.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return picture + self.conv1_2(torch.cat((self.conv_block(near) + near, far), 1))


class SwinAttention(nn.Module):
    def __init__(self, inputs, outputs, width, heads, window):
        super().__init__()
        self.conv_a = nn.Sequential(*(Unit(width, nn.ReLU) for _ in range(3)))
        self.conv_b = nn.Sequential(*(Unit(width, nn.ReLU) for _ in range(3)), nn.Conv2d(width, width, 1))
        self.non_local_block = nn.ModuleDict(
            {"block_1": MixtureLayer(width, window, heads, 0), "block_2": MixtureLayer(width, window, heads, window // 2)}
        )
        self.in_conv = nn.Conv2d(inputs, width, 1)
        self.out_conv = nn.Conv2d(width, outputs, 1)

    def forward(self, picture):
        entered = self.in_conv(picture)
        seen = entered.permute(0, 2, 3, 1)
        for block in self.non_local_block.values():
            seen = block(seen)
        return self.out_conv(entered + self.conv_a(entered) * self.conv_b(seen.permute(0, 3, 1, 2)).sigmoid())


class PatchEmbedding(nn.Module):
    def __init__(self, inputs, outputs, side):
        super().__init__()
        self.side = side
        self.proj = nn.Conv2d(inputs, outputs, side, stride=side)
        self.norm = nn.LayerNorm(outputs)

    def forward(self, picture):
        height, width = picture.shape[2:]
        whole = nn.functional.pad(picture, (0, -width % self.side, 0, -height % self.side))
        return self.norm(self.proj(whole).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class PatchMerging(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.reduction = nn.Linear(4 * channels, 2 * channels, bias=False)
        self.norm = nn.LayerNorm(4 * channels)

    def forward(self, picture):
        height, width = picture.shape[2:]
        whole = nn.functional.pad(picture, (0, width % 2, 0, height % 2)).permute(0, 2, 3, 1)
        squares = torch.cat([whole[:, row::2, column::2] for column in (0, 1) for row in (0, 1)], -1)
        return self.reduction(self.norm(squares)).permute(0, 3, 1, 2)


class PatchSplitting(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.reduction = nn.Linear(channels, 2 * channels, bias=False)
        self.norm = nn.LayerNorm(channels)

    def forward(self, picture):
        expanded = self.reduction(self.norm(picture.permute(0, 2, 3, 1)))
        return nn.functional.pixel_shuffle(expanded.permute(0, 3, 1, 2), 2)
