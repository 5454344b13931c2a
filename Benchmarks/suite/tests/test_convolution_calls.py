"""Tests of the counting of convolutions; skipped where there is no torch."""

import importlib.util
import unittest

import made_up  # noqa: F401

TORCH = importlib.util.find_spec("torch") is not None
if TORCH:
    import torch
    from convolution_calls import Recorder


@unittest.skipUnless(TORCH, "there is no torch in this Python")
class Recording(unittest.TestCase):
    def counted(self, work):
        with Recorder() as recorder:
            work()
        return recorder.summary(0.001)

    def test_a_convolution_counts_its_weights_at_each_place_of_its_output(self):
        layer = torch.nn.Conv2d(3, 8, 5, stride=2, padding=2)
        found = self.counted(lambda: layer(torch.rand(2, 3, 16, 16)).detach())
        self.assertEqual(found["macs"], 2 * 8 * 8 * 8 * 3 * 25)
        self.assertGreater(found["seconds"], 0)

    def test_a_transposed_one_counts_them_at_each_place_of_its_input(self):
        layer = torch.nn.ConvTranspose2d(3, 8, 5, stride=2, padding=2, output_padding=1)
        self.assertEqual(self.counted(lambda: layer(torch.rand(2, 3, 16, 16)))["macs"], 2 * 16 * 16 * 8 * 3 * 25)

    def test_a_backward_pass_counts_twice_where_the_input_has_a_gradient(self):
        layer = torch.nn.Conv2d(3, 8, 3, padding=1)
        once = 4 * 4 * 8 * 3 * 9
        for wanted, times in ((True, 3), (False, 2)):
            picture = torch.rand(1, 3, 4, 4, requires_grad=wanted)
            self.assertEqual(self.counted(lambda: layer(picture).sum().backward())["macs"], times * once)  # noqa: B023

    def test_masked_places_do_not_count(self):
        layer = torch.nn.Conv2d(2, 2, 5, padding=2)
        with torch.no_grad():
            layer.weight[:, :, 2, 2:] = 0
            layer.weight[:, :, 3:] = 0
        self.assertEqual(self.counted(lambda: layer(torch.rand(1, 2, 4, 4)))["macs"], 16 * 2 * 2 * 12)


if __name__ == "__main__":
    unittest.main()
