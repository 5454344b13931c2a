"""Writes the small TorchScript files of this folder, and expected.json with what PyTorch computes with them."""

import json
import pathlib

import torch
from torch import nn

folder = pathlib.Path(__file__).parent
N, M = 4, 6
torch.manual_seed(0)


class Encoder(nn.Module):
    """[N, 3, H, W] to [N, M, H/16, W/16]; `downsample` is a name that old checkpoints have for something else."""

    def __init__(self, stride=2):
        super().__init__()
        self.downsample = nn.Sequential(nn.Conv2d(3, N, 5, stride=2, padding=2), nn.GELU(), nn.Conv2d(N, N, 5, stride=2, padding=2))
        self.norm = nn.BatchNorm2d(N)
        self.tail = nn.Sequential(nn.Conv2d(N, N, 3, stride=2, padding=1), nn.GELU(), nn.Conv2d(N, M, 3, stride=stride, padding=1))

    def forward(self, x):
        return 4 * self.tail(self.norm(self.downsample(x)))


class Decoder(nn.Module):
    """The way back, with one convolution that is used twice under two names."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(M, N, 3, padding=1)
        self.middle = nn.Conv2d(N, N, 3, padding=1)
        self.again = nn.Conv2d(N, N, 3, padding=1)
        self.again.weight = self.middle.weight
        self.last = nn.Conv2d(N, 3, 3, padding=1)

    def forward(self, y):
        y = nn.functional.interpolate(self.first(y), scale_factor=4.0, mode="nearest")
        y = nn.functional.gelu(self.again(nn.functional.gelu(self.middle(y))))
        if self.training:
            y = nn.functional.dropout(y, 0.25, training=True)
        return self.last(nn.functional.interpolate(y, scale_factor=4.0, mode="nearest"))


class TwoOutputs(Encoder):
    def forward(self, x):
        y = self.downsample(x)
        return y, self.tail(y)


class TwoInputs(nn.Module):
    def forward(self, x, y):
        return x + y


def save(name, module):
    torch.jit.save(module, folder / name)


def traced(module, channels=3):
    return torch.jit.trace(module, torch.rand(1, channels, 32, 48))


encoder = Encoder()
# Statistics that training mode changes and evaluation uses.
with torch.no_grad():
    for _ in range(20):
        encoder(torch.rand(4, 3, 32, 32))
encoder.eval()
decoder = Decoder().eval()
save("encoder.pt", torch.jit.script(encoder))
save("encoder-traced.pt", traced(encoder))
save("decoder.pt", torch.jit.script(decoder))

frozen = Encoder().eval()
for parameter in frozen.downsample.parameters():
    parameter.requires_grad_(False)
save("partly-frozen.pt", torch.jit.script(frozen))

analysis = nn.Sequential(nn.Conv2d(M, N, 3, padding=1), nn.LeakyReLU(), nn.Conv2d(N, N, 5, 2, 2), nn.LeakyReLU(), nn.Conv2d(N, N, 5, 2, 2))
save("hyper-analysis.pt", traced(analysis.eval(), M))
synthesis = nn.Sequential(nn.ConvTranspose2d(N, N, 5, 2, 2, 1), nn.LeakyReLU(), nn.ConvTranspose2d(N, M, 5, 2, 2, 1), nn.LeakyReLU(), nn.Conv2d(M, M, 3, padding=1))
save("hyper-synthesis.pt", traced(synthesis.eval(), N))

save("two-outputs.pt", torch.jit.script(TwoOutputs().eval()))
save("two-inputs.pt", torch.jit.script(TwoInputs()))
save("stride-8.pt", traced(Encoder(stride=1).eval()))
save("float64.pt", traced(nn.Conv2d(3, M, 16, stride=16).eval()).double())
torch.save(nn.Conv2d(3, M, 16, stride=16).state_dict(), folder / "state-dict.pth")

x = (torch.arange(3 * 16 * 32, dtype=torch.float32).reshape(1, 3, 16, 32) % 97) / 97
y = encoder(x)
decoded = decoder(y.round())
loss = decoded.square().mean() + y.square().mean()
loss.backward()
expected = {
    "torch": torch.__version__,
    "latent": y.flatten().tolist(),
    "decoded": decoded.flatten()[:16].tolist(),
    "loss": loss.item(),
    "gradients": {
        "downsample.0.bias": encoder.downsample[0].bias.grad.tolist(),
        "tail.2.bias": encoder.tail[2].bias.grad.tolist(),
        "middle.weight": decoder.middle.weight.grad.flatten().tolist(),
    },
    "latent_in_training": encoder.train()(x).flatten().tolist(),
    "mean_after_training": encoder.norm.running_mean.tolist(),
}
(folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
