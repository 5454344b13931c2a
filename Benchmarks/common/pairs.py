"""What the comparing programs share: measurements in turn, ratios with an interval, and a word on the libraries."""

import hashlib
import importlib.util
import os
import pathlib
import random
import statistics


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def note_the_libraries(libtorch=None):
    """Says whether both sides run the same libtorch, byte for byte; returns None where that is not known."""
    default = os.environ.get("LIBTORCH") or pathlib.Path(__file__).resolve().parent.parent.parent / ".libtorch" / "torch"
    libtorch = pathlib.Path(libtorch or default)
    package = pathlib.Path(importlib.util.find_spec("torch").origin).parent
    pair = [next(folder.glob("libtorch_cpu.*"), None) for folder in (libtorch / "lib", package / "lib")]
    if None in pair:
        print(f"note: no libtorch_cpu in {libtorch}/lib; the two libraries were not compared.")
        return None
    same = sha256(pair[0]) == sha256(pair[1])
    print("libtorch: the same file on both sides" if same else "note: the two sides run DIFFERENT builds of libtorch.")
    return same


def interval(ratios, draws=10000):
    """The 2.5 % to 97.5 % range of the median over ratios drawn with replacement."""
    generator = random.Random(1)
    medians = sorted(statistics.median(generator.choices(ratios, k=len(ratios))) for _ in range(draws))
    return medians[int(0.025 * draws)], medians[int(0.975 * draws)]
