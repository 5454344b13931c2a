"""Runs CompressAI's evaluation, compressai.utils.eval_model, with its own arguments, on as many threads as are named first.

The evaluation sets one thread when it is loaded; 'as-is' leaves that so.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torch
import torchvision_beside_cpu  # noqa: F401
from compressai.utils.eval_model.__main__ import main

if sys.argv[1] != "as-is":
    torch.set_num_threads(int(sys.argv[1]))
main(sys.argv[2:])
