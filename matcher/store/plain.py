"""Plain values for JSON columns, as both databases can hold them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

from matcher.store.codec import is_storable


def plain(value: Any) -> Any:
    """Return mappings, sequences, texts and numbers in a form that every database keeps.

    This is for what a report quotes of damaged files, where a refusal would lose the report: NUL
    and halves of a surrogate pair become �, NaN and infinite numbers are written as texts.
    """
    match value:
        case Enum():
            return plain(value.value)
        case str():
            return value if is_storable(value) else _repaired(value)
        case float() if not math.isfinite(value):
            return str(value)
        case Mapping():
            return {plain(str(key)): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    return value


def _repaired(text: str) -> str:
    pairs = text.encode("utf-16", "surrogatepass")
    return pairs.decode("utf-16", "replace").replace("\0", "�")
