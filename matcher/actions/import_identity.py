"""Whether a row still means the record that has its id: a pointer for people, never a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from matcher.actions.import_report import PlanCode, Problem
from matcher.actions.shelf import Present
from matcher.domain.visibility import Viewer
from matcher.files.mapping import ColumnMap

LEAST = 0.25
"""Of the shorter title: what two titles of one thing have in common at least."""
_HAN = "\u3400-\u9fff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IN_ALL = re.compile(
    "技术|需求|难题|成果|项目|研究|研发|开发|应用|系统|方法|装置|关键|一种|基于|的"
)
"""Says nothing of which one it is."""


class Identities:
    """Finds the rows that would make another thing of the record that they name."""

    def __init__(self, columns: ColumnMap, viewer: Viewer) -> None:
        self._columns, self._viewer = columns, viewer

    def doubts(self, before: Present, record: Any) -> Iterator[Problem]:
        """What is to be asked of a row whose title has nothing to do with the one that is there.

        Nothing where the viewer may not know of that one: they would read its title.
        """
        was, now = _title(before.record), _title(record)
        if before.merged_into or not unlike(was, now) or _same(before.record, record):
            return
        if not self._viewer.sees(before.record):
            return
        field = "name" if hasattr(record, "name") else "title"
        yield Problem(
            PlanCode.OTHER_TITLE,
            f"was {was!r} and becomes {now!r}.",
            self._columns.name(field),
            field,
            "Is it the same? If not, give the row another id, or name your source.",
            was=was,
            now=now,
        )


def unlike(first: str, second: str) -> bool:
    """Whether two titles have as good as nothing in common; not where one of them is blank."""
    one, other = _pieces(first), _pieces(second)
    return bool(one and other) and len(one & other) < LEAST * min(len(one), len(other))


def _pieces(title: str) -> frozenset[str]:
    """Two characters of Chinese and three of anything else, each beside the next."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    runs = _RUNS.findall(_IN_ALL.sub(" ", plain)) or _RUNS.findall(plain)
    return frozenset(piece for run in runs for piece in _grams(run))


def _grams(run: str) -> Iterator[str]:
    size = 2 if re.match(f"[{_HAN}]", run) else 3
    return (run[place : place + size] for place in range(max(1, len(run) - size + 1)))


def _title(record: Any) -> str:
    text: str = getattr(record, "title", "") or getattr(record, "name", "")
    return text


def _same(before: Any, record: Any) -> bool:
    """Whether the English title says that it is the same."""
    names = ("title_en", "name_en")
    one, other = (
        next((t for n in names if (t := getattr(r, n, ""))), "") for r in (before, record)
    )
    return bool(one and other) and not unlike(one, other)
