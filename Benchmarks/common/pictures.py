"""Pictures for the comparing programs."""

import pathlib

import numpy

SUFFIXES = (".png", ".jpg", ".jpeg")


def found(folder, limit=None):
    """The pictures of a folder in the order of their names; ValueError says what is missing."""
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}; name one with PNG or JPEG pictures")
    pictures = sorted(path.resolve() for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)[:limit]
    if not pictures:
        raise ValueError(f"there is no picture ({', '.join(SUFFIXES)}) in {folder}")
    return pictures


def read(path, multiple=64):
    """A picture as a tensor in 0…1, cut to multiples of 64 at its upper left corner."""
    import torch
    from PIL import Image

    picture = numpy.array(Image.open(path).convert("RGB"))
    height, width = (side // multiple * multiple for side in picture.shape[:2])
    return torch.from_numpy(picture[:height, :width]).permute(2, 0, 1)[None].contiguous().float() / 255


def cut(path, width, height, target):
    """Writes the middle of a picture as PNG."""
    from PIL import Image

    picture = Image.open(path).convert("RGB")
    if picture.width < width or picture.height < height:
        raise ValueError(f"{path} is smaller than {width}×{height}")
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    picture.crop((left, top, left + width, top + height)).save(target)
