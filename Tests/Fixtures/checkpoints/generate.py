"""Writes the small checkpoints of this folder with PyTorch, and expected.json with what they hold."""

import collections
import json
import pathlib

import torch

folder = pathlib.Path(__file__).parent
expected = {}


def remember(name, state):
    expected[name] = [
        {
            "name": key,
            "type": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "bytes": tensor.detach().contiguous().reshape(-1).view(torch.uint8).tolist() if tensor.numel() else [],
        }
        for key, tensor in state.items()
    ]


def save(name, checkpoint, state, **options):
    torch.save(checkpoint, folder / name, **options)
    remember(name, state)


torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.PReLU())
plain = model.state_dict()
save("plain.pth", plain, plain)

for nesting in ["network", "state_dict", "model_state_dict", "model"]:
    save(f"nested-{nesting}.pth", {"epoch": 3, nesting: plain}, plain)

wrapped = collections.OrderedDict(("module." + key, value) for key, value in plain.items())
save("data-parallel.pth.tar", {"state_dict": wrapped}, plain)

optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [2, 4])
loss = model(torch.ones(1, 3)).sum()
loss.backward()
optimizer.step()
scheduler.step()
plain = model.state_dict()
training = {
    "epoch": 7,
    "state_dict": plain,
    "loss": loss.detach(),
    "best": float("inf"),
    "optimizer": optimizer.state_dict(),
    "lr_scheduler": scheduler.state_dict(),
    "hyper_parameters": {"lambda": 0.013, "size": (256, 256), "device": torch.device("cpu"), "type": torch.float32, "tags": {"a"}, "big": 2**80},
}
save("training.pth.tar", training, plain)
save("legacy-training.pth.tar", training, plain, _use_new_zipfile_serialization=False)
save("protocol-4.pth", plain, plain, pickle_protocol=4)

base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
views = {
    "transposed": base.permute(2, 0, 1),
    "sliced": base[:, 1:, ::2],
    "shared": base[1],
    "expanded": torch.tensor([1.5, -2.5]).reshape(2, 1).expand(2, 3),
    "scalar": torch.tensor(3.25),
    "empty": torch.empty(0, 4),
}
save("views.pth", views, views)
save("legacy-views.pth", views, views, _use_new_zipfile_serialization=False)

types = {
    str(dtype).removeprefix("torch."): torch.tensor([0, 1, 100]).to(dtype)
    for dtype in [
        torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64,
        torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool,
    ]
}  # fmt: skip
save("types.pth", types, types)
save("parameter.pth", {"weight": torch.nn.Parameter(torch.tensor([1.0, 2.0]))}, {"weight": torch.tensor([1.0, 2.0])})

old = {
    "entropy_bottleneck._matrices.0": torch.ones(2, 3, 1),
    "entropy_bottleneck._bias1": torch.ones(2, 3, 1) * 2,
    "entropy_bottleneck._factor10": torch.ones(1),
    "g_a.0.downsample.weight": torch.zeros(1),
}
new = dict(zip(["entropy_bottleneck.matrices.0", "entropy_bottleneck.biases.1", "entropy_bottleneck.factors.10", "g_a.0.skip.weight"], old.values()))
save("old-names.pth", old, new)

torch.save(model, folder / "whole-model.pth")
torch.save({"epoch": 1, "lr": 0.1}, folder / "no-tensors.pth")

with open(folder / "expected.json", "w") as file:
    json.dump({"torch": torch.__version__, "files": expected}, file, separators=(",", ":"))
    file.write("\n")
