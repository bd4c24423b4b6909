"""Searching in one's own words, and looking through what there is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.actions.answer import (
    Answer,
    Wish,
    answer_of,
    ranked,
    request_of,
    visible_heads,
)
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.visibility import Viewer
from matcher.recommend.filters import facets
from matcher.recommend.ids import Places
from matcher.recommend.model import Model
from matcher.recommend.ranking import Match, Ranking
from matcher.recommend.rules import Request, Rules


def search(platform: Platform, viewer: Viewer, noun: Noun, text: str, wish: Wish) -> Answer:
    """The best records of a noun for a text, of those the viewer may know of; nothing is stored.

    Without a text, the newest. Raises NoModel, BrokenBundle, StoreUnavailable, UsageError.
    """
    item = Item("", text=text)
    request = request_of(wish, viewer, platform.today())
    with moment(platform) as (serving, session):
        model = serving.model(noun)
        if text.strip():
            ranking = ranked(model, item, request, explain=wish.explain)
        else:
            ranking = _newest(model, request)
        there = visible_heads(session, noun, ranking.matches, viewer)
    return answer_of(serving, noun, item, ranking, there, wish.language)


def counted(
    platform: Platform, viewer: Viewer, noun: Noun, wish: Wish
) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """How many records of a noun the viewer may know of, and how many of each kind."""
    request = request_of(wish, viewer, platform.today())
    with moment(platform) as (serving, _):
        candidates = serving.model(noun).candidates
    left, _removed = Rules(candidates, request).apply(Item(""), _NOTHING_KNOWN)
    places = np.flatnonzero(left)
    return len(places), facets(candidates.columns, places)


def _newest(model: Model, request: Request) -> Ranking:
    """Everything that is allowed, the last updated first; of one day's, by place."""
    left, removed = Rules(model.candidates, request).apply(Item(""), _NOTHING_KNOWN)
    places: Places = np.flatnonzero(left)
    updated = model.candidates.columns.numbers["updated_at"][places].astype(np.int64)
    newest = places[np.argsort(-updated, kind="stable")]
    ids = model.candidates.ids_at(newest[: request.k]).tolist()
    matches = tuple(Match(id_, rank, 0.0, {}) for rank, id_ in enumerate(ids, start=1))
    return Ranking("", matches, removed, newest)


_NOTHING_KNOWN: Places = np.zeros(0, np.int64)
