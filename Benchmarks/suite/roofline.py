"""What the hardware could do: the peak of products and of memory, and the convolutions of each measurement alone."""

import json
import pathlib
import subprocess
import sys

ROOFLINE = pathlib.Path(__file__).resolve().parent.parent / "roofline"
sys.path.insert(0, str(ROOFLINE.parent / "common"))

from workers import quiet


def asked(program, threads, quick_seconds, *words):
    command = [sys.executable, ROOFLINE / program, "--threads", threads, "--seconds", quick_seconds, *words]
    result = subprocess.run([str(word) for word in command], env=quiet(threads), stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"{program} ended with status {result.returncode}")
    return json.loads(result.stdout)


def peaks(thread_numbers, quick):
    """By the number of threads, which is text in JSON."""
    return {str(threads): asked("peak.py", threads, 0.2 if quick else 2) for threads in thread_numbers}


class Convolutions:
    """The convolutions of workloads, each workload timed once."""

    def __init__(self, quick):
        self.seconds = 0.02 if quick else 0.2
        self.found = {}

    def of(self, workload, threads):
        alike = {name: value for name, value in workload.items() if name not in ("direction", "pictures")}
        text = json.dumps(alike)
        if (text, threads) not in self.found:
            self.found[text, threads] = asked("convolutions.py", threads, self.seconds, text)
        found = self.found[text, threads]
        if workload["kind"] == "training":
            return found["training"]
        if workload["direction"] != "both":
            return found[workload["direction"]]
        return {name: workload["pictures"] * (found["encode"][name] + found["decode"][name]) for name in ("macs", "seconds")}


def add(part, convolutions, peaks):
    """Adds to a measurement what its convolutions take and which share of the peak it reaches, where it has convolutions."""
    workload = part.get("workload")
    if not workload:
        return
    alone = convolutions.of(workload, part["threads"])
    # A training's time is that of one image of its batch.
    units = workload["batch"] if part["unit"] == "s per image" else 1
    macs, seconds = alone["macs"] / units, alone["seconds"] / units
    part["macs"] = macs
    part["share_of_peak"] = 2 * macs / part["ours"] / peaks[str(part["threads"])]["peak_flops"]
    part["convolution_seconds"] = seconds
    # Ours counts no context model, and a gradient of the picture too many.
    if "counted_macs" in part and not 0.7 < part["counted_macs"] / units / macs < 1.15:
        print(f"note: {part['name']}: Benchpresso counts {part['counted_macs']:.3g} multiply–accumulates, CompressAI's networks have {macs:.3g}")
    part["ceiling"] = part["compressai"] / seconds
