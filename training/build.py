"""From the records of the store to a model in the library, step by step."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.actions.items import live_items
from matcher.actions.platform import Platform
from matcher.bundle.library import Library
from matcher.bundle.manifest import Facts
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import BrokenBundle, InputError, NoModel
from matcher.recommend.collections import NOUNS, Collections, build_collections
from matcher.recommend.golden import golden_queries
from matcher.recommend.recipe import read_recipe
from matcher.recommend.saving import save_collections
from matcher.store import feed
from matcher.text.dictionary import standard_digest
from matcher.text.encoders.registry import is_trained, open_encoder

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The live records at one moment, as items, and the last change that is in them."""

    seq: int
    items: Mapping[Noun, Sequence[Item]]

    def counts(self) -> dict[str, int]:
        """Items by noun."""
        return {noun.value: len(items) for noun, items in self.items.items()}


def build(platform: Platform, recipe: Path, encoder: str, say: Say) -> str:
    """Make a model of what is in the store; its version. It isn't published yet.

    Raises InputError where there is nothing to learn from, EncoderUnavailable, UnwritableOutput.
    """
    say("Reading the records")
    snapshot = ingest(platform)
    say(", ".join(f"{count:,} {noun}s" for noun, count in snapshot.counts().items()))
    say("Learning")
    collections = fit(snapshot, recipe, encoder)
    say("Writing the model")
    return write(platform.library, collections, snapshot, recipe, encoder, platform.now())


def ingest(platform: Platform) -> Snapshot:
    """Everything that is live, seen at one moment. Raises InputError where there is nothing."""
    with platform.database.reading() as session:
        seq = feed.latest(session)
        items = {noun: list(live_items(session, noun)) for noun in NOUNS}
    if not any(items.values()):
        raise InputError(
            "There are no records to learn from.", hint="Import some: matcher import outcomes FILE."
        )
    return Snapshot(seq, items)


def fit(snapshot: Snapshot, recipe: Path, encoder: str) -> Collections:
    """Learn from the texts and index them."""
    given = None if is_trained(encoder) else open_encoder(encoder)
    return build_collections(snapshot.items, read_recipe(recipe), encoder=given)


def write(
    library: Library,
    collections: Collections,
    snapshot: Snapshot,
    recipe: Path,
    encoder: str,
    at: datetime,
) -> str:
    """Put the model into the library under the next number."""
    with library.new() as draft:
        save_collections(collections, draft.folder, encoder=encoder, recipe=recipe)
        facts = Facts(
            created_at=at,
            seq=snapshot.seq,
            counts=snapshot.counts(),
            encoder=collections.models[Noun.OUTCOME].text.encoder.fingerprint,
            dictionary=standard_digest(),
            recipe=tomllib.loads(recipe.read_text(encoding="utf-8")),
            metrics={},
            golden=tuple(golden_queries(collections)),
            parent=_parent(library),
        )
        return draft.finish(facts)


def _parent(library: Library) -> str | None:
    try:
        return library.pointer().version
    except (NoModel, BrokenBundle):
        return None
