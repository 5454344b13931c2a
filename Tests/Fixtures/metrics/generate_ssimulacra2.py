"""Computes the goldens of SSIMULACRA 2: ssimulacra2.json, from crops of the shipped photographs and of kodim23.

    python3 Tests/Fixtures/metrics/generate_ssimulacra2.py TOOL

needs the Python packages numpy and pillow; TOOL is the program `ssimulacra2` of github.com/cloudinary/ssimulacra2 (version 2.1; commit 81feacf, built
with -O3). Each pair has two values: that of the tool, which computes in 32 bits with a recursive filter, and that of the same formulas in 64 bits
with the filter as a sum. The copies kodim23-crop-qN.jpg are JPEG files of quality N without chroma subsampling, written by Pillow; with `--jpeg`
they are written anew.
"""

import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CROPS = {  # photograph: x, y, width, height
    "flower": (40, 30, 171, 163), "lanterns": (100, 60, 161, 161), "mountains": (0, 0, 176, 162), "wine-room": (60, 50, 33, 40),
    "dandelion": (300, 200, 13, 9), "snow-trees": (30, 30, 8, 8),
}
KINDS = {
    "flower": ["mask_fc"], "lanterns": ["roll_1px_right"], "mountains": ["mask_c0", "box_2x2"], "wine-room": ["mask_f0"],
    "dandelion": ["mask_e0"], "snow-trees": ["mask_f0"],
}
QUALITIES = (10, 50, 90, 97)
SIDE = 8


def weights():
    text = (ROOT / "Sources/Metrics/SSIMULACRA2+Weights.swift").read_text()
    numbers = [float(number) for line in text.splitlines() if line.startswith("    ") and "//" not in line for number in re.findall(r"[\d.e-]+", line)]
    assert len(numbers) == 108
    return numbers


def window(sigma=1.5):
    """The nine weights of the recursive Gaussian of Charalampidis (2016), eq. 52-57, from the middle outwards."""
    radius = round(3.2795 * sigma + 0.2546)
    omega = [k * math.pi / (2 * radius) for k in (1, 3, 5)]
    signs = (1, -1, 1)
    p = [sign / math.tan(w / 2) for sign, w in zip(signs, omega)]
    r = [sign * value**2 / math.sin(w) for sign, value, w in zip(signs, p, omega)]
    rho = [math.exp(-sigma**2 * w**2 / 2) / radius for w in omega]
    d13, d35, d51 = p[0] * r[1] - r[0] * p[1], p[1] * r[2] - r[1] * p[2], p[2] * r[0] - r[2] * p[0]
    zeta = [d35 / d13, d51 / d13, 1]
    beta = numpy.linalg.solve(numpy.array([p, r, zeta]), [1, radius**2 - sigma**2, numpy.dot(zeta, rho)])
    return [float(sum(b * math.cos(w * j) for b, w in zip(beta, omega))) for j in range(radius)]


WINDOW = window()


def blurred(planes):
    for axis in (0, 1):
        count, reach = planes.shape[axis], len(WINDOW) - 1
        border = [(0, 0)] * 3
        border[axis] = (reach, reach)
        padded = numpy.pad(planes, border)
        planes = sum(
            WINDOW[abs(j)] * numpy.take(padded, range(reach + j, reach + j + count), axis=axis) for j in range(-reach, reach + 1))
    return planes


def light(picture):
    value = picture / 255
    return numpy.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def opsin(planes):
    bias = 0.0037930732552754493
    mix = numpy.array([[0.30, 0.622, 0.078], [0.23, 0.692, 0.078], [0.24342268924547819, 0.20476744424496821, 0.5518098665095536]])
    cones = numpy.cbrt(planes @ mix.T + bias) - numpy.cbrt(bias)
    x, y = (cones[..., 0] - cones[..., 1]) / 2, (cones[..., 0] + cones[..., 1]) / 2
    return numpy.stack([14 * x + 0.42, y + 0.01, cones[..., 2] - y + 0.55], axis=-1)


def halved(planes):
    planes = numpy.pad(planes, [(0, planes.shape[0] % 2), (0, planes.shape[1] % 2), (0, 0)], mode="edge")
    return (planes[::2, ::2] + planes[1::2, ::2] + planes[::2, 1::2] + planes[1::2, 1::2]) / 4


def norms(picture):
    return [numpy.mean(picture, axis=(0, 1)), numpy.mean(picture**4, axis=(0, 1)) ** 0.25]


def score(original, copy):
    planes = [light(original.astype(float)), light(copy.astype(float))]
    parts = []  # [scale][norm * 3 + map][colour]
    for scale in range(6):
        if min(planes[0].shape[:2]) < SIDE:
            break
        if scale:
            planes = [halved(p) for p in planes]
        x, y = (opsin(p) for p in planes)
        mx, my = blurred(x), blurred(y)
        variances = blurred(x * x) - mx**2 + blurred(y * y) - my**2 + 0.0009
        similarity = numpy.maximum(0, 1 - (1 - (mx - my) ** 2) * (2 * (blurred(x * y) - mx * my) + 0.0009) / variances)
        change = (1 + abs(y - my)) / (1 + abs(x - mx)) - 1
        maps = [norms(m) for m in (similarity, numpy.maximum(0, change), numpy.maximum(0, -change))]
        parts.append([m[norm] for norm in (0, 1) for m in maps])
    values = [part[colour] for colour in range(3) for scale in parts for part in scale]
    total = 0.9562382616834844 * sum(w * v for w, v in zip(weights(), values))
    bent = 2.326765642916932 * total - 0.020884521182843837 * total**2 + 6.248496625763138e-05 * total**3
    return 100 - 10 * max(bent, 0) ** 0.6276336467831387


def pairs():
    crop = numpy.asarray(Image.open(HERE / "kodim23-crop.png").convert("RGB"))
    for quality in QUALITIES:
        path = HERE / f"kodim23-crop-q{quality}.jpg"
        if "--jpeg" in sys.argv:
            Image.fromarray(crop).save(path, quality=quality, subsampling=0)
        yield f"kodim23-crop/q{quality}", crop, numpy.asarray(Image.open(path).convert("RGB"))
    for name, (x, y, width, height) in CROPS.items():
        picture = numpy.asarray(Image.open(ROOT / f"photos/{name}.png").convert("RGB"))[y : y + height, x : x + width]
        for kind in KINDS[name]:
            if kind.startswith("mask"):
                copy = picture & int(kind[-2:], 16)
            elif kind == "roll_1px_right":
                copy = numpy.roll(picture, 1, axis=1)
            else:
                blocks = picture.reshape(height // 2, 2, width // 2, 2, 3).astype(int).sum(axis=(1, 3))
                copy = ((blocks + 2) // 4).astype(numpy.uint8).repeat(2, axis=0).repeat(2, axis=1)
            yield f"{name}/{kind}", picture, copy


def main():
    values = {}
    with tempfile.TemporaryDirectory() as folder:
        for key, picture, copy in pairs():
            paths = [f"{folder}/{name}.png" for name in ("original", "copy")]
            for path, samples in zip(paths, (picture, copy)):
                Image.fromarray(samples).save(path)
            tool = float(subprocess.run([sys.argv[1], *paths], check=True, capture_output=True, text=True).stdout)
            values[key] = {"exact": score(picture, copy), "tool": tool}
    about = __doc__.split("\n\n")[0] + " tool: the reference program 2.1 in 32 bits; exact: its formulas in 64 bits."
    crops = {name: dict(zip(("x", "y", "width", "height"), crop)) for name, crop in CROPS.items()}
    text = json.dumps({"about": about, "crops": crops, "values": values}, indent=1)
    (HERE / "ssimulacra2.json").write_text(text + "\n")


main()
