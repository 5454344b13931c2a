"""The results file of the suite: its form, written in one step, read with checks. Needs the standard library alone."""

import json
import math
import os
import pathlib

FORMAT = "benchpresso.benchmark-suite/1"
MACHINE = {"processor": str, "processors": int, "memory_bytes": int, "system": str}
PART = {"part": str, "name": str, "unit": str, "threads": int, "rounds": int, "ours": float, "compressai": float, "ratio": float}
INTERVALS = ("interval", "ours_interval")


def write(path, results):
    """Writes a file: the old one is there until the new one is whole."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with open(unfinished, "w", encoding="utf-8") as file:
        file.write(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def read(path):
    """Reads a file; ValueError says what is wrong with it."""
    try:
        results = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"{path} is no JSON: {error}") from None
    if not isinstance(results, dict) or results.get("format") != FORMAT:
        raise ValueError(f"{path} is no results file of this suite: its 'format' is not '{FORMAT}'")
    problem = (
        fields(results, {"quick": bool, "machine": dict, "peaks": dict, "parts": list}, "it")
        or fields(results["machine"], MACHINE, "the machine")
        or next(filter(None, map(part_problem, results["parts"])), None)
        or peaks_problem(results)
    )
    if problem:
        raise ValueError(f"{path} is damaged: {problem}")
    return results


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value > 0


def fields(found, kinds, name):
    if not isinstance(found, dict):
        return f"{name} is no map"
    for key, kind in kinds.items():
        good = is_number(found.get(key)) if kind is float else isinstance(found.get(key), kind)
        if not good:
            return f"{name} has no '{key}', or a wrong one"
    return None


def part_problem(part):
    name = f"the part '{part['name']}'" if isinstance(part, dict) and "name" in part else "a part"
    problem = fields(part, PART, name)
    if problem:
        return problem
    for key in INTERVALS:
        bounds = part.get(key)
        if not (isinstance(bounds, list) and len(bounds) == 2 and all(map(is_number, bounds)) and bounds[0] <= bounds[1]):
            return f"{name} has no '{key}', or a wrong one"
    return None


def peaks_problem(results):
    """Every number of threads that a part names has its peak, but for more streams than there are threads."""
    for threads, peak in results["peaks"].items():
        problem = fields(peak, {"peak_flops": float, "triad_bytes": float}, f"the peak of {threads} threads")
        if problem:
            return problem
    return None if "1" in results["peaks"] else "it has no peak of one thread"


def key(part):
    """What a part is recognised by in another file."""
    return f"{part['name']}, {part['threads']} {'thread' if part['threads'] == 1 else 'threads'}"


def peak(results, threads):
    """The measured peak on so many threads, or on the most that were measured."""
    measured = results["peaks"]
    return measured.get(str(threads)) or measured[max(measured, key=int)]
