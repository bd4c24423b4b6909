"""Where a text says a concept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matcher.recommend.corpus import TextModel
from matcher.text.reading import Reading


class Span(NamedTuple):
    """Characters start to end of a text, which read `words` and mean a concept by `weight`."""

    words: str
    start: int
    end: int
    weight: float


def spans(reading: Reading, concepts: Sequence[int], model: TextModel) -> dict[int, Span]:
    """Where a text says each of these concepts: where it means it most, the first of equals.

    A Chinese word that came after the model was learned says what its stems say.
    """
    wanted = np.array(concepts, np.int32)
    said = model.space.said(reading)
    there, places = said.places(wanted)
    columns = (wanted[there], said.weights[places], said.starts[places], said.ends[places])
    text = reading.text
    found = {
        concept: Span(text[start:end], start, end, weight)
        for concept, weight, start, end in zip(*(own.tolist() for own in columns), strict=True)
    }
    if reading.unknown:
        _add_later(found, reading, frozenset(concepts), model)
    return found


def _add_later(
    found: dict[int, Span], reading: Reading, wanted: frozenset[int], model: TextModel
) -> None:
    """Put in what words that weren't fitted say better, or before it is said as well."""
    for token, word in reading.unknown.items():
        start, end = int(reading.starts[token]), int(reading.ends[token])
        for concept, weight in _meanings(word, model):
            before = found.get(concept)
            better = before is None or (weight, -start) > (before.weight, -before.start)
            if concept in wanted and better:
                found[concept] = Span(reading.text[start:end], start, end, weight)


def _meanings(word: str, model: TextModel) -> Iterator[tuple[int, float]]:
    """The concepts of a word that wasn't fitted: its own if it came later, else its stems'."""
    number, space = model.reader.table.get(word), model.space
    later = space.fitted + len(space.newcomers)
    for term in space.stems(word) if number is None else [number]:
        if term < later:
            yield from space.expansion(term)
