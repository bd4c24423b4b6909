"""Ties that weren't told of the rows they are judged by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.recommend import folds
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import NOBODY, Feedback, Impressions, Judgements, no_feedback
from matcher.recommend.folds import FOLDS, UNJUDGED, Past, folded
from tests.recommend.some_learning import DAY, feedback, proposed, same_subject, untaught

Triple = tuple[int, int, int]


def triples(rows: Impressions | Judgements) -> list[Triple]:
    parties = (rows.needs.tolist(), rows.outcomes.tolist(), rows.managers.tolist())
    return list(zip(*parties, strict=True))


def ones(known: Feedback) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.ones(len(known.impressions))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Feedback]:
    """What each tie was told; nothing is fitted."""
    found: list[Feedback] = []

    def tied(collections: Collections, feedback: Feedback, *_: object) -> Collections:
        found.append(feedback)
        return collections

    monkeypatch.setattr(folds, "tied", tied)
    return found


def test_no_tie_is_told_of_the_rows_of_its_fold(told: list[Feedback]) -> None:
    known = proposed(30, same_subject)
    found = folded(untaught(), known, ones(known))
    shown = triples(known.impressions)
    assert len(told) == len(found.collections) == FOLDS
    for fold, rest in enumerate(told):
        own = {shown[row] for row in np.flatnonzero(found.impressions == fold)}
        assert own
        assert own.isdisjoint(triples(rest.impressions))
        assert own.isdisjoint(triples(rest.judgements))


def test_together_the_ties_are_told_of_everything(told: list[Feedback]) -> None:
    known = proposed(30, same_subject)
    folded(untaught(), known, ones(known))
    for rows in ("impressions", "judgements"):
        every = len(getattr(known, rows))
        assert sum(len(getattr(each, rows)) for each in told) == (FOLDS - 1) * every


def test_what_was_shown_twice_is_in_one_fold(told: list[Feedback]) -> None:
    known = proposed(60, lambda need, outcome: need == outcome)
    found = folded(untaught(), known, ones(known))
    places: dict[Triple, set[int]] = {}
    for triple, fold in zip(triples(known.impressions), found.impressions.tolist(), strict=True):
        places.setdefault(triple, set()).add(fold)
    assert len(places) < len(known.impressions)
    assert all(len(each) == 1 for each in places.values())
    assert told


def test_a_pair_is_in_one_fold_whoever_carried_it_or_nobody(told: list[Feedback]) -> None:
    judged = [(need, need, who, DAY, 0.6, -1) for need in range(30) for who in (0, 1, NOBODY)]
    known = feedback(judged, [[(need, need, 2)] for need in range(30)])
    found = folded(untaught(), known, ones(known))
    for fold, rest in enumerate(told):
        own = set(known.impressions.needs[found.impressions == fold].tolist())
        assert own
        assert own.isdisjoint(rest.judgements.needs.tolist())


def test_the_seed_decides(told: list[Feedback]) -> None:
    known = proposed(30, same_subject)
    first, again, other = (folded(untaught(), known, ones(known), seed) for seed in (1, 1, 2))
    assert first.impressions.tolist() == again.impressions.tolist()
    assert first.impressions.tolist() != other.impressions.tolist()
    assert told


def test_ties_of_the_past_judge_what_was_shown_since(told: list[Feedback]) -> None:
    known, past = proposed(6, same_subject), Past(untaught(), DAY)
    days = np.array([DAY - 2, DAY - 1, DAY, DAY + 5], np.int32)
    shown = replace(known.impressions, days=np.repeat(days, len(known.impressions) // 4))
    found = folded(untaught(), replace(known, impressions=shown), ones(known), past=past)
    assert found.collections == (past.collections,)
    assert found.impressions.tolist() == np.where(shown.days >= DAY, 0, UNJUDGED).tolist()
    assert set(found.impressions.tolist()) == {0, UNJUDGED}
    # Nothing is tied anew.
    assert told == []


def test_nothing_known_is_dealt_out_to_nobody() -> None:
    found = folded(untaught(), no_feedback(), np.zeros(0))
    assert len(found.impressions) == 0
    assert all(each.models == untaught().models for each in found.collections)
