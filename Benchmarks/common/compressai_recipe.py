"""The training of a model of CompressAI as its examples/train.py does it, step by step.

RateDistortionLoss, Adam for the network with gradients clipped to 1, Adam for the quantiles.
"""

import torch
import torchvision_beside_cpu  # noqa: F401
from compressai.losses import RateDistortionLoss
from random_weights import make


class Recipe:
    """A new model with its optimisers; the weights are those of seed 1."""

    def __init__(self, architecture, channels, expansion_channels, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.model = make(architecture, channels, expansion_channels).train()
        named = list(self.model.named_parameters())
        self.optimizer = torch.optim.Adam([p for name, p in named if not name.endswith(".quantiles")], lr=1e-4)
        self.auxiliary_optimizer = torch.optim.Adam([p for name, p in named if name.endswith(".quantiles")], lr=1e-3)
        self.criterion = RateDistortionLoss(lmbda=0.01)

    def step(self, picture):
        """Trains on one batch."""
        self.optimizer.zero_grad()
        self.auxiliary_optimizer.zero_grad()
        loss = self.criterion(self.model(picture), picture)["loss"]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        auxiliary_loss = self.model.aux_loss()
        auxiliary_loss.backward()
        self.auxiliary_optimizer.step()
