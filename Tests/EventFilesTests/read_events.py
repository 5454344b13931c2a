"""Prints what TensorBoard's reader finds in a folder of event files, one fact a line."""

import io
import sys

import numpy
from PIL import Image
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2

reader = event_accumulator.EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "tensors": 0})
reader.Reload()
tags = reader.Tags()
for tag in sorted(tags["scalars"]):
    for event in reader.Scalars(tag):
        print("scalar", tag, event.step, str(numpy.float32(event.value)))
for tag in sorted(tags["images"]):
    for event in reader.Images(tag):
        picture = Image.open(io.BytesIO(event.encoded_image_string))
        print("image", tag, event.step, f"{event.width}x{event.height}", picture.mode, list(picture.tobytes()))
for tag in sorted(tags["tensors"]):
    metadata = reader.SummaryMetadata(tag)
    if metadata.plugin_data.plugin_name == "text":
        for event in reader.Tensors(tag):
            print("text", tag.removesuffix("/text_summary"), event.step, event.tensor_proto.string_val[0].decode())


def content(tag):
    data = plugin_data_pb2.HParamsPluginData()
    data.ParseFromString(reader.SummaryMetadata(tag).plugin_data.content)
    return data


try:
    has_hyperparameters = bool(reader.PluginTagToContent("hparams"))
except KeyError:
    has_hyperparameters = False
if has_hyperparameters:
    start = content("_hparams_/session_start_info").session_start_info
    for name in sorted(start.hparams):
        value = start.hparams[name]
        print("hparam", name, getattr(value, value.WhichOneof("kind")))
    experiment = content("_hparams_/experiment").experiment
    print("columns", *[f"{info.name}:{info.type}" for info in experiment.hparam_infos])
    print("metrics", *[info.name.tag for info in experiment.metric_infos])
    print("group", start.group_name)
    end = content("_hparams_/session_end_info").session_end_info
    print("status", api_pb2.Status.Name(end.status))
