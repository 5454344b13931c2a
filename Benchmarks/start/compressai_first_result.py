"""From weights to a file with rate, PSNR and MS-SSIM of one picture, with the functions of CompressAI's evaluation.

compressai_first_result.py WEIGHTS PICTURE RESULTS THREADS
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import torch
import torchvision_beside_cpu  # noqa: F401
from compressai.utils.eval_model.__main__ import inference, load_checkpoint, read_image


def main():
    weights, picture, results, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    # The weights hold their tables.
    model = load_checkpoint("bmshj2018-factorized", True, weights)
    pathlib.Path(results).write_text(json.dumps(inference(model, read_image(pathlib.Path(picture)))))


if __name__ == "__main__":
    main()
