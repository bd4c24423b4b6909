"""What both sides state beside their texts, as features in [0, 1]: 1 fits, 0 doesn't.

Hard rules remove what can't be; these say how well the rest fits. What either side leaves open is
worth one half, so that silence neither helps nor hurts against what could be either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Grade, Language
from matcher.domain.item import Item
from matcher.domain.regions import lies_in, proximity
from matcher.domain.track import Track
from matcher.recommend.candidates import Candidates
from matcher.recommend.columns import Coded, Columns, mode_bits
from matcher.recommend.standing_columns import TrackColumns, stale_counts, tracks_of
from matcher.taxonomy import within
from matcher.text.segment import is_chinese

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

OPEN = 0.5
"""Of what isn't stated."""
SAME_AREA = 0.7
"""Of two fields in one area of technology."""
TRL_SPAN = 4.0
"""Levels below what is asked at which nothing of the fit is left."""
HALF_LIFE_DAYS = 365.0
STALE_FACTOR = 0.5
"""What is left of a listing's freshness with each person who found it stale."""
RESPONSE_HOURS = 72.0
"""A median response after which a third (1/e) of the promptness is left."""
UNKNOWN_RESPONSE = OPEN
# Pairs of regions, and of fields, of which it is kept how near they are: those of all prefectures.
_PAIRS_KNOWN = 1 << 17
# Words of which it is kept how near all values of a column are: some thousands of numbers each.
_TABLES_KNOWN = 1 << 10
# Candidates below which each is looked at for itself.
_FEW = 32
# The digits of a field's code that name its area.
_AREA = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What changes from day to day. on: today; tracks: of managers, stale: the days on which people
    found a listing stale; both by id."""

    on: date | None = None
    tracks: Mapping[str, Track] = field(default_factory=dict)
    stale: Mapping[str, Sequence[date]] = field(default_factory=dict)


NOTHING_STANDS = Standing()


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """One query beside some candidates."""

    query: Item
    candidates: Candidates
    places: Places
    standing: Standing

    @property
    def columns(self) -> Columns:
        return self.candidates.columns

    def number(self, name: str) -> Scores:
        return self.columns.numbers[name][self.places].astype(np.float64)

    def by_words(self, name: str, worth: Callable[[tuple[str, ...]], float]) -> Scores:
        """float64[n]: what a column's words are worth; each different tuple is looked at once."""
        column = self.columns.words[name]
        codes, inverse = np.unique(column.codes[self.places], return_inverse=True)
        worths = np.fromiter((worth(column.values[code]) for code in codes), np.float64, len(codes))
        return worths[inverse]

    def nearest(self, name: str, wanted: str, near: Callable[[str, str], float]) -> Scores:
        """float64[n]: how near the nearest of each one's words is; OPEN where either has none."""
        column = self.columns.words[name]
        if not wanted or not len(column.values):
            return np.full(len(self.places), OPEN)
        codes = column.codes[self.places]
        if len(codes) < _FEW:
            return np.array([_nearest(column.values[code], wanted, near) for code in codes])
        return _nearest_of(column, wanted, near)[codes]

    def tracks(self) -> TrackColumns:
        return tracks_of(self.candidates, self.standing.tracks)


@lru_cache(_TABLES_KNOWN)
def _nearest_of(column: Coded, wanted: str, near: Callable[[str, str], float]) -> Scores:
    """float64[values]: of each tuple of a column, the same for all who ask for the same."""
    nearest = (_nearest(own, wanted, near) for own in column.values)
    return np.fromiter(nearest, np.float64, len(column.values))


def _nearest(words: tuple[str, ...], wanted: str, near: Callable[[str, str], float]) -> float:
    return max((near(wanted, one) for one in words), default=OPEN)


def _trl(pairs: _Pairs) -> Scores:
    """Ready enough for what is asked; where nothing is asked, the readier the better."""
    facts = pairs.query.facts
    offered, asked = pairs.number("trl"), pairs.number("min_trl")
    if facts.trl:
        return np.where(asked > 0, _above(facts.trl - asked), OPEN)
    if facts.min_trl:
        return np.where(offered > 0, _above(offered - facts.min_trl), OPEN)
    return np.where(offered > 0, offered / 9, OPEN)


def _above(gap: Scores) -> Scores:
    return np.clip(1 + gap / TRL_SPAN, 0, 1)


def _region(pairs: _Pairs) -> Scores:
    return pairs.nearest("region", pairs.query.facts.region, _nearness)


@lru_cache(_PAIRS_KNOWN)
def _nearness(here: str, other: str) -> float:
    return 1.0 if lies_in(here, other) else proximity(here, other)


def _field(pairs: _Pairs) -> Scores:
    return pairs.nearest("field", pairs.query.facts.field, _kinship)


@lru_cache(_PAIRS_KNOWN)
def _kinship(one: str, other: str) -> float:
    """1 where one lies in the other, SAME_AREA where both lie in one area."""
    if within("fields", one, other) or within("fields", other, one):
        return 1.0
    area = one[:_AREA]
    return SAME_AREA if area and area == other[:_AREA] else 0.0


def _price(pairs: _Pairs) -> Scores:
    """Within the budget; up to twice of it less and less."""
    budget = pairs.query.facts.budget
    least = pairs.number("least")
    if budget is None or not budget.high:
        return np.full(len(least), OPEN)
    comparable = pairs.by_words("currency", lambda words: float(words == (budget.currency,))) > 0
    stated = comparable & np.isfinite(least)
    over = np.where(stated, least, 0.0) / budget.high
    return np.where(stated, np.clip(2 - over, 0, 1), OPEN)


def _mode(pairs: _Pairs) -> Scores:
    wanted = mode_bits(pairs.query.facts.modes)
    offered = pairs.columns.numbers["modes"][pairs.places]
    common = (offered & wanted) > 0
    return np.where((offered > 0) & bool(wanted), common.astype(np.float64), OPEN)


def _fresh(pairs: _Pairs) -> Scores:
    """Halves with every `HALF_LIFE_DAYS`, and with every person who found it stale."""
    updated = pairs.number("updated_at")
    today = pairs.standing.on
    fresh = np.full(len(updated), OPEN)
    if today is not None:
        days = np.maximum(today.toordinal() - updated, 0)
        fresh = np.where(updated > 0, 0.5 ** (days / HALF_LIFE_DAYS), OPEN)
    if pairs.standing.stale:
        found = stale_counts(pairs.candidates, pairs.standing.stale)
        fresh = fresh * STALE_FACTOR ** found[pairs.places]
    return np.asarray(fresh, np.float64)


def _detail(pairs: _Pairs) -> Scores:
    return pairs.number("detail")


def _language(pairs: _Pairs) -> Scores:
    """Whether a person reads what the query is written in."""
    body = pairs.query.body
    lang = pairs.query.lang or (Language.ZH if is_chinese(body) else Language.EN)

    def worth(languages: tuple[str, ...]) -> float:
        return OPEN if not body or not languages else float(lang.value in languages)

    return pairs.by_words("languages", worth)


def _grade(pairs: _Pairs) -> Scores:
    grade = pairs.number("grade")
    return np.where(grade > 0, grade / len(Grade), OPEN)


def _success(pairs: _Pairs) -> Scores:
    return pairs.tracks().success[pairs.places]


def _response(pairs: _Pairs) -> Scores:
    hours = pairs.tracks().hours[pairs.places]
    return np.where(np.isnan(hours), UNKNOWN_RESPONSE, np.exp(-hours / RESPONSE_HOURS))


def _room(pairs: _Pairs) -> Scores:
    return pairs.tracks().room[pairs.places]


_OF_LISTINGS: Mapping[str, Callable[[_Pairs], Scores]] = MappingProxyType(
    {
        "trl": _trl,
        "region": _region,
        "field": _field,
        "price": _price,
        "mode": _mode,
        "fresh": _fresh,
        "detail": _detail,
    }
)
_OF_PERSONS: Mapping[str, Callable[[_Pairs], Scores]] = MappingProxyType(
    {
        "region": _region,
        "field": _field,
        "language": _language,
        "grade": _grade,
        "success": _success,
        "response": _response,
        "room": _room,
    }
)


def facts(
    query: Item,
    candidates: Candidates,
    places: Places,
    names: tuple[str, ...],
    standing: Standing = NOTHING_STANDS,
    *,
    persons: bool = False,
) -> dict[str, Scores]:
    """float64[n] in [0, 1] for each of the named features of the candidates at `places`.

    Raises KeyError for a feature that listings, or persons, don't have.
    """
    ways = _OF_PERSONS if persons else _OF_LISTINGS
    pairs = _Pairs(query, candidates, places, standing)
    return {name: ways[name](pairs) for name in names}
