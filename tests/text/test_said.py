"""What the words of a text mean, against a count by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.text.said import Said
from tests.recommend.some_collections import built

MODEL = built().models[Noun.OUTCOME].text
SPACE = MODEL.space
WORDS = (
    "graphene",
    "石墨烯",
    "the",
    "coating",
    ", ",
    "。",
    " ",
    "-",
    "zzqx",
    "锂电池",
    "wear",
    "resistant",
)


def said(text: str) -> Said:
    return SPACE.said(MODEL.reading(text))


def by_hand(text: str) -> dict[int, tuple[float, int, int]]:
    """Token by token: the heaviest meaning, the first of equals; phrases of two joined tokens."""
    reading = MODEL.reading(text)
    phrases = {int(key): place for place, key in enumerate(SPACE.phrases)}
    base = len(SPACE.names) - len(phrases)
    told: list[tuple[int, float, int, int]] = []
    for token, number in enumerate(reading.numbers.tolist()):
        if number < 0:
            continue
        start, end = int(reading.starts[token]), int(reading.ends[token])
        if reading.joined[token] and reading.numbers[token - 1] >= 0:
            key = (int(reading.numbers[token - 1]) << 32) | number
            if key in phrases:
                told.append((base + phrases[key], 1.0, int(reading.starts[token - 1]), end))
        told += [(concept, weight, start, end) for concept, weight in SPACE.expansion(number)]
    best: dict[int, tuple[float, int, int]] = {}
    for concept, weight, start, end in told:
        before = best.get(concept)
        if before is None or (weight, -start) > (before[0], -before[1]):
            best[concept] = (weight, start, end)
    return best


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_every_concept_stands_where_the_text_means_it_most(text: str) -> None:
    found = said(text)
    columns = (found.concepts, found.weights, found.starts, found.ends)
    told = {
        concept: rest for concept, *rest in zip(*(own.tolist() for own in columns), strict=True)
    }
    assert {concept: tuple(rest) for concept, rest in told.items()} == by_hand(text)
    assert (np.diff(found.concepts) > 0).all()


def test_a_text_is_looked_at_once() -> None:
    assert said("graphene coating") is said("graphene coating")


@pytest.mark.parametrize("wanted", [[], [0], [10**6], [10**6, 0, 1]])
def test_places_are_of_the_wanted_concepts_that_are_said(wanted: list[int]) -> None:
    found = said("graphene coating")
    there, places = found.places(np.array(wanted, np.int32))
    assert there.tolist() == [concept in found.concepts for concept in wanted]
    assert found.concepts[places].tolist() == [c for c in wanted if c in found.concepts]
