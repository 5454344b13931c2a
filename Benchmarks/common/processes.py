"""Whole programs, timed from their start to their end."""

import os
import subprocess
import sys
import time


def seconds(command, **environment):
    """Runs a program with nothing on its input and returns its seconds; the comparing program ends where it fails."""
    words = [str(word) for word in command]
    start = time.perf_counter()
    try:
        result = subprocess.run(words, env=dict(os.environ, **environment), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except FileNotFoundError:
        sys.exit(f"compare: there is no program {words[0]}")
    elapsed = time.perf_counter() - start
    if result.returncode != 0:
        sys.exit(f"compare: '{' '.join(words)}' ended with status {result.returncode}:\n{result.stderr}")
    return elapsed


def in_turn(programs, number):
    """The seconds of each of the named programs, started one after the other; every other round the last one first."""
    names = list(programs) if number % 2 == 0 else list(reversed(programs))
    return {name: programs[name]() for name in names}
