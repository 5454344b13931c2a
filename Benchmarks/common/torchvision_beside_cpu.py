"""Lets CompressAI be imported beside a torch without CUDA.

PyPI's torchvision is built for the CUDA torch. Beside a CPU torch its operators do not load, and its import then fails for want of these two;
CompressAI imports torchvision, but coding and training use none of its operators.
"""

import torch

if not torch.backends.cuda.is_built():
    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
