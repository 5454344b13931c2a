"""What the comparing programs share: ratios with an interval, a word on the libraries, and the report that each can write."""

import hashlib
import importlib.util
import json
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


def interval(values, draws=10000):
    """The 2.5 % to 97.5 % range of the median over values drawn with replacement."""
    generator = random.Random(1)
    medians = sorted(statistics.median(generator.choices(values, k=len(values))) for _ in range(draws))
    return medians[int(0.025 * draws)], medians[int(0.975 * draws)]


def measurement(name, ours, theirs, unit="s", **more):
    """What was measured: times of both sides, round by round, and how many times as fast Benchpresso is.

    Each round gives one ratio, CompressAI's time over ours; a ratio above 1 means that Benchpresso is the faster one.
    """
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    return {
        "name": name, "unit": unit, "ours": statistics.median(ours), "ours_interval": interval(ours),
        "compressai": statistics.median(theirs), "ratio": statistics.median(ratios), "interval": interval(ratios),
        "rounds": len(ratios), "samples": {"ours": ours, "compressai": theirs}, **more,
    }


def amount(value, unit="s"):
    """A time with three digits."""
    if not unit.startswith("s"):
        return f"{value:.3g} {unit}"
    for factor, prefix in ((1, ""), (1e3, "m"), (1e6, "µ")):
        if value * factor >= 1:
            break
    return f"{value * factor:.3g} {prefix}{unit}" if value * factor < 1000 else f"{value * factor:.0f} {prefix}{unit}"


def tell(each):
    """Prints a measurement on a line."""
    (low, high), unit = each["interval"], each["unit"]
    print(
        f"{each['name']}: {amount(each['ours'], unit)} against {amount(each['compressai'], unit)}, {each['ratio']:.2f} times as fast "
        f"(95 % interval {low:.2f} to {high:.2f}, {each['rounds']} rounds)",
        flush=True,
    )


def write_report(path, measurements, **more):
    """Writes what was measured as JSON, where a path was given."""
    if path:
        pathlib.Path(path).write_text(json.dumps({"measurements": measurements, **more}, indent=1) + "\n")
        print(f"written: {path}")
