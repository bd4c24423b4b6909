"""A platform of many small topics, and feedback on which outcome goes with which need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from sqlalchemy.orm import Session

from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.feedback import Feedback, Judgements, no_feedback
from matcher.recommend.folds import Past
from matcher.recommend.recipe import read_recipe
from matcher.resources import data_path
from tests.platforms import NOW, need, outcome, put, small_platform
from training.figures import figures_of
from training.methods import Methods
from training.past import Way
from training.snapshot import Snapshot

RECIPE = data_path("recipes", "default.toml")
TOPICS = 36
DAY = NOW.date().toordinal()
ROOM = 400


def word(topic: int, part: str) -> str:
    """A made-up word that no other topic has."""
    digest = hashlib.sha256(f"{topic} {part}".encode()).hexdigest()[:8]
    return "z" + digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def text(topic: int, part: str) -> str:
    return f"{word(topic, 'a')} {word(topic, 'b')} {word(topic, part)}"


def needs() -> list[Need]:
    return [need(f"w{topic:02}", "Wanted", text(topic, "need")) for topic in range(TOPICS)]


def outcomes() -> list[Outcome]:
    return [outcome(f"o{topic:02}", "Offered", text(topic, "offer")) for topic in range(TOPICS)]


def topical_platform(home: Path) -> Platform:
    """Without a model; outcome 7 goes with need 7."""
    platform = replace(small_platform(home), now=lambda: NOW)
    put(platform, Noun.NEED, *needs())
    put(platform, Noun.OUTCOME, *outcomes())
    return platform


@cache
def topical(shift: int = 0) -> Collections:
    """The same as collections; outcome 7 + shift has the text of outcome 7."""
    items = {
        Noun.NEED: [Item(one.id, one.title, one.problem) for one in needs()],
        Noun.OUTCOME: [
            Item(f"o{(topic + shift) % TOPICS:02}", one.title, one.summary)
            for topic, one in enumerate(outcomes())
        ],
    }
    items[Noun.OUTCOME].sort(key=lambda item: item.id)
    return build_collections(items, read_recipe(RECIPE), room=ROOM)


def accepted(pairs: Iterable[tuple[int, int]], days: Iterable[int]) -> Feedback:
    """Need and outcome of these topics were accepted on these days (ordinals)."""
    rows = np.array([*pairs], np.int32).reshape(-1, 2)
    count, nobody = len(rows), np.full(len(rows), -1, np.int32)
    on = np.array([*days], np.int32)
    judgements = Judgements(
        rows[:, 0],
        rows[:, 1],
        nobody,
        on,
        np.full(count, 0.3, np.float32),
        np.full(count, -1, np.int8),
        on,
    )
    ids = {
        Noun.NEED: tuple(one.id for one in needs()),
        Noun.OUTCOME: tuple(one.id for one in outcomes()),
        Noun.MANAGER: (),
    }
    return replace(no_feedback(), ids=ids, judgements=judgements)


def rightly(day: int, count: int = TOPICS) -> Feedback:
    """Each need's own outcome was accepted, all on one day."""
    return accepted(((topic, topic) for topic in range(count)), [day] * count)


def gradually() -> Feedback:
    """Each need's own outcome was accepted, one need after the other, a day each, up to DAY."""
    days = (DAY - TOPICS + 1 + topic for topic in range(TOPICS))
    return accepted(((topic, topic) for topic in range(TOPICS)), days)


def as_they_are(
    collections: Collections,
    feedback: Feedback,
    *,
    seed: int,
    way: Way | None = None,
    past: Past | None = None,
) -> Collections:
    """Learns nothing."""
    return collections


def wrongly(
    collections: Collections,
    feedback: Feedback,
    *,
    seed: int,
    way: Way | None = None,
    past: Past | None = None,
) -> Collections:
    """Learns to propose what belongs to the next topic."""
    return topical(1)


def snapshot_of(feedback: Feedback) -> Snapshot:
    """This feedback, as it was known on DAY; all records were there from the beginning."""
    return Snapshot(0, date.fromordinal(DAY), {}, feedback)


def methods(feedback: Feedback) -> Methods:
    """Reads this feedback from any store and learns nothing from it."""

    def read(session: Session, on: date) -> Feedback:
        return feedback

    return Methods(read, as_they_are, figures_of)
