"""The table of a results file."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from pairs import amount
from results import key

TITLES = ("part", "ours", "CompressAI", "times as fast", "asked", "ceiling", "of the peak")


def row(part):
    low, high = part["interval"]
    missed = " (missed)" if part.get("asked") and part["ratio"] < part["asked"] else ""
    return (
        key(part),
        amount(part["ours"], part["unit"]),
        amount(part["compressai"], part["unit"]),
        f"{part['ratio']:.2f} ({low:.2f} to {high:.2f})",
        f"{part['asked']:g}{missed}" if part.get("asked") else "",
        f"{part['ceiling']:.2f}" if "ceiling" in part else "",
        f"{100 * part['share_of_peak']:.0f} %" if "share_of_peak" in part else "",
    )


def table(results, markdown=False):
    """The lines: each part, and what the machine can do."""
    rows = [TITLES, *map(row, results["parts"])]
    if markdown:
        lines = [f"| {' | '.join(each)} |" for each in rows]
        lines.insert(1, "|" + "---|" * len(TITLES))
    else:
        widths = [max(len(each[column]) for each in rows) for column in range(len(TITLES))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(each, widths)).rstrip() for each in rows]
        lines.insert(1, "─" * sum(widths))
    lines.append("")
    for threads, peak in results["peaks"].items():
        lines.append(
            f"{threads} {'thread' if threads == '1' else 'threads'}: {peak['peak_flops'] / 1e9:.0f} GFLOP/s "
            f"(matrices {peak['matrix_flops'] / 1e9:.0f}, convolutions {peak['convolution_flops'] / 1e9:.0f}), "
            f"memory {peak['triad_bytes'] / 1e9:.1f} GB/s"
        )
    return lines
