"""Puts libtorch, the C++ library inside the torch wheel, into a folder. Called by scripts/setup.

Downloads with pip (the wheel for CPython 3.11, whatever Python is there: only its C++ files are used), unpacks beside the
target and renames at the end, so that an interruption leaves either the old folder or none.
"""

import argparse
import pathlib
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile


def linux(machine):
    """Tags of wheels for glibc 2.28 or older: pip does not infer the older ones, and the CUDA wheels go under several."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)] + [f"manylinux2014_{machine}"]


PLATFORMS = {
    ("Linux", "x86_64"): linux("x86_64"),
    ("Linux", "aarch64"): linux("aarch64"),
    ("Darwin", "arm64"): ["macosx_14_0_arm64", "macosx_11_0_arm64"],
}
# What libtorch_cpu.so of a CUDA build needs even where there is no GPU.
CUDA_RUNTIME = ("nvidia-cuda-runtime", "nvidia-cuda-cupti")
SCRATCH = ".libtorch-unfinished-"


def fail(sentence):
    sys.exit(f"setup: {sentence}")


def download(requirement, folder, platforms):
    """Downloads one wheel and returns its path."""
    folder.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    command += ["--implementation", "cp", "--python-version", "3.11", "--abi", "cp311", "--abi", "none"]
    for name in platforms:
        command += ["--platform", name]
    print(f"setup: downloading {requirement}", flush=True)
    if subprocess.run(command + [requirement]).returncode != 0:
        fail(f"pip cannot download {requirement} (its reason is above). With LIBTORCH=DIR an existing libtorch is used.")
    return next(folder.glob("*.whl"))


def requirements(wheel):
    """Requirement name (with its extras) → exact version, as the wheel's metadata states them."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        text = archive.read(name).decode()
    return dict(re.findall(r"^Requires-Dist: ([\w-]+)(?:\[[^\]]*\])?\s*\(?==([\w.*]+)", text, re.MULTILINE))


def unpack(wheel, wanted, place):
    """Writes the members for which `wanted` gives a path below `place`."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                target = None if member.is_dir() else wanted(member.filename)
                if target is None:
                    continue
                path = place / target
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, open(path, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
    except (zipfile.BadZipFile, OSError) as error:
        fail(f"cannot unpack {wheel}: {error}.")


def add_cuda_runtime(wheel, torch, downloads, platforms):
    """The two small wheels without which a CUDA build does not load; their versions come from the metadata."""
    pinned = requirements(wheel)
    if not all(name in pinned for name in CUDA_RUNTIME):
        toolkit = pinned.get("cuda-toolkit")
        if toolkit is None:
            fail(f"{wheel.name} does not say which CUDA run time it needs.")
        pinned = requirements(download(f"cuda-toolkit=={toolkit}", downloads / "toolkit", platforms))
    for name in CUDA_RUNTIME:
        part = download(f"{name}=={pinned[name]}", downloads / name, platforms)
        library = re.compile(r"nvidia/.*/lib/(lib(?:cudart|cupti)\.so\.\d+)$")
        unpack(part, lambda member: (m := library.match(member)) and f"lib/{m[1]}", torch)


def load(library):
    """Loads the library in a child process; its error text, or nothing."""
    script = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"
    result = subprocess.run([sys.executable, "-c", script, str(library)], capture_output=True, text=True)
    return result.stderr.strip().splitlines()[-1] if result.returncode != 0 else None


def remove_leftovers(folder):
    """Removes scratch folders of runs that were killed; one younger than an hour may belong to a run still going on."""
    for leftover in folder.glob(f"{SCRATCH}*"):
        if time.time() - leftover.stat().st_mtime > 3600:
            shutil.rmtree(leftover, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", required=True)
    parser.add_argument("--wheel", default="any", help="any, cpu, cuda or a file")
    parser.add_argument("--into", type=pathlib.Path, required=True)
    options = parser.parse_args()

    machine = (platform.system(), platform.machine())
    if machine not in PLATFORMS:
        fail(f"there is no torch wheel for {' '.join(machine)}. With LIBTORCH=DIR an existing libtorch is used.")
    platforms = PLATFORMS[machine]
    # === asks for exactly this string, which leaves out local versions such as 2.13.0+cpu.
    kinds = {"any": f"torch=={options.version}", "cpu": f"torch==={options.version}+cpu", "cuda": f"torch==={options.version}"}

    options.into.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(options.into.parent)
    # An interruption ends in the clean-up of the scratch folder, as an error does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit("setup: stopped; nothing was changed."))
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=options.into.parent) as name:
        scratch = pathlib.Path(name)
        downloads = scratch / "downloads"
        downloads.mkdir()
        if options.wheel in kinds:
            wheel = download(kinds[options.wheel], downloads / "torch", platforms)
        else:
            wheel = pathlib.Path(options.wheel)
            if not wheel.is_file():
                fail(f"TORCH_WHEEL={wheel} is neither any, cpu, cuda nor a file.")

        print(f"setup: unpacking {wheel.name}", flush=True)
        torch = scratch / "finished" / "torch"
        keep = ("torch/lib/", "torch/include/")
        unpack(wheel, lambda member: member[len("torch/") :] if member.startswith(keep) else None, torch)
        library = next((p for p in (torch / "lib").glob("libtorch_cpu.*")), None)
        if library is None:
            fail(f"{wheel.name} holds no libtorch.")
        if (torch / "lib" / "libtorch_cuda.so").exists():
            add_cuda_runtime(wheel, torch, downloads, platforms)
        problem = load(library)
        if problem:
            fail(f"libtorch does not load: {problem}.")

        if options.into.exists():
            options.into.rename(scratch / "previous")
        (scratch / "finished").rename(options.into)


if __name__ == "__main__":
    main()
