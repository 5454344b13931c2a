"""Times the serial part of CompressAI's mbt2018 coding on random weights and latents; prints the seconds of each pass as JSON."""

import argparse
import json
import time

import torch
from compressai.models import JointAutoregressiveHierarchicalPriors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=192)
    parser.add_argument("--height", type=int, default=32)
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--passes", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = JointAutoregressiveHierarchicalPriors(options.channels, options.channels).eval()
    model.update(force=True)
    latent = torch.rand(1, options.channels, options.height, options.width) * 8 - 4
    hyper = torch.rand(1, 2 * options.channels, options.height, options.width) * 8 - 4
    kernel, padding = 5, 2
    times = {"encode": {"seconds": [], "processor_seconds": []}, "decode": {"seconds": [], "processor_seconds": []}}

    def measured(name, work):
        start, processor_start = time.perf_counter(), time.process_time()
        result = work()
        times[name]["seconds"].append(time.perf_counter() - start)
        times[name]["processor_seconds"].append(time.process_time() - processor_start)
        return result

    with torch.no_grad():
        for _ in range(options.passes):
            padded = torch.nn.functional.pad(latent, (padding,) * 4)
            size = (options.height, options.width, kernel, padding)
            string = measured("encode", lambda: model._compress_ar(padded, hyper, *size))
            decoded = torch.zeros_like(padded)
            measured("decode", lambda: model._decompress_ar(string, decoded, hyper, *size))
    print(json.dumps({"bytes": len(string), **times}))


if __name__ == "__main__":
    main()
