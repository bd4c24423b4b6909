"""How far the store had come, and the key of a training: what its model depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import __version__
from matcher.errors import UnreadableFile
from matcher.store import events, feed
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.schema.followup import TransitionRow
from matcher.store.schema.interaction import InteractionRow
from matcher.text.dictionary import standard_digest

_LENGTH = 20
# A sum may differ in its last bits with the order in which a database adds.
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What a model is to be made by. encoder: the name it's opened by; seed: of all chance."""

    recipe: Path
    encoder: str
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """The last change, showing and step of a follow-up; how many interactions, their sum and day.

    Other events say who did what; no model learns from them.
    """

    seq: int
    events: int
    transitions: int
    interactions: int
    weight: float
    latest: str


def read_marks(session: Session) -> Marks:
    """Where the store is now."""
    known = InteractionRow
    found = func.count(), func.sum(known.weight), func.max(known.at)
    count, weight, latest = session.execute(select(*found).select_from(known)).one()
    last = session.scalar(select(func.max(TransitionRow.seq))) or 0
    weight = round(float(weight or 0), _PLACES)
    shown = events.latest(session, (SHOWN, EXPLORED))
    return Marks(feed.latest(session), shown, last, count, weight, str(latest or ""))


def key_of(marks: Marks, plan: Plan) -> str:
    """The name of the work folder: the same store, recipe, encoder, seed and product give the same.

    Raises UnreadableFile for a recipe that can't be read.
    """
    try:
        recipe = plan.recipe.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"can't be read: {error.strerror}.", file=str(plan.recipe)) from error
    product = __version__, standard_digest()
    parts = [asdict(marks), hashlib.sha256(recipe).hexdigest(), plan.encoder, plan.seed, product]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]
