"""What is said after a run: what was noticed, what was left out, how much was found."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.actions.match import Outcome, counted
from matcher.files.notices import Code, Notices
from matcher.recommend.rules import Rule

SHOWN = 3
"""Notices of one kind, and ids, that are shown; the others are counted."""
_RULES = {
    Rule.NOT_LISTED: "not in the --only file",
    Rule.EXCLUDED: "in the --exclude file",
    Rule.KNOWN: "already known (--keep-known keeps them)",
    Rule.TOO_EARLY: "below the readiness asked for (--no-rules keeps them)",
    Rule.ABOVE_BUDGET: "priced above the budget (--no-rules keeps them)",
    Rule.EXPIRED: "expired by the day of --on",
    Rule.CONFLICT: "in a conflict of interest",
    Rule.NO_CAPACITY: "carrying all that they can (--no-rules keeps them)",
    Rule.FILTERED: "outside the filters",
}


def summary(outcome: Outcome, where: str, seconds: float) -> Iterator[str]:
    """The lines. where: the file that was written, or ""."""
    for notices in outcome.notices:
        yield from _noticed(notices)
    if outcome.unused:
        yield f"{counted(outcome.unused, 'known pair')} not used: an id is in neither file."
    for rule, count in sorted(outcome.removed.items()):
        yield f"{counted(count, 'pair')} left out: {_RULES[rule]}."
    if outcome.unmatched:
        yield f"{counted(outcome.unmatched, 'query', 'queries')} without a match: {_ids(outcome)}."
    pairs = counted(outcome.pairs, "match", "matches")
    written = f" written to {where}" if where else ""
    queries = counted(outcome.queries, "query", "queries")
    yield f"{pairs} for {queries}{written} in {seconds:.1f} s."


def _noticed(notices: Notices) -> Iterator[str]:
    """The first of each kind, and how many more there are."""
    shown: dict[Code, int] = {}
    for notice in notices:
        shown[notice.code] = shown.get(notice.code, 0) + 1
        if shown[notice.code] <= SHOWN:
            yield f"Note: {notice}"
        elif shown[notice.code] == SHOWN + 1:
            yield f"Note: {notices.file}: {notices.count(notice.code) - SHOWN:,} more like this."


def _ids(outcome: Outcome) -> str:
    more = len(outcome.unmatched) - SHOWN
    return ", ".join(outcome.unmatched[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")
