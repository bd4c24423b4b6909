"""The store at one moment, as a model learns from it: items, feedback, and the last change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from matcher.actions.items import live_items
from matcher.actions.platform import Platform
from matcher.arrays import broken, open_json
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import InputError
from matcher.recommend.collections import NOUNS
from matcher.recommend.feedback import Feedback
from matcher.recommend.packed import open_items, save_items
from matcher.store import feed
from training.feedback_file import open_feedback, save_feedback
from training.lifetimes import read_created

SNAPSHOT = "snapshot.json"
ReadFeedback = Callable[[Session, date], Feedback]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """seq: the last change that is in it; on: the day it was taken.

    created: by noun and id the ordinal of the day on which a record was first written.
    """

    seq: int
    on: date
    items: Mapping[Noun, Sequence[Item]]
    feedback: Feedback
    created: Mapping[Noun, Mapping[str, int]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Items by noun."""
        return {noun.value: len(items) for noun, items in self.items.items()}

    def in_words(self) -> str:
        """For instance: 5 outcomes, 3 needs, 2 managers; 12 judgements, 40 impressions."""
        items = ", ".join(f"{count:,} {noun}s" for noun, count in self.counts().items())
        judged, shown = len(self.feedback.judgements), len(self.feedback.impressions)
        return f"{items}; {judged:,} judgements, {shown:,} impressions"


def take(platform: Platform, read_feedback: ReadFeedback) -> Snapshot:
    """Everything that is live and what became of it. Raises InputError where there is nothing."""
    on = platform.now().date()
    with platform.database.reading() as session:
        seq = feed.latest(session)
        items = {noun: list(live_items(session, noun)) for noun in NOUNS}
        feedback = read_feedback(session, on)
        created = {noun: read_created(session, noun) for noun in NOUNS}
    if not any(items.values()):
        raise InputError(
            "There are no records to learn from.", hint="Import some: matcher import outcomes FILE."
        )
    return Snapshot(seq, on, items, feedback, created)


def save_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write into an existing, empty folder."""
    for noun, items in snapshot.items.items():
        (folder / noun.value).mkdir()
        save_items(items, folder / noun.value)
    save_feedback(snapshot.feedback, folder)
    created = {noun.value: dict(found) for noun, found in snapshot.created.items()}
    facts = {"seq": snapshot.seq, "on": snapshot.on.isoformat(), "created": created}
    (folder / SNAPSHOT).write_text(json.dumps(facts), encoding="utf-8")


def open_taken(folder: Path) -> Snapshot:
    """Open what `save_snapshot` wrote; items are read when asked for.

    Raises BrokenBundle that names the file.
    """
    facts = open_json(folder / SNAPSHOT)
    try:
        seq, on = int(facts["seq"]), date.fromisoformat(facts["on"])
        created = {Noun(noun): dict(found) for noun, found in facts["created"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise broken(folder / SNAPSHOT, f"says no day or change: {error}.") from error
    items = {noun: open_items(folder / noun.value) for noun in NOUNS}
    return Snapshot(seq, on, items, open_feedback(folder), created)
