"""A worklist on a terminal: for each pair both records, how well they fit, why, what to watch."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.cli.wrap import wrap
from matcher.domain.enums import Language
from matcher.domain.result import Fit

_MARGIN = 22
_EXPLORED = {Language.ZH: "试探：少有人看过", Language.EN: "To explore: hardly shown so far"}


def worklist_lines(found: Worklist, language: Language, width: int) -> Iterator[str]:
    """The lines, none wider than `width` cells."""
    for row in found.rows:
        yield from _row(row, language, width)
        yield ""


def _row(row: WorklistRow, language: Language, width: int) -> Iterator[str]:
    match = row.match
    fit = Fit(match.band).label(language) if match.band else ""
    head = f"{row.position:>3}  {row.score:.3f}  {fit}"
    told = [
        f"{match.query_id}  {match.query_title}",
        f"→ {match.candidate_id}  {match.candidate_title}",
        *match.reason_texts,
        *row.warning_texts,
        *([_EXPLORED[language]] if row.explored else []),
    ]
    lines = [line for text in told for line in wrap(text.strip(), width - _MARGIN)]
    for place, line in enumerate(lines):
        margin = "" if place else head
        yield margin + " " * (_MARGIN - cell_len(margin)) + line
