"""Collections of ten subjects and feedback on them with a known truth, made once a process.

Subject s is that of every item whose number is s modulo 10. Regions change with number // 10, so
that they say nothing of the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.feedback import Feedback, Impressions, Judgements, graded
from matcher.recommend.learning import learned
from matcher.recommend.model import Model, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Ranking
from matcher.recommend.recipe import Recipe
from matcher.recommend.rules import Request, Rules
from tests.recommend.some_collections import ROOM, recipe

SUBJECTS = (
    "graphene coating guideway friction",
    "lithium battery recycling cobalt",
    "rice breeding saline seedling",
    "ultrasonic weld crack probe",
    "tea harvester blade hillside",
    "bridge paint corrosion salt",
    "vaccine cold chain sensor",
    "wind turbine gearbox oil",
    "silk protein suture wound",
    "coal mine methane drainage",
)
REGIONS = ("110000", "310000", "440000", "510000")
COUNT, PEOPLE = 40, 8
SIZES = {Noun.OUTCOME: COUNT, Noun.NEED: COUNT, Noun.MANAGER: PEOPLE}
DAY = 739_000

Judged = tuple[int, int, int, int, float, int]
Seen = tuple[int, int, int]
Fits = Callable[[int, int], bool]


def item(noun: Noun, number: int) -> Item:
    """The item of a number: its subject's words, and some of its own."""
    region = REGIONS[number // len(SUBJECTS) % len(REGIONS)]
    words = f"{SUBJECTS[number % len(SUBJECTS)]} variant{number % 7} {noun.value}"
    facts = Facts(region=region, organisation=f"org{number % 5}", trl=1 + number % 9)
    if noun is Noun.MANAGER:
        facts = Facts(regions=(region,))
    return Item(f"{noun.value[0]}{number}", text=words, facts=facts)


def small_recipe() -> Recipe:
    """The recipe with learning of a size that a test has time for."""
    usual = recipe()
    factors = replace(usual.factors, dimension=8, iterations=6, file_dimension=8, file_iterations=6)
    embeddings = replace(
        usual.collaborative, dimension=8, epochs=5, file_dimension=8, file_epochs=5
    )
    return replace(usual, factors=factors, collaborative=embeddings)


@cache
def untaught() -> Collections:
    """Of all three nouns, with nothing learned from feedback."""
    items = {noun: [item(noun, number) for number in range(size)] for noun, size in SIZES.items()}
    return build_collections(items, small_recipe(), room=ROOM)


def same_subject(need: int, outcome: int) -> bool:
    return need % len(SUBJECTS) == outcome % len(SUBJECTS)


def same_region(need: int, outcome: int) -> bool:
    return need // len(SUBJECTS) % len(REGIONS) == outcome // len(SUBJECTS) % len(REGIONS)


def judgements(rows: Sequence[Judged]) -> Judgements:
    """Rows of need, outcome, manager, day, grade, reason."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    kinds = [np.int32] * 4 + [np.float32, np.int8]
    found = [np.array(each, kind) for each, kind in zip(columns, kinds, strict=True)]
    return Judgements(*found, first_days=found[3])


def impressions(lists: Sequence[Sequence[Seen]]) -> Impressions:
    """Each list's rows of need, outcome and manager, from the first position down."""
    rows = [row for one in lists for row in one]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 3
    needs, outcomes, managers = (np.array(each, np.int32) for each in columns)
    sizes = [len(one) for one in lists]
    positions = [place + 1 for size in sizes for place in range(size)]
    count = len(rows)
    return Impressions(
        needs,
        outcomes,
        managers,
        np.full(count, DAY, np.int32),
        np.repeat(np.arange(len(lists)), sizes).astype(np.int64),
        np.array(positions, np.int32),
        np.ones(count),
        np.zeros(count, bool),
        np.zeros(count, np.float32),
    )


def ids() -> dict[Noun, tuple[str, ...]]:
    return {
        noun: tuple(f"{noun.value[0]}{number}" for number in range(size))
        for noun, size in SIZES.items()
    }


def feedback(judged: Sequence[Judged] = (), lists: Sequence[Sequence[Seen]] = ()) -> Feedback:
    """About the items of `untaught()`, named by their numbers."""
    known = judgements(judged)
    return Feedback(ids(), known, graded(impressions(lists), known))


def proposed(
    count: int, fits: Fits, seed: int = 0, size: int = 8, good: float = 0.6, bad: float = 0.0
) -> Feedback:
    """So many lists of random needs, half of them with an outcome that fits and half with any.

    What fits goes as far as `good`, the rest as `bad`.
    """
    random = np.random.default_rng(seed)
    lists: list[list[Seen]] = []
    judged: list[Judged] = []
    for _ in range(count):
        manager, rows = int(random.integers(PEOPLE)), []
        for need in random.permutation(COUNT)[:size].tolist():
            fitting = [outcome for outcome in range(COUNT) if fits(need, outcome)]
            chosen = fitting if fitting and random.random() < 0.5 else range(COUNT)
            outcome = int(random.choice(chosen))
            rows.append((need, outcome, manager))
            grade = good if fits(need, outcome) else bad
            if grade:
                judged.append((need, outcome, manager, DAY, grade, -1))
        lists.append(rows)
    return feedback(judged, lists)


def spread(known: Feedback, days: int) -> Feedback:
    """The same, the lists and what came of them dealt out to so many days in order."""
    lists = known.impressions.lists
    at = DAY + lists * days // (int(lists.max()) + 1)
    shown = replace(known.impressions, days=at.astype(np.int32))
    firsts = {
        tuple(triple): int(day)
        for *triple, day in zip(
            shown.needs, shown.outcomes, shown.managers, shown.days, strict=True
        )
    }
    own = known.judgements
    triples = zip(own.needs, own.outcomes, own.managers, strict=True)
    judged = np.array([firsts[triple] for triple in map(tuple, triples)], np.int32)
    known = replace(known, judgements=replace(own, days=judged, first_days=judged))
    return replace(known, impressions=graded(shown, known.judgements))


@cache
def taught() -> Collections:
    """What goes together by subject, learned."""
    return learned(untaught(), proposed(40, same_subject))


def ranking(model: Model, asking: Item, asker: Noun) -> Ranking:
    """What a model says to a record of another noun that asks."""
    side = read_queries(model.text, [asking])
    request = Request(k=50)
    query = query_of(asking, side, 0, model, asker.value)
    return recommend(query, model, Rules(model.candidates, request), request)
