"""The models that are compared, and random weights for them whose latents are like those of a trained model."""

import torch
import torchvision_beside_cpu  # noqa: F401
from compressai.models import (
    Cheng2020Attention,
    FactorizedPrior,
    JointAutoregressiveHierarchicalPriors,
    MeanScaleHyperprior,
    ScaleHyperprior,
)

MODELS = {
    "bmshj2018-factorized": FactorizedPrior,
    "bmshj2018-hyperprior": ScaleHyperprior,
    "mbt2018-mean": MeanScaleHyperprior,
    "mbt2018": JointAutoregressiveHierarchicalPriors,
    "cheng2020-attn": Cheng2020Attention,
}


def make(architecture, channels, expansion_channels):
    """A model with its first weights; cheng2020-attn has N channels everywhere."""
    numbers = (channels,) if architecture.startswith("cheng2020") else (channels, expansion_channels)
    return MODELS[architecture](*numbers)


def convolutions(network):
    """The convolutions at the end of a network, the last one first; those within attention blocks are none that scale its output."""
    found = []
    for layer in network:
        if hasattr(layer, "weight"):
            found.append(layer)
        elif isinstance(layer, torch.nn.Sequential):
            found += [inner for inner in layer if hasattr(inner, "weight")]
    return found[::-1]


def scale(network, output, spread):
    """Scales the last convolution until the output has the spread; several times, since attention is not linear."""
    layer = convolutions(network)[0]
    layer.bias.zero_()
    for _ in range(4):
        layer.weight.mul_(spread / output().std())


@torch.no_grad()
def write_weights(architecture, channels, expansion_channels, picture, path):
    """Writes weights and coder tables: y has a spread of about 1, z of 2, scales lie around 1, means around 0, the picture around ½.

    CompressAI's first weights give latents that are all rounded to zero.
    """
    torch.manual_seed(1)
    model = make(architecture, channels, expansion_channels).eval()
    scale(model.g_a, lambda: model.g_a(picture), 1)
    y = model.g_a(picture)
    scale(model.g_s, lambda: model.g_s(y.round()), 0.2)
    convolutions(model.g_s)[0].bias.fill_(0.5)
    if hasattr(model, "h_a"):
        # The scale hyperprior's analysis sees magnitudes.
        seen = y.abs() if architecture == "bmshj2018-hyperprior" else y
        scale(model.h_a, lambda: model.h_a(seen), 2)
        z = model.h_a(seen).round()
        network, output = model.h_s, lambda: model.h_s(z)
        if hasattr(model, "context_prediction"):
            scale(model.h_s, output, 1)
            network = model.entropy_parameters
            output = lambda: network(torch.cat((model.h_s(z), model.context_prediction(y.round())), dim=1))  # noqa: E731
        scale(network, output, 0.3)
        # Of scales and means the first half are the scales; the scale hyperprior has no others.
        convolutions(network)[0].bias[: y.shape[1]] = 1
    model.update(force=True)
    torch.save(model.state_dict(), path)
