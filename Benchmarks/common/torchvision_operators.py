"""The operators of torchvision on the CPU, beside a torch without CUDA.

PyPI's torchvision is linked against the CUDA libraries, although its operators for the CPU need none of them. Where they are missing, libraries of the
same names are compiled in which every function does nothing and returns zero (this needs a C compiler and nm), so that the operators load. Those for
GPUs do not work then.
"""

import ctypes
import importlib.util
import pathlib
import subprocess
import tempfile

import torch

LIBRARIES = ("libcudart.so.13", "libc10_cuda.so", "libtorch_cuda.so")


def load():
    """Makes torch.ops.torchvision.deform_conv2d and the other operators callable, before torchvision itself is imported."""
    root = pathlib.Path(importlib.util.find_spec("torchvision").origin).parent
    library = root / "_C.so"
    if not torch.backends.cuda.is_built():
        load_stand_ins(library)
    torch.ops.load_library(str(library))


def load_stand_ins(library):
    listing = subprocess.run(["nm", "-D", "--undefined-only", library], check=True, capture_output=True, text=True).stdout
    names = {line.split()[-1].split("@")[0] for line in listing.splitlines()}
    wanted = sorted(name for name in names if "cuda" in name.lower() and (name.startswith(("cuda", "__cuda")) or "4cuda" in name))
    with tempfile.TemporaryDirectory() as folder:
        for index, name in enumerate(LIBRARIES):
            source = pathlib.Path(folder) / f"{index}.c"
            # An object that is read is as good as a function: both have an address. CUDA's symbols have versions.
            body = "".join(f"void *{symbol}(void) {{ return 0; }}\n" for symbol in wanted)
            source.write_text(body if index == 0 else "")
            target = pathlib.Path(folder) / name
            subprocess.run(["cc", "-shared", "-fPIC", "-w", f"-Wl,-soname,{name}", "-Wl,--default-symver", "-o", target, source], check=True)
            ctypes.CDLL(str(target), mode=ctypes.RTLD_GLOBAL)
