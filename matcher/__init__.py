"""Matches research outcomes, enterprise needs and technology managers, in Chinese and English."""

import os
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

# OpenMP reads these once, when numpy or faiss is first imported, so they are set before any
# import below. One thread a call: requests run side by side, and waiting OpenMP threads that
# spin take the processor from them. Whoever sets the variables is not overruled.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

try:
    __version__ = version("tech-matcher")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+checkout"


def __getattr__(name: str) -> object:
    """`from matcher import Matcher`, loaded when asked for: it brings numpy and faiss with it."""
    home = {"Matcher": "matcher.recommend.matcher", "Item": "matcher.domain.item"}.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
