"""Models on the same held-out questions: needs, and the outcomes they were found to go with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from matcher.evaluate.metrics import Run
from matcher.evaluate.pairs import Pairs
from matcher.evaluate.questions import Questions, questions
from matcher.evaluate.splits import split_day
from matcher.recommend.collections import Collections
from matcher.recommend.columns import EVERYBODY
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.feedback import Feedback
from matcher.recommend.model import query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.rules import Request, Rules
from training.platform_split import Direction, dated, pairs_of

ASKER, CANDIDATE = Noun.NEED, Noun.OUTCOME
DIRECTION = Direction(ASKER, CANDIDATE)
METRICS = ("nDCG@10", "R@20", "RR")
PRIMARY = METRICS[0]
PREFIX = f"{DIRECTION.name}."
"""Before the name of a metric of this relation."""
LEAST, MOST = 30, 1000
"""Needs with an accepted outcome: fewer compare nothing, of more a sample is asked."""


def judged(feedback: Feedback) -> Pairs:
    """The judgements that name both a need and an outcome, on their first days."""
    return pairs_of(feedback.judgements, feedback.ids, DIRECTION)


def ask(
    feedback: Feedback, since: int, models: Sequence[Collections], *, until: int | None = None
) -> Questions:
    """What was accepted from the day `since` on and before `until` (ordinals).

    Asked are needs and allowed are outcomes that every model knows, so that none wins by knowing
    more records; what had expired by `since` isn't allowed. Pairs judged before `since` are no
    questions, though they went further since.
    """
    known = feedback.judgements if until is None else feedback.judgements.until(until)
    before, after = (
        pairs_of(rows, feedback.ids, DIRECTION) for rows in (known.until(since), known.since(since))
    )
    asked = questions(before, after, shared(models, CANDIDATE, since))
    there = shared(models, ASKER)
    asks = np.array([asker in there for asker, _ in asked.pairs.names()], dtype=np.bool_)
    return _sampled(asked.part(asks))


def last_days(feedback: Feedback) -> int | None:
    """The first of the last days (an ordinal), None where the judgements can't be split."""
    try:
        return split_day(dated(judged(feedback).days))
    except UsageError:
        return None


def rank(
    collections: Collections,
    asked: Questions,
    since: int,
    weights: Mapping[str, float] | None = None,
) -> Run:
    """What a model ranks for each need that is asked, as on the day `since` (an ordinal).

    weights: of the legs, the recipe's by default.
    """
    places = asked.places
    most = max(places.values(), default=1)
    return asked.answered(ranked(collections, places, asked.allowed, since, most, weights))


def ranked(
    collections: Collections,
    askers: Iterable[str],
    allowed: frozenset[str],
    on: int,
    most: int,
    weights: Mapping[str, float] | None = None,
) -> dict[str, list[tuple[str, float]]]:
    """The first `most` of the outcomes that are allowed for each need, as on a day (an ordinal)."""
    needs, model = (collections.models[noun] for noun in (ASKER, CANDIDATE))
    standing = Standing(on=date.fromordinal(on))
    request = Request(k=most, only=allowed, on=standing.on, standing=standing)
    rules = Rules(model.candidates, request)
    run = {}
    for asker in askers:
        item = needs.candidates[int(needs.candidates.places([asker])[0])]
        query = query_of(item, read_queries(model.text, [item]), 0, model, ASKER.value)
        found = recommend(query, model, rules, request, weights, explain=False)
        run[asker] = [(match.candidate_id, match.score) for match in found.matches]
    return run


def shared(
    models: Sequence[Collections], noun: Noun, since: int = 0, *, audience: str = ""
) -> frozenset[str]:
    """Ids of what every model knows and what is valid on the day `since` or later.

    audience: only what those who hold it may know of, such as `PUBLIC`.
    """
    known = []
    for collections in models:
        candidates = collections.models[noun].candidates
        kept = candidates.live & (candidates.columns.numbers["valid_until"] >= since)
        if audience:
            column = candidates.columns.words["audience"]
            known_to = [own == EVERYBODY or audience in own for own in column.values]
            kept &= np.array(known_to, bool)[column.codes]
        places = kept.nonzero()[0]
        known.append(frozenset(map(str, candidates.ids_at(places))))
    return frozenset.intersection(*known)


def _sampled(asked: Questions) -> Questions:
    askers = np.unique(asked.pairs.askers)
    if len(askers) <= MOST:
        return asked
    some = np.random.default_rng(0).choice(askers, MOST, replace=False)
    return asked.part(np.isin(asked.pairs.askers, some))
