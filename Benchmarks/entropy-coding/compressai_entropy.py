"""Times CompressAI's entropy coder on the symbols of a file; for each line of its input it answers with the seconds.

The lists that its interface takes are made before the clock starts, which CompressAI's own models do each time. Its coder holds Python's lock, so
several streams at once need processes. They are forked with their lists inside, so that no symbol passes between processes: the best case for them.
"""

import argparse
import json
import multiprocessing
import pathlib
import sys
import time

import numpy
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torchvision_beside_cpu  # noqa: F401
from compressai import ans
from compressai.entropy_models import GaussianConditional
from compressai.models.google import get_scale_table


class Stream:
    """The symbols of one stream as lists, and what codes them."""

    def __init__(self, symbols, indexes, tables):
        self.symbols, self.indexes, self.tables = symbols.tolist(), indexes.tolist(), tables
        self.encoder, self.decoder = ans.RansEncoder(), ans.RansDecoder()

    def encode(self):
        self.bytes = self.encoder.encode_with_indexes(self.symbols, self.indexes, *self.tables)
        return self.bytes

    def decode(self):
        self.decoded = self.decoder.decode_with_indexes(self.bytes, self.indexes, *self.tables)

    def check(self):
        return self.decoded == self.symbols


def serve(stream, connection):
    while True:
        try:
            connection.send(getattr(stream, connection.recv())())
        except EOFError:
            return


class Processes:
    """A process for each stream."""

    def __init__(self, streams):
        context = multiprocessing.get_context("fork")
        self.connections = []
        for stream in streams:
            near, far = context.Pipe()
            context.Process(target=serve, args=(stream, far), daemon=True).start()
            self.connections.append(near)

    def ask(self, word):
        for connection in self.connections:
            connection.send(word)
        return [connection.recv() for connection in self.connections]


class Here:
    """One stream in this process."""

    def __init__(self, streams):
        (self.stream,) = streams

    def ask(self, word):
        return [getattr(self.stream, word)()]


def main():
    parser = argparse.ArgumentParser()
    for name in ("symbols", "indexes", "stream"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--streams", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = GaussianConditional(None)
    model.update_scale_table(get_scale_table(), force=True)
    tables = [tensor.tolist() for tensor in (model._quantized_cdf, model._cdf_length.reshape(-1).int(), model._offset.reshape(-1).int())]
    symbols, indexes = (numpy.fromfile(path, dtype="<i4") for path in (options.symbols, options.indexes))
    bounds = [number * len(symbols) // options.streams for number in range(options.streams + 1)]
    streams = [Stream(symbols[start:end], indexes[start:end], tables) for start, end in zip(bounds, bounds[1:])]
    work = (Here if options.streams == 1 else Processes)(streams)
    paths = [options.stream.with_name(f"{options.stream.name}{number}") for number in range(options.streams)]
    for _ in sys.stdin:
        start = time.perf_counter()
        coded = work.ask("encode")
        middle = time.perf_counter()
        work.ask("decode")
        end = time.perf_counter()
        if not all(work.ask("check")):
            sys.exit("the decoded symbols differ from those that were coded")
        same = all(path.exists() and path.read_bytes() == each for path, each in zip(paths, coded))
        answer = {"bytes": sum(map(len, coded)), "encode": middle - start, "decode": end - middle, "same": same}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
