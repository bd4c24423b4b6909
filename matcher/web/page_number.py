"""Which page of a list an address asks for."""

from __future__ import annotations

DEEPEST = 1000


def page_number(text: str) -> int:
    """From 1 to DEEPEST; what is no such number stands for the first."""
    usable = text.isascii() and text.isdigit() and len(text) <= len(str(DEEPEST))
    return min(max(int(text), 1), DEEPEST) if usable else 1
