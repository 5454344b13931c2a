"""The parts of the suite: which comparing programs are run, with which options."""

import dataclasses
import pathlib

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
TRAINING = (
    ("bmshj2018-factorized", 128, 192),
    ("bmshj2018-factorized", 64, 96),
    ("bmshj2018-factorized", 32, 48),
    ("mbt2018-mean", 128, 192),
    ("mbt2018-mean", 64, 96),
)


@dataclasses.dataclass
class Conditions:
    """Under which the suite runs."""

    programs: pathlib.Path  # where Benchpresso's programs are
    pictures: pathlib.Path  # the photographs
    small_pictures: pathlib.Path  # a folder with a small picture, for quick runs
    threads: int
    quick: bool

    @property
    def thread_numbers(self):
        return sorted({1, self.threads})

    def rounds(self, number):
        return ["--rounds", 2 if self.quick else number]


def start(conditions):
    yield ["start", "--program", conditions.programs / "benchpresso", "--threads", conditions.threads, *conditions.rounds(10)]


def training_step(conditions):
    program = ["training-step", "--ours", conditions.programs / "TrainingStepBenchmark", "--threads", conditions.threads]
    size = ["--batch", 2, "--size", 64] if conditions.quick else ["--batch", 8, "--size", 256]
    # A quick run takes the last of each model.
    for architecture, channels, expansion_channels in TRAINING[2::2] if conditions.quick else TRAINING:
        numbers = ["--architecture", architecture, "--channels", channels, "--expansion-channels", expansion_channels]
        yield [*program, *numbers, *size, *conditions.rounds(10)]


def training(conditions):
    # Photographs of a few hundred pixels suffice, and every run trains on the same.
    program = ["training", "--program", conditions.programs / "benchpresso", "--pictures", BENCHMARKS.parent / "photos"]
    size = ["--channels", 16, "--expansion-channels", 24, "--batch", 2, "--size", 64] if conditions.quick else []
    numbers = [["--channels", 64, "--expansion-channels", 96], ["--channels", 128, "--expansion-channels", 192]]
    for each in [size] if conditions.quick else numbers:
        yield [*program, *each, "--threads", conditions.threads, "--workers", conditions.threads, *conditions.rounds(6)]


def picture_coding(conditions):
    program = ["picture-coding", "--ours", conditions.programs / "PictureCodingBenchmark"]
    small = ["--pictures", conditions.small_pictures, "--channels", 32, "--expansion-channels", 48]
    size = small if conditions.quick else ["--pictures", conditions.pictures, "--limit", 2]
    for threads in conditions.thread_numbers[: 1 if conditions.quick else None]:
        yield [*program, *size, "--threads", threads, *conditions.rounds(3)]


def serial_coding(conditions):
    size = ["--height", 8, "--width", 8] if conditions.quick else []
    yield ["serial-coding", "--ours", conditions.programs / "SerialCodingBenchmark", *size, *conditions.rounds(6)]


def entropy_coding(conditions):
    size = ["--symbols", 1 << 18] if conditions.quick else []
    streams = ["--streams", *conditions.thread_numbers]
    yield ["entropy-coding", "--ours", conditions.programs / "EntropyCodingBenchmark", *size, *streams, *conditions.rounds(6)]


def table_construction(conditions):
    yield ["table-construction", "--ours", conditions.programs / "TableConstructionBenchmark", *conditions.rounds(20)]


def metrics(conditions):
    program = ["metrics", "--ours", conditions.programs / "MetricsBenchmark", "--metrics", "ms_ssim"]
    for threads in conditions.thread_numbers:
        yield [*program, "--threads", threads, *conditions.rounds(6)]


def whole_test(conditions):
    size = ["--channels", 32, "--expansion-channels", 48] if conditions.quick else []
    pictures = ["--pictures", conditions.small_pictures if conditions.quick else conditions.pictures]
    yield ["whole-test", "--program", conditions.programs / "benchpresso", *pictures, *size, "--threads", conditions.threads, *conditions.rounds(6)]


PARTS = {
    "start": start,
    "training-step": training_step,
    "training": training,
    "picture-coding": picture_coding,
    "serial-coding": serial_coding,
    "entropy-coding": entropy_coding,
    "table-construction": table_construction,
    "metrics": metrics,
    "whole-test": whole_test,
}
PRODUCTS = {
    "start": ["benchpresso", "CTorchDoor"],
    "training-step": ["TrainingStepBenchmark", "CTorchDoor"],
    "training": ["benchpresso", "CTorchDoor"],
    "picture-coding": ["PictureCodingBenchmark", "CTorchDoor"],
    "serial-coding": ["SerialCodingBenchmark", "CTorchDoor"],
    "entropy-coding": ["EntropyCodingBenchmark"],
    "table-construction": ["TableConstructionBenchmark", "CTorchDoor"],
    "metrics": ["MetricsBenchmark", "CTorchDoor"],
    "whole-test": ["benchpresso", "CTorchDoor"],
}
