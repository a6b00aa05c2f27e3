"""What the figures were taken on."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

__all__ = ["facts", "peak_memory"]


def facts() -> dict[str, Any]:
    """Cores, processor, memory, load, system, Python and NumPy."""
    return {
        "cores": os.cpu_count(),
        "usable_cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor(),
        "memory_mb": int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) // 1024,
        "load": [round(each, 2) for each in os.getloadavg()],
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {sys.version.split()[0]}",
        "consistent": _version("consistent-eu"),
        "numpy": _version("numpy"),
    }


def peak_memory() -> float:
    """The most memory that this process has held, megabytes."""
    # `ru_maxrss` of a child counts what its parent held when it was made.
    line = _line("/proc/self/status", "VmHWM")
    return int(line.split()[0]) / 1024 if line else getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _line(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
