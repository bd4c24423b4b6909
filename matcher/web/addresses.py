"""Addresses that come with a request and lead back to a page: only to one of our own."""

from __future__ import annotations

import re

# Browsers take // and /\\ for the beginning of a host's name.
_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")


def own_path(where: str) -> str:
    """The path, or the first page for anything that might lead elsewhere."""
    return where if _PATH.fullmatch(where) else "/"
