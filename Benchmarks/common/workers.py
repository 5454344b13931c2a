"""Timing programs that wait for a line, do what it says, and answer with a line of JSON."""

import json
import os
import subprocess
import sys


def quiet(threads):
    """The environment of a program that computes on so many threads.

    Threads that wait for work would otherwise take the processor from the other side.
    """
    return dict(os.environ, OMP_NUM_THREADS=str(threads), OMP_WAIT_POLICY="passive")


class Worker:
    """A program that has loaded its model once; while the other side works it waits for its next line."""

    def __init__(self, name, command, threads):
        self.name = name
        try:
            self.process = subprocess.Popen(
                [str(word) for word in command], env=quiet(threads), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        except FileNotFoundError:
            sys.exit(f"compare: there is no program {command[0]}; 'run' in the folder of this benchmark builds it.")

    def ask(self, line=""):
        try:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            sys.exit(f"compare: {self.name} ended with status {self.process.wait()}.")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def in_turn(workers, line, number):
    """Asks both, the first one first in even turns, and returns the answers by name."""
    order = workers if number % 2 == 0 else list(reversed(workers))
    return {worker.name: worker.ask(line) for worker in order}
