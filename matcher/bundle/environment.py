"""What a model was made with: libraries and machine, for whoever wonders why two differ."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_LIBRARIES = (
    "numpy",
    "scipy",
    "faiss-cpu",
    "implicit",
    "lightfm-next",
    "lightgbm",
    "scikit-learn",
    "rjieba",
    "opencc",
)


def libraries() -> dict[str, str]:
    """Version of each library that has a part in a model's numbers, as far as it's installed."""
    found = {name: _version(name) for name in _LIBRARIES}
    return {name: number for name, number in found.items() if number}


def machine() -> dict[str, str]:
    """Python, operating system and processor; not the name of the machine, which is nobody's
    business that a model is handed to."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": platform.machine(),
        "libc": " ".join(platform.libc_ver()).strip(),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
