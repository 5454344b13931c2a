"""Made-up results for the tests."""

import pathlib
import sys

SUITE = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SUITE), str(SUITE.parent / "common"), str(SUITE.parent / "roofline")]

import results


def part(name="training step", ratio=2.0, ours=1.0, spread=0.01, threads=2):
    return {
        "part": "training-step", "name": name, "unit": "s", "threads": threads, "rounds": 5, "ours": ours, "compressai": ours * ratio,
        "ratio": ratio, "interval": [ratio * (1 - spread), ratio * (1 + spread)],
        "ours_interval": [ours * (1 - spread), ours * (1 + spread)],
    }


def file(*parts, peak=1e11, processor="a processor", quick=False):
    machine = {"processor": processor, "processors": 2, "memory_bytes": 1 << 34, "system": "Linux"}
    peaks = {
        threads: {
            "peak_flops": peak * int(threads), "matrix_flops": peak * int(threads), "convolution_flops": peak, "triad_bytes": 2e10,
        }
        for threads in ("1", "2")
    }
    return {"format": results.FORMAT, "quick": quick, "machine": machine, "peaks": peaks, "parts": list(parts)}
