"""How well a manager goes with records: the scores that they would have as a candidate for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matcher.actions.serving import Serving
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.listing import item_of
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.model import Model, Query, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.rules import Request, Rules


def suitabilities(
    serving: Serving,
    manager: str,
    records: Mapping[str, Need] | Mapping[str, Outcome],
    standing: Standing = NOTHING_STANDS,
) -> dict[str, float]:
    """By id, 0 to 1; 0 for a manager who isn't searched or has nothing in common with it."""
    model = serving.model(Noun.MANAGER)
    request = Request(k=1, only=[manager], facts=False, standing=standing)
    rules = Rules(model.candidates, request)
    found = {}
    asked = [item_of(record) for record in records.values()]
    for query in queries(model, asked, asker_of(records.values())):
        ranking = recommend(query, model, rules, request, explain=False)
        best = max((match.score for match in ranking.matches), default=0.0)
        found[query.item.id] = min(1.0, best)
    return found


def asker_of(records: Iterable[Need | Outcome]) -> Noun:
    """What kind of records these are, all of one; needs where there is none."""
    return Noun.OUTCOME if any(isinstance(one, Outcome) for one in records) else Noun.NEED


def queries(model: Model, items: Sequence[Item], asker: Noun) -> list[Query]:
    """Items read as queries, all at once, which is several times as fast as one by one."""
    if not items:
        return []
    side = read_queries(model.text, items)
    return [query_of(item, side, row, model, asker.value) for row, item in enumerate(items)]
