"""The convolutions of a computation, forward and backward: recorded as they come, counted, and timed alone."""

import collections
import dataclasses
import math
import time

import torch
from torch.utils._python_dispatch import TorchDispatchMode

FORWARD, BACKWARD = torch.ops.aten.convolution.default, torch.ops.aten.convolution_backward.default
LAYOUTS = (torch.contiguous_format, torch.channels_last)


@dataclasses.dataclass(frozen=True)
class Call:
    """A convolution by its shapes; its numbers do not matter."""

    input: tuple
    weight: tuple
    output: tuple  # of a backward call: the gradient's
    settings: tuple  # what stands between the bias and the output mask, such as stride and padding
    biased: bool
    used_weights: int  # without the places of a kernel that are all zero, as in masked convolutions
    wanted: tuple  # gradients of input, weight and bias; empty forward

    @property
    def multiply_accumulates(self):
        transposed = self.settings[3]
        places = self.input if transposed else self.output
        once = places[0] * math.prod(places[2:]) * self.used_weights
        return once * (sum(self.wanted[:2]) if self.wanted else 1)

    def work(self, layout):
        """A function that runs it once on random numbers in a memory layout."""
        picture, weight, output = (torch.rand(shape).to(memory_format=layout) for shape in (self.input, self.weight, self.output))
        channels = self.output[1]
        if self.wanted:
            return lambda: BACKWARD(output, picture, weight, [channels] if self.biased else None, *self.settings, self.wanted)
        bias = torch.rand(channels) if self.biased else None
        return lambda: FORWARD(picture, weight, bias, *self.settings)

    def seconds(self, budget):
        """The shortest time in either layout of memory."""
        times = []
        for layout in LAYOUTS:
            work = self.work(layout)
            work()
            end = time.perf_counter() + budget / len(LAYOUTS)
            number = 0
            while number < 2 or time.perf_counter() < end:
                start = time.perf_counter()
                work()
                times.append(time.perf_counter() - start)
                number += 1
        return min(times)


def settings(arguments):
    return tuple(tuple(each) if isinstance(each, (list, tuple)) else each for each in arguments)


class Recorder(TorchDispatchMode):
    """Notes the convolutions of what is computed within it."""

    def __init__(self):
        super().__init__()
        self.calls = collections.Counter()

    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        result = function(*arguments, **(options or {}))
        if function is FORWARD:
            picture, weight, bias, *rest = arguments
            self.add(picture, weight, result, rest, bias is not None, ())
        elif function is BACKWARD:
            gradient, picture, weight, bias, *rest, wanted = arguments
            self.add(picture, weight, gradient, rest, bias is not None and bias != [0], tuple(wanted))
        return result

    def add(self, picture, weight, output, rest, biased, wanted):
        shapes = (tuple(each.shape) for each in (picture, weight, output))
        kernel_places = int(weight.detach().abs().amax(dim=(0, 1)).count_nonzero())
        used = weight.shape[0] * weight.shape[1] * kernel_places
        self.calls[Call(*shapes, settings(rest), biased, used, wanted)] += 1

    def summary(self, budget):
        """The multiply–accumulates of all calls, and their seconds when nothing else is computed."""
        return {
            "macs": sum(count * call.multiply_accumulates for call, count in self.calls.items()),
            "seconds": sum(count * call.seconds(budget) for call, count in self.calls.items()),
        }
