"""How candidates stand, as columns: counted again when they or what is known of them changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.domain.track import NO_TRACK, Track, room
from matcher.recommend.candidates import Candidates

Scores = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
# Columns that are kept: of the models of one moment, and of the one before.
_KEPT = 16


@dataclass(frozen=True, slots=True, eq=False)
class TrackColumns:
    """A row each candidate. hours: of the median response, NaN where there is none. full: who can
    take nothing more on."""

    success: Scores
    hours: Scores
    room: Scores
    full: Mask


@dataclass(frozen=True, slots=True)
class _Same:
    """Something that is never changed, told from others by being another."""

    what: Any

    def __hash__(self) -> int:
        return id(self.what)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.what is self.what


def tracks_of(candidates: Candidates, tracks: Mapping[str, Track]) -> TrackColumns:
    """What the tracks say of the candidates of their ids. tracks: never changed again."""
    return _tracks(candidates, _Same(tracks))


def stale_counts(candidates: Candidates, stale: Mapping[str, Sequence[date]]) -> Scores:
    """float64[candidates]: how many found each stale since it was last updated.

    stale: the days by id, never changed again.
    """
    return _stale(candidates, _Same(stale))


@lru_cache(_KEPT)
def _tracks(candidates: Candidates, told: _Same) -> TrackColumns:
    capacity = candidates.columns.numbers["capacity"]
    rows = len(capacity)
    success, hours = np.full(rows, NO_TRACK.success), np.full(rows, np.nan)
    carrying = np.zeros(rows, np.int64)
    places, tracks = _found(candidates, told.what)
    success[places] = [track.success for track in tracks]
    hours[places] = [
        np.nan if track.response_hours is None else track.response_hours for track in tracks
    ]
    carrying[places] = [track.carrying for track in tracks]
    return TrackColumns(
        success, hours, _rooms(capacity, carrying), (capacity >= 0) & (carrying >= capacity)
    )


def _rooms(capacity: npt.NDArray[np.integer], carrying: npt.NDArray[np.int64]) -> Scores:
    rooms = np.ones(len(capacity))
    for place in np.flatnonzero(capacity >= 0).tolist():
        rooms[place] = room(Track(carrying=int(carrying[place])), int(capacity[place]))
    return rooms


@lru_cache(_KEPT)
def _stale(candidates: Candidates, told: _Same) -> Scores:
    counts = np.zeros(len(candidates))
    updated = candidates.columns.numbers["updated_at"]
    places, days = _found(candidates, told.what)
    counts[places] = [
        sum(day.toordinal() > last for day in each)
        for each, last in zip(days, updated[places].tolist(), strict=True)
    ]
    return counts


def _found(
    candidates: Candidates, told: Mapping[str, Any]
) -> tuple[npt.NDArray[np.int64], list[Any]]:
    """Where what is told of is, and what is told."""
    places = candidates.places(told)
    return places, [told[id_] for id_ in candidates.ids_at(places).tolist()]
