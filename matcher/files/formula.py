"""Keeping a text that came from a stranger's file from running as a formula in Excel.

A cell of a delimited file that begins with = + - @ or a tab is a formula to a spreadsheet. Such
a text gets an apostrophe before it, by which Excel marks a text; an .xlsx cell is written as a
text with the same mark. Numbers stay numbers, and so does a text that is nothing but a number.
"""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
APOSTROPHE = "'"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula; a plain number isn't one."""
    return text.startswith(_STARTS) and _NUMBER.fullmatch(text) is None


def as_literal(text: str) -> str:
    """The text for a delimited file: with an apostrophe before it where it might be a formula."""
    return APOSTROPHE + text if is_formula(text) else text
