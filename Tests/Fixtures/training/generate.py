"""Writes adam.json: what torch.optim.Adam, clip_grad_norm_ and the learning-rate schedules of PyTorch compute on small numbers.

Run with any Python that has torch 2.13: python generate.py
"""

import json
from pathlib import Path

import torch


def adam(lr, betas, eps, weight_decay, clip, factors):
    torch.manual_seed(1)
    parameters = [torch.randn(2, 3, requires_grad=True), torch.randn(4, requires_grad=True), torch.randn(2, requires_grad=True)]
    start = [p.detach().flatten().tolist() for p in parameters]
    optimizer = torch.optim.Adam(parameters, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=False)
    steps = []
    for number, factor in enumerate(factors):
        gradients = [torch.randn_like(p) * (10.0 ** (number - 2)) for p in parameters]
        for p, g in zip(parameters, gradients):
            p.grad = g.clone()
        given = [g.flatten().tolist() for g in gradients]
        norm = None
        if clip is not None:
            norm = torch.nn.utils.clip_grad_norm_(parameters, clip).item()
        clipped = [p.grad.flatten().tolist() for p in parameters]
        for group in optimizer.param_groups:
            group["lr"] = lr * factor
        optimizer.step()
        steps.append(
            {
                "factor": factor,
                "gradients": given,
                "norm": norm,
                "clipped": clipped,
                "values": [p.detach().flatten().tolist() for p in parameters],
            }
        )
    return {
        "lr": lr,
        "beta1": betas[0],
        "beta2": betas[1],
        "eps": eps,
        "weight_decay": weight_decay,
        "clip": clip,
        "shapes": [list(p.shape) for p in parameters],
        "start": start,
        "steps": steps,
    }


def multi_step(milestones, gamma, steps):
    parameter = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones, gamma)
    factors = []
    for _ in range(steps):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return {"milestones": milestones, "gamma": gamma, "factors": factors}


def cosine(total, final, steps):
    parameter = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total, eta_min=final)
    factors = []
    for _ in range(steps):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return {"total_steps": total, "final_factor": final, "factors": factors}


def main():
    result = {
        "torch": torch.__version__,
        "adam": [
            adam(1e-3, (0.9, 0.999), 1e-8, 0.0, None, [1.0, 1.0, 1.0, 1.0]),
            adam(1e-2, (0.8, 0.99), 1e-6, 0.1, None, [1.0, 0.5, 0.25]),
            adam(1e-1, (0.9, 0.999), 1e-8, 0.0, 1.0, [1.0, 1.0, 1.0, 0.1]),
        ],
        "multi_step": [multi_step([3, 5], 0.1, 8), multi_step([2, 2, 4], 0.5, 6)],
        "cosine": [cosine(10, 0.01, 11), cosine(4, 0.0, 5)],
    }
    Path(__file__).with_name("adam.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
