"""Texts for measuring, made from the sample by drawing its sentences again and again.

They have the sample's words in the sample's frequencies, but no sense and few different
sentences: good for speed and memory, and for nothing that is about quality.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import cache

from matcher.resources import data_path

MADE = "sample sentences, shuffled and repeated"
"""How the texts came about; every figure that is printed carries it."""
_FIELDS = {"zh": ("summary", "problem"), "en": ("summary_en", "problem_en")}
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")


@cache
def sentences(language: str) -> tuple[str, ...]:
    """The sample's sentences in a language, zh or en."""
    found = []
    for name in ("outcomes", "needs"):
        for line in data_path("sample", f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for field in _FIELDS[language]:
                found += filter(None, _SENTENCE.split(record.get(field, "")))
    return tuple(found)


def texts(language: str, count: int, size: int) -> Iterator[str]:
    """`count` texts of at least `size` bytes of UTF-8; the same ones in every run."""
    draw = random.Random(f"{language} {size}")  # noqa: S311
    for _ in range(count):
        drawn: list[str] = []
        length = 0
        while length < size:
            drawn.append(draw.choice(sentences(language)))
            length += len(drawn[-1].encode())
        yield " ".join(drawn)
