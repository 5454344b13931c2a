"""Does with CompressAI what benchpresso did: loads its checkpoint, decodes its payloads and codes the picture itself.

    python exchange.py ARCHITECTURE CHECKPOINT PICTURE PAYLOADS DECODED

DECODED is the picture that benchpresso decoded. Ends with an error where anything differs. Needs compressai and torch.
"""

import collections
import json
import pathlib
import sys

import numpy
import torch
from PIL import Image

from compressai.models import FactorizedPrior, FactorizedPriorReLU, MeanScaleHyperprior, ScaleHyperprior

MODELS = {
    "bmshj2018-factorized": FactorizedPrior,
    "bmshj2018-factorized-relu": FactorizedPriorReLU,
    "bmshj2018-hyperprior": ScaleHyperprior,
    "mbt2018-mean": MeanScaleHyperprior,
}

architecture, checkpoint, picture, folder, decoded = sys.argv[1:]
torch.set_num_threads(1)
state = torch.load(checkpoint, weights_only=True)
assert type(state) is collections.OrderedDict, type(state)
model = MODELS[architecture].from_state_dict(state)
assert not any(model.load_state_dict(state, strict=True)), "keys differ"
model.eval()

facts = json.loads(pathlib.Path(folder, "shape.json").read_text())
strings = []
while (file := pathlib.Path(folder, f"string{len(strings)}.bin")).exists():
    strings.append(file.read_bytes())
with torch.no_grad():
    padding = facts["padding"]
    samples = torch.from_numpy(numpy.array(Image.open(picture).convert("RGB"))).permute(2, 0, 1)[None] / 255
    sides = (padding["left"], padding["right"], padding["top"], padding["bottom"])
    own = model.compress(torch.nn.functional.pad(samples, sides))
    assert list(own["shape"]) == facts["shape"], own["shape"]
    assert [each[0] for each in own["strings"]] == strings, "payloads differ"
    result = model.decompress([[each] for each in strings], tuple(facts["shape"]))["x_hat"]
top, left = padding["top"], padding["left"]
result = result[0, :, top : top + facts["height"], left : left + facts["width"]].clamp(0, 1) * 255
expected = numpy.array(Image.open(decoded).convert("RGB"))
assert (result.round().to(torch.uint8).permute(1, 2, 0).numpy() == expected).all(), "pictures differ"
print("same")
