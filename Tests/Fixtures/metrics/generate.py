"""Computes the goldens of the measures with pytorch_msssim 1.0.0: photos.json from crops of the shipped photographs, kodak.json from Kodak pictures.

    python3 Tests/Fixtures/metrics/generate.py [folder with kodim01.png …]

needs the Python packages numpy, pillow, torch and pytorch-msssim. Without a folder only photos.json is written.
"""

import json
import math
import pathlib
import sys

import numpy
import torch
from PIL import Image
from pytorch_msssim import ms_ssim, ssim

HERE = pathlib.Path(__file__).resolve().parent
PHOTOS = HERE.parents[2] / "photos"
CROPS = {"flower": (40, 30, 171, 163), "lanterns": (100, 60, 161, 161), "mountains": (0, 0, 176, 162)}  # x, y, width, height
KINDS = {"flower": ["mask_e0"], "lanterns": ["roll_1px_right"], "mountains": ["mask_c0", "box_2x2"]}  # few: debug builds are slow
KODAK = ["kodim01", "kodim03", "kodim13", "kodim19", "kodim23"]
ABOUT = (
    "{precision} A picture against a distorted copy. mask_XX: bitwise and of every 8-bit sample with 0xXX; roll_1px_right: every row rolled by one column; "
    "box_2x2: each 2x2 block replaced by (sum + 2) // 4 for each colour. psnr = 10*log10(255^2 / mean squared error over all samples); ssim and "
    "ms_ssim: pytorch_msssim 1.0.0, data range 255."
)
# In a smooth sky pytorch_msssim's own 32-bit and 64-bit results differ by up to 3e-5, so the photographs are compared in 64 bits. The Kodak values
# are in 32 bits, as published ones are.
PRECISION = {torch.float32: "Computed in float32.", torch.float64: "Computed in float64."}


def distortions(picture):
    result = {f"mask_{mask:02x}": picture & mask for mask in (0xF0, 0xE0, 0xC0)}
    result["roll_1px_right"] = numpy.roll(picture, 1, axis=1)
    height, width = picture.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        blocks = picture.reshape(height // 2, 2, width // 2, 2, 3).astype(numpy.int64).sum(axis=(1, 3))
        box = ((blocks + 2) // 4).astype(numpy.uint8)
        result["box_2x2"] = box.repeat(2, axis=0).repeat(2, axis=1)
    return result


def measures(picture, copy, precision):
    def tensor(samples):
        return torch.from_numpy(samples.copy()).permute(2, 0, 1)[None].to(precision)

    error = numpy.mean((picture.astype(numpy.float64) - copy.astype(numpy.float64)) ** 2)
    return {
        "psnr": 10 * math.log10(255**2 / error),
        "ms_ssim": ms_ssim(tensor(copy), tensor(picture), data_range=255).item(),
        "ssim": ssim(tensor(copy), tensor(picture), data_range=255).item(),
    }


def read(path):
    return numpy.asarray(Image.open(path).convert("RGB"))


def write(name, pictures, precision, kinds=None, crops=None):
    values = {
        f"{key}/{kind}": measures(picture, copy, precision)
        for key, picture in pictures.items()
        for kind, copy in distortions(picture).items()
        if kinds is None or kind in kinds[key]
    }
    document = {"_about": ABOUT.format(precision=PRECISION[precision]), "values": values}
    if crops:
        document["crops"] = {key: dict(zip(("x", "y", "width", "height"), crop)) for key, crop in crops.items()}
    (HERE / name).write_text(json.dumps(document, indent=1) + "\n")


torch.set_num_threads(1)
photos = {}
for key, (x, y, width, height) in CROPS.items():
    photos[key] = read(PHOTOS / f"{key}.png")[y : y + height, x : x + width]
write("photos.json", photos, torch.float64, KINDS, CROPS)
if len(sys.argv) > 1:
    write("kodak.json", {key: read(pathlib.Path(sys.argv[1]) / f"{key}.png") for key in KODAK}, torch.float32)
