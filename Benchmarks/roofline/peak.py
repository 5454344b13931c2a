"""Measures what the machine can do on one number of threads: 32-bit products of matrices and convolutions a second, and bytes of memory a second.

Prints a line of JSON. The products are libtorch's, the best of several large sizes; the bandwidth is that of a = b + s·c on arrays far larger than
the last level of the cache, three numbers moved for each sum (the triad of STREAM).
"""

import argparse
import json
import pathlib
import time

import torch

MATRICES = (1024, 2048, 4096)
# Channels and side of pictures for 3×3 convolutions.
CONVOLUTIONS = ((256, 64), (512, 32))


def best(work, seconds):
    """The shortest time of several runs, of which there are at least three."""
    work()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def products(side, seconds):
    a, b, c = (torch.rand(side, side) for _ in range(3))
    return 2 * side**3 / best(lambda: torch.mm(a, b, out=c), seconds)


def convolutions(channels, side, seconds):
    picture = torch.rand(4, channels, side, side).to(memory_format=torch.channels_last)
    weight = torch.rand(channels, channels, 3, 3).to(memory_format=torch.channels_last)
    operations = 2 * 4 * side**2 * 9 * channels**2
    return operations / best(lambda: torch.nn.functional.conv2d(picture, weight, padding=1), seconds)


def last_level_cache():
    """The bytes of the largest cache; 64 MiB where the system does not say."""
    units = {"K": 1 << 10, "M": 1 << 20}
    sizes = [path.read_text().strip() for path in pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*/size")]
    return max([int(size[:-1]) * units[size[-1]] for size in sizes if size[-1:] in units], default=64 << 20)


def triad(seconds):
    # Each array is four times the cache, and 1 GiB at most.
    count = min(max(4 * last_level_cache(), 128 << 20), 1 << 30) // 4
    a, b, c = (torch.rand(count) for _ in range(3))
    return 3 * 4 * count / best(lambda: torch.add(b, c, alpha=3, out=a), seconds)


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2, help="for each size")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    matrices = max(products(side, options.seconds) for side in MATRICES)
    convolved = max(convolutions(*size, options.seconds) for size in CONVOLUTIONS)
    result = {
        "threads": options.threads, "matrix_flops": matrices, "convolution_flops": convolved, "peak_flops": max(matrices, convolved),
        "triad_bytes": triad(options.seconds),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
