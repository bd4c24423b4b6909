"""The report of every row of an import in the reader's words, as a table for Excel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from matcher.actions.import_report import Action
from matcher.files.export_lines import BOM, csv_line
from matcher.files.guard import unguarded
from matcher.web.import_words import ACTIONS, CODES, Pair, field_name, problem_words
from matcher.web.say import Say

_HEADINGS: tuple[Pair, ...] = (
    ("行", "Row"),
    ("编号", "Id"),
    ("结果", "What became of it"),
    ("更新的字段", "Changed fields"),
    ("代码", "Code"),
    ("列", "Column"),
    ("问题", "Problem"),
    ("怎么办", "What to do"),
    ("原文", "The cell"),
    ("英文原话", "Exactly"),
)
_LISTED = ", "
"""Between the fields of a row, in the file."""


def report_told(lines: Iterable[str], noun: str, say: Say) -> Iterator[str]:
    """The lines of a report that an import wrote (see `import_report_file`), said once more."""
    yield BOM + csv_line(say(*heading) for heading in _HEADINGS)
    for row in islice(csv.reader(lines), 1, None):
        yield csv_line(_told([unguarded(cell) for cell in row], noun, say))


def _told(row: list[str], noun: str, say: Say) -> Iterator[str]:
    number, id_, action, fields, code, column, message, hint, original = row
    listed = fields.split(_LISTED) if fields else []
    what, act = problem_words(code, say) if code in CODES else (message, hint)
    exact = " ".join(filter(None, (message, hint)))
    yield from (number, id_, say(*ACTIONS[Action(action)]))
    yield say("、", ", ").join(field_name(noun, one, say) for one in listed)
    yield from (code, column, what, act, original, exact)
