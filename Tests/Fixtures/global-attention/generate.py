"""Writes what PyTorch computes with blocks of attention to the whole picture: weights, input, output and gradients of each.

    Benchmarks/.venv/bin/python Tests/Fixtures/global-attention/generate.py

Written plainly, window by window, in double precision; numbers are stored with 32 bits. Read by GlobalBlockTests.
"""

import pathlib

import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent


class FeedForward(nn.Module):
    def __init__(self, channels, ratio):
        super().__init__()
        self.fc1 = nn.Linear(channels, int(channels * ratio))
        self.fc2 = nn.Linear(int(channels * ratio), channels)

    def forward(self, tokens):
        return self.fc2(nn.functional.gelu(self.fc1(tokens)))


class Cross(nn.Module):
    """The attention of some tokens to others."""

    def __init__(self, channels, heads, ratio):
        super().__init__()
        self.heads = heads
        self.norm_q, self.norm_kv, self.norm_mlp = (nn.LayerNorm(channels) for _ in range(3))
        self.cross_attn = nn.ModuleDict(
            {"q": nn.Linear(channels, channels), "kv": nn.Linear(channels, 2 * channels), "proj": nn.Linear(channels, channels)}
        )
        self.mlp = FeedForward(channels, ratio)

    def forward(self, tokens, others):
        queries = self.cross_attn["q"](self.norm_q(tokens))
        keys, values = self.cross_attn["kv"](self.norm_kv(others)).chunk(2, -1)
        outputs = []
        for q, k, v in zip(*(each.chunk(self.heads, -1) for each in (queries, keys, values))):
            outputs.append((q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5).softmax(-1) @ v)
        tokens = tokens + self.cross_attn["proj"](torch.cat(outputs, -1))
        return tokens + self.mlp(self.norm_mlp(tokens))


class Global(nn.Module):
    def __init__(self, channels, tokens, heads, ratio):
        super().__init__()
        self.global_tokens = nn.Parameter(torch.randn(tokens, channels))
        self.ca_a, self.ca_s = Cross(channels, heads, ratio), Cross(channels, heads, ratio)

    def forward(self, picture):
        places = picture.flatten(2).transpose(1, 2)
        tokens = self.ca_a(self.global_tokens.expand(len(picture), -1, -1), places)
        return self.ca_s(places, tokens).transpose(1, 2).reshape(picture.shape)


class Windows(nn.Module):
    """Attention within windows that end where the picture ends, place by place the same as without windows but with a mask."""

    def __init__(self, channels, heads, window, aggregates):
        super().__init__()
        self.heads, self.window, self.aggregates = heads, window, aggregates
        self.relative_position_bias_table = nn.Parameter(torch.randn((2 * window - 1) ** 2, heads))
        if aggregates:
            self.q_global, self.kv = nn.Linear(channels, channels), nn.Linear(channels, 2 * channels)
        else:
            self.qkv = nn.Linear(channels, 3 * channels)
        self.proj = nn.Linear(channels, channels)

    def forward(self, picture):
        samples, height, width, channels = picture.shape
        rows, columns = (each.flatten() for each in torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij"))
        side = self.window
        number, place = rows // side * 1000 + columns // side, rows % side * side + columns % side
        tokens = picture.reshape(samples, -1, channels)
        if self.aggregates:
            means = torch.zeros(samples, side * side, channels, dtype=tokens.dtype)
            for each in place.unique():
                means[:, each] = tokens[:, place == each].mean(1)
            queries = self.q_global(means)[:, place]
            keys, values = self.kv(tokens).chunk(2, -1)
        else:
            queries, keys, values = self.qkv(tokens).chunk(3, -1)
        relations = (rows[:, None] - rows + side - 1) * (2 * side - 1) + columns[:, None] - columns + side - 1
        apart = number[:, None] != number
        outputs = []
        for head, (q, k, v) in enumerate(zip(*(each.chunk(self.heads, -1) for each in (queries, keys, values)))):
            bias = self.relative_position_bias_table[relations.masked_fill(apart, 0), head]
            scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + bias
            outputs.append(scores.masked_fill(apart, -torch.inf).softmax(-1) @ v)
        return self.proj(torch.cat(outputs, -1)).reshape(picture.shape)


class Layer(nn.Module):
    def __init__(self, channels, heads, window, ratio, aggregates):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(channels), nn.LayerNorm(channels)
        self.attn = Windows(channels, heads, window, aggregates)
        self.mlp = FeedForward(channels, ratio)

    def forward(self, picture):
        picture = picture + self.attn(self.norm1(picture))
        return picture + self.mlp(self.norm2(picture))


class Aggregated(Layer):
    def __init__(self, channels, heads, window, ratio):
        super().__init__(channels, heads, window, ratio, True)
        self.local = Layer(channels, heads, window, ratio, False)

    def forward(self, picture):
        return super().forward(self.local(picture.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)


BLOCKS = {
    "global": (lambda: Global(6, tokens=3, heads=2, ratio=1.5), (5, 7)),
    "aggregated": (lambda: Aggregated(6, heads=3, window=4, ratio=1.5), (8, 12)),
    "aggregated-uneven": (lambda: Aggregated(6, heads=2, window=4, ratio=2), (7, 9)),
}


def main():
    tensors = {}
    for number, (name, (make, sides)) in enumerate(BLOCKS.items()):
        torch.manual_seed(number)
        block = make().double()
        for parameter in block.parameters():
            parameter.data = 0.3 * torch.randn(parameter.shape).double()
        value = torch.randn(2, 6, *sides).double().requires_grad_()
        output = block(value)
        weight = torch.randn(output.shape).double()
        (output * weight).sum().backward()
        tensors |= {f"{name}/state/{key}": tensor for key, tensor in block.state_dict().items()}
        if name != "global":
            # A buffer of attention within windows, which this formulation does without.
            places = torch.arange(4).repeat_interleave(4), torch.arange(4).repeat(4)
            down, right = (each[:, None] - each + 3 for each in places)
            tensors[f"{name}/state/local.attn.relative_position_index"] = down * 7 + right
        tensors |= {f"{name}/input": value, f"{name}/output": output, f"{name}/weight": weight, f"{name}/gradient": value.grad}
        kept = ("global_tokens", "ca_a.cross_attn.kv.weight", "attn.q_global.weight", "attn.relative_position_bias_table")
        tensors |= {f"{name}/parameter/{key}": each.grad for key, each in block.named_parameters() if key in kept}
    kept = {key: tensor.detach() if tensor.dtype == torch.int64 else tensor.detach().float() for key, tensor in tensors.items()}
    torch.save({key: tensor.contiguous().clone() for key, tensor in kept.items()}, HERE / "blocks.pth")


if __name__ == "__main__":
    main()
