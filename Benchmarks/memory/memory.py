"""Trains with 'benchpresso fit', reads the column memory_mib of its log, says by how much it grew after the first third, and draws it."""

import argparse
import csv
import pathlib
import subprocess
import sys
import tempfile

CONFIGURATION = """
seed_everything: 7
model: {{class_path: models.MeanScaleHyperprior, init_args: {{channels: 16, expansion_channels: 24}}}}
data:
  class_path: datasets.ImageFolder
  init_args:
    data_dir: "{pictures}"
    batch_size: 4
    transform: {{class_path: transform.RandomCrop, init_args: {{patch_size: 64}}}}
    val_transform: {{class_path: transform.CenterCrop, init_args: {{patch_size: 64}}}}
trainer:
  max_steps: {steps}
  log_every_n_steps: 20
  val_check_interval: {interval}
  limit_val_batches: 2
  threads: 1
  default_root_dir: "{logs}"
  logger: [CSV, TensorBoard]
"""


def drawing(points, width=720, height=260):
    """The points as an SVG picture; the axis of the memory begins at 0."""
    steps, top = points[-1][0], 1.15 * max(memory for _, memory in points)
    left, bottom = 70, height - 45

    def place(step, memory):
        return f"{left + step / steps * (width - left - 20):.1f},{bottom - memory / top * (bottom - 15):.1f}"

    line = " ".join(place(*point) for point in points)
    mark = f"{points[-1][1]:.0f}"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
<path d="M{left} 15V{bottom}H{width - 20}" fill="none" stroke="#444"/>
<polyline points="{line}" fill="none" stroke="#1f6fb4" stroke-width="2"/>
<text x="{left - 8}" y="{bottom + 4}" text-anchor="end">0</text>
<text x="{left - 8}" y="{bottom - points[-1][1] / top * (bottom - 15) + 4:.1f}" text-anchor="end">{mark}</text>
<text x="{left}" y="{bottom + 18}">0</text>
<text x="{width - 20}" y="{bottom + 18}" text-anchor="end">{steps}</text>
<text x="{(width + left) / 2}" y="{bottom + 36}" text-anchor="middle">steps</text>
<text x="16" y="{bottom / 2}" transform="rotate(-90 16 {bottom / 2})" text-anchor="middle">memory in MiB</text>
</svg>
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True, help="the program benchpresso")
    parser.add_argument("--pictures", type=pathlib.Path, required=True, help="a folder of photographs")
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--log", type=pathlib.Path, help="a metrics.csv that is there already, instead of a training")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("memory.svg"), help="the picture")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        log = options.log
        if log is None:
            folder = pathlib.Path(name)
            text = CONFIGURATION.format(
                pictures=options.pictures.resolve(), steps=options.steps, interval=max(options.steps // 10, 1), logs=folder / "logs"
            )
            (folder / "memory.yaml").write_text(text)
            subprocess.run([options.program, "fit", "--config", folder / "memory.yaml"], check=True)
            log = next((folder / "logs").glob("*/version_0/metrics.csv"))
        with log.open() as file:
            points = [(int(row["step"]), float(row["memory_mib"])) for row in csv.DictReader(file) if row["memory_mib"]]
    if len(points) < 3:
        sys.exit("memory: the log holds too few lines with memory_mib.")
    third = points[len(points) // 3]
    options.output.write_text(drawing(points))
    print(f"step {points[0][0]}: {points[0][1]:.1f} MiB, step {third[0]}: {third[1]:.1f} MiB, step {points[-1][0]}: {points[-1][1]:.1f} MiB")
    print(f"growth after the first third: {points[-1][1] - third[1]:.1f} MiB; drawn in {options.output}")


if __name__ == "__main__":
    main()
