"""An apostrophe before what a spreadsheet would take for a formula, put there and taken away.

Unlike `formula.as_literal` alone the two undo each other, also for a text that has an apostrophe
of its own before what looks like a formula.
"""

from __future__ import annotations

from typing import Any

from matcher.files.formula import APOSTROPHE, is_formula


def guarded(text: str) -> str:
    """The text for a cell of a delimited file."""
    return APOSTROPHE + text if is_formula(text.lstrip(APOSTROPHE)) else text


def unguarded(cell: Any) -> Any:
    """The text that `guarded` was given; any other cell as it is."""
    marked = isinstance(cell, str) and cell.startswith(APOSTROPHE)
    return cell[1:] if marked and is_formula(cell.lstrip(APOSTROPHE)) else cell
