"""Lists of records, a page at a time: the best for a text, the newest, organisations by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from matcher.actions.answer import Answer, Wish
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.actions.reading import tell_guarded
from matcher.actions.search import search
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import UsageError
from matcher.files.match_row import MatchRow
from matcher.store import directory, records
from matcher.store.stored import Stored

DEEPEST = 500
"""How far a ranked list can be leafed through; who looks further is better off with filters."""


class Place(NamedTuple):
    """Where a page begins: after so many matches, the last of which is this one."""

    after: int = 0
    last: str = ""


START = Place()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the matches of an answer, with their records as the viewer may have them.

    next: where the next page begins, None after the last one.
    """

    answer: Answer
    records: Mapping[str, Stored[Any]]
    next: Place | None


def leafed(
    platform: Platform, viewer: Viewer, noun: Noun, text: str, wish: Wish, place: Place = START
) -> Page:
    """`wish.k` of the records of a noun: the best for the text, without one the newest.

    Where the list has changed since, it goes on behind the last one that was shown, if that is
    near. Raises what `search` raises, and UsageError for a place deeper than `DEEPEST`.
    """
    if not 0 <= place.after < DEEPEST:
        hint = "Narrow the list with filters."
        raise UsageError(f"A list ends after {DEEPEST} matches.", hint=hint)
    end = min(place.after + wish.k, DEEPEST)
    answer = search(platform, viewer, noun, text, replace(wish, k=end))
    start = _start(answer.matches, place)
    matches = answer.matches[start : start + wish.k]
    there = _records(platform, viewer, noun, [row.candidate_id for row in matches])
    kept = tuple(row for row in matches if row.candidate_id in there)
    return Page(replace(answer, matches=kept), there, _next(answer, matches, start))


def organisations(
    platform: Platform, viewer: Viewer, named: str, after: str, limit: int
) -> tuple[list[Stored[Any]], str | None]:
    """Organisations by id, and the id after which the next page begins, None after the last.

    named: only those one of whose names holds this.
    """
    with platform.database.reading() as session:
        found = directory.page(session, after, limit + 1, named.strip())
        shown = [
            replace(one, record=masked(session, viewer, one.record))
            for one in found[:limit]
            if viewer.sees(one.record)
        ]
    return shown, found[limit - 1].record.id if len(found) > limit else None


def _start(matches: Sequence[MatchRow], place: Place) -> int:
    ids = [row.candidate_id for row in matches]
    return ids.index(place.last) + 1 if place.last in ids else place.after


def _next(answer: Answer, matches: Sequence[MatchRow], start: int) -> Place | None:
    end = start + len(matches)
    if not matches or end >= min(answer.found, DEEPEST):
        return None
    return Place(end, matches[-1].candidate_id)


def _records(
    platform: Platform, viewer: Viewer, noun: Noun, ids: Sequence[str]
) -> dict[str, Stored[Any]]:
    with platform.database.reading() as session:
        found = records.get_many(session, noun, ids)
        shown = {
            id_: replace(one, record=masked(session, viewer, one.record))
            for id_, one in found.items()
            if one.live and viewer.sees(one.record)
        }
    tell_guarded(platform, viewer, noun, shown.values())
    return shown
