"""Counts the multiply–accumulates of a workload of CompressAI's models, and times its convolutions alone; prints a line of JSON.

The convolutions are libtorch's, each in the memory layout in which it is the faster. A workload is JSON, as the comparing programs write it:

{"kind": "training", "architecture": "mbt2018-mean", "channels": 128, "expansion_channels": 192, "batch": 8, "size": 256}
{"kind": "coding", "architecture": …, "channels": …, "expansion_channels": …, "sizes": [[768, 512]]}: one picture of the mean of the sizes
{"kind": "transforms", …}: the same without the context model
{"kind": "serial", "channels": 192, "height": 32, "width": 48}: the context model, all places at once
"""

import argparse
import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

from compressai_recipe import Recipe
from convolution_calls import Recorder
from grouped_models import groups, hyper_networks
from random_weights import make


def training(workload, threads, budget):
    recipe = Recipe(workload["architecture"], workload["channels"], workload["expansion_channels"], threads)
    pictures = torch.rand(workload["batch"], 3, workload["size"], workload["size"])
    with Recorder() as recorder:
        recipe.step(pictures)
    return {"training": recorder.summary(budget)}


@torch.no_grad()
def coding(workload, threads, budget):
    """Encoding and decoding; a context model is taken as if all its places could be computed at once."""
    model = make(workload["architecture"], workload["channels"], workload["expansion_channels"]).eval()
    encoding, decoding = Recorder(), Recorder()
    for width, height in workload["sizes"]:
        picture = torch.rand(1, 3, height, width)
        with encoding:
            latent = model.g_a(picture)
            networks = hyper_networks(model)
            hyper_latent = networks.h_a(latent) if networks else None
        for recorder in (encoding, decoding):
            with recorder:
                entropy_parameters(model, latent, hyper_latent, workload["kind"] == "coding")
        with decoding:
            model.g_s(latent)
    found = {"encode": encoding.summary(budget), "decode": decoding.summary(budget)}
    return {direction: {name: value / len(workload["sizes"]) for name, value in each.items()} for direction, each in found.items()}


def entropy_parameters(model, latent, hyper_latent, with_context):
    if hyper_latent is not None:
        hyper = hyper_networks(model).h_s(hyper_latent)
        for group in groups(model) if with_context else []:
            group.parameters(latent, hyper)
        if with_context and hasattr(model, "context_prediction"):
            model.entropy_parameters(torch.cat((hyper, model.context_prediction(latent)), dim=1))


@torch.no_grad()
def serial(workload, threads, budget):
    model = make("mbt2018", workload["channels"], workload["channels"]).eval()
    size = (workload["height"], workload["width"])
    with Recorder() as recorder:
        latent = model.context_prediction(torch.rand(1, workload["channels"], *size))
        model.entropy_parameters(torch.cat((torch.rand_like(latent), latent), dim=1))
    found = recorder.summary(budget)
    return {"encode": found, "decode": found}


KINDS = {"training": training, "coding": coding, "transforms": coding, "serial": serial}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each convolution")
    parser.add_argument("workload", type=json.loads)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(json.dumps(KINDS[options.workload["kind"]](options.workload, options.threads, options.seconds)))


if __name__ == "__main__":
    main()
