"""How well a manager goes with records: the scores that they would have as a candidate for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from matcher.actions.serving import Serving
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.listing import item_of
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.recommend.asking import Asking
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.model import Model, Query
from matcher.recommend.one_candidate import scores_of_one
from matcher.recommend.rules import Request, Rules


def suitabilities(
    serving: Serving,
    manager: str,
    records: Mapping[str, Need] | Mapping[str, Outcome],
    standing: Standing = NOTHING_STANDS,
) -> dict[str, float]:
    """By id, 0 to 1; 0 for a manager who isn't searched or has nothing in common with it."""
    model = serving.model(Noun.MANAGER)
    rules = Rules(model.candidates, Request(k=1, only=[manager], facts=False))
    places = np.flatnonzero(rules.apply(Item(""), _NOTHING_KNOWN)[0]).tolist()
    if not places:
        return dict.fromkeys(records, 0.0)
    asked = [item_of(record) for record in records.values()]
    asking = Asking.of(model, asked, asker_of(records.values()).value)
    scores = np.minimum(1.0, scores_of_one(asking, places[0], standing))
    return dict(zip((item.id for item in asked), scores.tolist(), strict=True))


def asker_of(records: Iterable[Need | Outcome]) -> Noun:
    """What kind of records these are, all of one; needs where there is none."""
    return Noun.OUTCOME if any(isinstance(one, Outcome) for one in records) else Noun.NEED


def queries(model: Model, items: Sequence[Item], asker: Noun) -> list[Query]:
    """Items read as queries, all at once, which is several times as fast as one by one."""
    return Asking.of(model, items, asker.value).queries() if items else []


_NOTHING_KNOWN = np.zeros(0, np.int64)
