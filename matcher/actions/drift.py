"""What came in since the current model was made, beside what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.listing import item_of
from matcher.domain.visibility import Viewer
from matcher.evaluate.drift import LEAST, Drift, drift
from matcher.recommend.corpus import Texts
from matcher.recommend.model import Model
from matcher.store import feed, records

NOUNS = (Noun.OUTCOME, Noun.NEED)
MOST = 1000
"""Records that are read on a side; of more a sample."""
TOLD = 6
"""Concepts that are told of, at most."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """A concept that is spoken of more often, or less, than before; shares of the records."""

    word: str
    by: float


@dataclass(frozen=True, slots=True)
class Changed:
    """Records of a noun: how many came or were changed since, and how many are as they were.

    drift: None where there are fewer than `LEAST` on a side. shifted: the concepts that changed
    most, risen ones first.
    """

    noun: Noun
    new: int
    old: int
    drift: Drift | None
    shifted: tuple[Shifted, ...]

    @property
    def missing(self) -> int:
        """How many new ones are missing for a figure."""
        return max(0, LEAST - self.new)


@dataclass(frozen=True, slots=True)
class Drifts:
    """since: when the current model was made."""

    since: datetime
    changed: tuple[Changed, ...]


def drifts(platform: Platform, viewer: Viewer, node: str = "") -> Drifts:
    """For outcomes and needs of a node and those below it, as far as the viewer may know of them.

    Without a name it is their own node. Raises NotFound, NotAllowed, NoModel, BrokenBundle,
    EncoderUnavailable.
    """
    serving = platform.live.serving()
    manifest = platform.library.verify(serving.version, fast=True)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        sides = {noun: _sides(session, viewer, nodes, noun, manifest.seq) for noun in NOUNS}
    changed = (_changed(noun, *sides[noun], serving.models[noun]) for noun in NOUNS)
    return Drifts(manifest.created_at, tuple(changed))


def _sides(
    session: Session, viewer: Viewer, nodes: Sequence[str], noun: Noun, seq: int
) -> tuple[list[Any], list[Any]]:
    """The records that came since and those that were there."""
    written = _written(session, noun, seq)
    new: list[Any] = []
    old: list[Any] = []
    for stored in records.every(session, noun):
        record = stored.record
        if record.node in nodes and viewer.sees(record):
            (new if record.id in written else old).append(record)
    return new, old


def _written(session: Session, noun: Noun, seq: int) -> frozenset[str]:
    found: set[str] = set()
    while changes := feed.since(session, seq):
        found.update(one.id for one in changes if one.noun is noun)
        seq = changes[-1].seq
    return frozenset(found)


def _changed(noun: Noun, new: list[Any], old: list[Any], model: Model) -> Changed:
    counts = len(new), len(old)
    if min(counts) < LEAST:
        return Changed(noun, *counts, None, ())
    left, right = (_spoken(model, _sampled(side)) for side in (new, old))
    found = drift(left, right)
    return Changed(noun, *counts, found, _shifted(model, found))


def _spoken(model: Model, found: list[Any]) -> Any:
    """[records, concepts]: how often each speaks of each concept."""
    documents = Texts.of([item_of(record) for record in found]).documents
    return model.text.space.counts(model.text.reader.read(documents)).matrix


def _shifted(model: Model, found: Drift) -> tuple[Shifted, ...]:
    """Half of them risen, half fallen; what changed by less than a record in a hundred isn't
    told."""
    order = np.argsort(-found.shift, kind="stable")
    ends = dict.fromkeys((*order[: TOLD // 2].tolist(), *order[-TOLD // 2 :].tolist()))
    names = model.text.space.names
    told = (Shifted(names[place], float(found.shift[place])) for place in ends)
    return tuple(one for one in told if abs(one.by) >= 0.01)


def _sampled(found: list[Any]) -> list[Any]:
    if len(found) <= MOST:
        return found
    places = np.random.default_rng(0).choice(len(found), MOST, replace=False)
    return [found[place] for place in sorted(places.tolist())]
