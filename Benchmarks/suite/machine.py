"""What the numbers were measured on and with."""

import importlib.metadata
import os
import pathlib
import platform
import subprocess

PACKAGES = ("torch", "compressai", "pytorch_msssim", "numpy", "pillow")


def processor():
    """The name of the processor, with family and model where the system tells them: a virtual machine may give many one name."""
    information = pathlib.Path("/proc/cpuinfo")
    if not information.exists():
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or platform.machine()
    first = information.read_text().split("\n\n")[0]
    facts = dict(map(str.strip, line.split(":", 1)) for line in first.splitlines() if ":" in line)
    name = facts.get("model name", platform.machine())
    return f"{name}, family {facts['cpu family']}, model {facts['model']}" if "cpu family" in facts else name


def machine():
    return {
        "processor": processor(),
        "processors": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def packages():
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = None
    return found


def commit(root):
    """The commit of the program, and whether files differ from it; nulls where git does not say."""

    def git(*words):
        try:
            result = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True)
        except FileNotFoundError:
            return None
        return result.stdout.strip() if result.returncode == 0 else None

    changes = git("status", "--porcelain", "--untracked-files=no")
    return {"commit": git("rev-parse", "HEAD"), "changed": None if changes is None else changes != ""}
