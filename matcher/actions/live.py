"""The models that this process searches, kept up with the pointer and the change feed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock

from sqlalchemy.orm import Session

from matcher.actions.items import Named, brokered, items_of, live_items
from matcher.actions.serving import Organisations, Serving
from matcher.bundle.lease import Lease
from matcher.bundle.library import Library
from matcher.domain.enums import Noun
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.golden import check_golden
from matcher.recommend.live import changed
from matcher.recommend.model import Model
from matcher.recommend.saving import open_collections
from matcher.recommend.saving_ties import trees_lost
from matcher.store import feed, nodes, records
from matcher.store.database import Database
from matcher.text.encoders.protocol import Encoder
from matcher.text.encoders.registry import open_encoder

STALE_FEED, NEW_MODEL, BOOSTED = "stale_model", "new_model", "boosted"
"""Why an answer is degraded: every record had to be read anew, a new model didn't open, or trees
can't rank without LightGBM."""


class Live:
    """The current model with what has changed since, for any number of threads.

    Nothing is read before it is first asked for. It looks for changes when it is asked, but not
    more often than every `poll_seconds`; one thread looks, the others go on with what there is.
    """

    def __init__(
        self,
        database: Database,
        library: Library,
        poll_seconds: float,
        tick: Callable[[], float] = time.monotonic,
        open_named: Callable[[str], Encoder] = open_encoder,
    ) -> None:
        self._database, self._library = database, library
        self._poll, self._tick, self._open_named = poll_seconds, tick, open_named
        self._lock = Lock()
        self._serving: Serving | None = None
        self._lease: Lease | None = None
        self._stamp, self._looked = "", 0.0
        self._brokers: dict[Named, set[str]] = {}

    def serving(self) -> Serving:
        """What is to be searched now. Raises NoModel, BrokenBundle, StoreUnavailable."""
        serving = self._serving
        if serving is None:
            return self.look_now()
        due = self._tick() - self._looked >= self._poll
        if due and self._lock.acquire(blocking=False):
            try:
                return self._look()
            finally:
                self._lock.release()
        return serving

    def look_now(self) -> Serving:
        """The same, with everything that is committed by now in it: for who has just written."""
        with self._lock:
            return self._look()

    def _look(self) -> Serving:
        """Follow the pointer and the feed; the caller holds the lock."""
        stamp = self._library.pointer_stamp()
        if self._serving is None or stamp != self._stamp:
            serving = self._swapped(self._serving)
        else:
            serving = self._caught_up(self._serving)
        self._serving, self._stamp, self._looked = serving, stamp, self._tick()
        return serving

    def _swapped(self, before: Serving | None) -> Serving:
        """What is current, opened. If that fails the model before stays, where there is one."""
        try:
            lease = self._library.in_use()
            serving = self._opened(lease)
        except (BrokenBundle, NoModel, EncoderUnavailable):
            if before is None:
                raise
            return self._caught_up(_degraded(before, NEW_MODEL))
        # The old files stay mapped for the searches that are under way.
        if self._lease is not None:
            self._lease.release()
        self._lease = lease
        return serving

    def _opened(self, lease: Lease) -> Serving:
        manifest = self._library.verify(lease.version, fast=True)
        collections = open_collections(lease.folder, self._open_named)
        check_golden(collections, manifest.golden)
        with self._database.reading() as session:
            self._brokers = _brokers(session)
            serving = _serving(session, lease.version, manifest.seq, collections)
        return self._caught_up(serving)

    def _caught_up(self, serving: Serving) -> Serving:
        """The same with what was written since."""
        with self._database.reading() as session:
            if feed.latest(session) == serving.seq:
                return serving
            if not feed.covers(session, serving.seq):
                self._brokers = _brokers(session)
                return _read_anew(session, serving)
            while changes := feed.since(session, serving.seq):
                by_noun = defaultdict(set)
                for change in changes:
                    by_noun[change.noun].add(change.id)
                serving = self._changed(session, serving, by_noun)
                serving = replace(serving, seq=changes[-1].seq)
        return serving

    def _changed(
        self, session: Session, serving: Serving, by_noun: Mapping[Noun, set[str]]
    ) -> Serving:
        self._follow_brokers(session, by_noun.get(Noun.MANAGER, set()))
        models = dict(serving.models)
        for noun in NOUNS:
            ids = set(by_noun.get(noun, ()))
            if noun is Noun.MANAGER:
                ids |= self._who_brokered(by_noun)
            if ids:
                models[noun] = _with_records(session, models[noun], noun, ids)
        serving = replace(serving, models=models)
        if Noun.ORGANISATION in by_noun:
            found = records.get_many(session, Noun.ORGANISATION, by_noun[Noun.ORGANISATION])
            organisations = serving.organisations.updated(list(found.values()))
            serving = replace(serving, organisations=organisations)
        serving.organisations.add(_words(models))
        return replace(serving, parents=nodes.parents(session)) if Noun.NODE in by_noun else serving

    def _who_brokered(self, by_noun: Mapping[Noun, set[str]]) -> set[str]:
        """Managers whose portfolios hold the text of a record that changed."""
        named = ((noun, id_) for noun in by_noun for id_ in by_noun[noun])
        return {manager for each in named for manager in self._brokers.get(each, ())}

    def _follow_brokers(self, session: Session, ids: Iterable[str]) -> None:
        for id_, stored in records.get_many(session, Noun.MANAGER, ids).items():
            for named in brokered(stored.record):
                self._brokers.setdefault(named, set()).add(id_)


def _brokers(session: Session) -> dict[Named, set[str]]:
    """The managers whose deals name a record."""
    found: dict[Named, set[str]] = {}
    for stored in records.every(session, Noun.MANAGER):
        for named in brokered(stored.record):
            found.setdefault(named, set()).add(stored.record.id)
    return found


def _serving(session: Session, version: str, seq: int, collections: Collections) -> Serving:
    models = collections.models
    degraded = (BOOSTED,) if trees_lost(models.values()) else ()
    organisations = _organisations(session, models)
    return Serving(version, seq, models, organisations, nodes.parents(session), degraded)


def _read_anew(session: Session, serving: Serving) -> Serving:
    """Every record, where the feed doesn't tell any more what has changed."""
    models = {}
    for noun, model in serving.models.items():
        items = list(live_items(session, noun))
        there = {item.id for item in items}
        fitted = model.candidates.ids_at(model.candidates.live.nonzero()[0])
        models[noun] = changed(model, items, [id_ for id_ in fitted if id_ not in there])
    return replace(
        _degraded(serving, STALE_FEED),
        seq=feed.latest(session),
        models=models,
        organisations=_organisations(session, models),
        parents=nodes.parents(session),
    )


def _degraded(serving: Serving, why: str) -> Serving:
    return replace(serving, degraded=tuple(dict.fromkeys((*serving.degraded, why))))


def _with_records(session: Session, model: Model, noun: Noun, ids: Iterable[str]) -> Model:
    found = records.get_many(session, noun, sorted(ids))
    live = [stored.record for stored in found.values() if stored.live]
    gone = set(ids) - {record.id for record in live}
    return changed(model, items_of(session, live), gone)


def _organisations(session: Session, models: Mapping[Noun, Model]) -> Organisations:
    found = list(records.every(session, Noun.ORGANISATION, live_only=False))
    there = {one.record.id: one.record for one in found if one.deleted_at is None}
    merged = {one.record.id: one.merged_into for one in found if one.merged_into}
    return Organisations(there, merged, _words(models))


def _words(models: Mapping[Noun, Model]) -> Iterator[str]:
    for model in models.values():
        for column in ("organisation", "avoids"):
            for words in model.candidates.columns.words[column].values:
                yield from words
