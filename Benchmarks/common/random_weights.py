"""The models that are compared, and random weights for them whose latents are like those of a trained model."""

import torch
import torchvision_beside_cpu  # noqa: F401
from compressai.models import (
    Cheng2020AnchorCheckerboard,
    Cheng2020Attention,
    Elic2022Chandelier,
    Elic2022Official,
    FactorizedPrior,
    JointAutoregressiveHierarchicalPriors,
    MeanScaleHyperprior,
    ScaleHyperprior,
)
from grouped_models import groups, hyper_networks

MODELS = {
    "bmshj2018-factorized": FactorizedPrior,
    "bmshj2018-hyperprior": ScaleHyperprior,
    "mbt2018-mean": MeanScaleHyperprior,
    "mbt2018": JointAutoregressiveHierarchicalPriors,
    "cheng2020-attn": Cheng2020Attention,
    "cheng2020-anchor-checkerboard": Cheng2020AnchorCheckerboard,
    "elic2022-official": Elic2022Official,
    "elic2022-chandelier": Elic2022Chandelier,
}


def make(architecture, channels, expansion_channels):
    """A model with its first weights; the models of Cheng and others have N channels everywhere."""
    if architecture.startswith("elic2022"):
        return MODELS[architecture](channels, expansion_channels, group_sizes(expansion_channels))
    numbers = (channels,) if architecture.startswith("cheng2020") else (channels, expansion_channels)
    return MODELS[architecture](*numbers)


def group_sizes(channels):
    """ELIC's groups of channels: the paper's, or in about the same proportions where there are too few channels for those."""
    first = [16, 16, 32, 64] if channels >= 192 else [max(1, part * channels // 20) for part in (1, 1, 2, 4)]
    return [*first, channels - sum(first)]


def load(architecture, channels, expansion_channels, path):
    """The model with the weights of a file."""
    model = make(architecture, channels, expansion_channels)
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()


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
    networks = hyper_networks(model)
    if networks:
        # The scale hyperprior's analysis sees magnitudes.
        seen = y.abs() if architecture == "bmshj2018-hyperprior" else y
        scale(networks.h_a, lambda: networks.h_a(seen), 2)
        z = networks.h_a(seen).round()
        if hasattr(model, "latent_codec"):
            scale(networks.h_s, lambda: networks.h_s(z), 1)
            scale_groups(model, y.round(), networks.h_s(z))
        else:
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


def scale_groups(model, latent, side):
    """Scales the networks that predict the groups of a latent: what the groups before say to a spread of 1, the parameters as with the other models."""
    for group in groups(model):
        if group.channel_network:
            scale(group.channel_network, lambda: group.channel_context(latent), 1)  # noqa: B023
        network = group.checkerboard.entropy_parameters
        scale(network, lambda: group.parameters(latent, side), 0.3)  # noqa: B023
        bias = convolutions(network)[0].bias
        (bias.chunk(2)[0] if group.scales_first else bias.chunk(2)[1]).fill_(1)
