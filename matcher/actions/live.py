"""The models that this process searches, kept up with the pointer and the change feed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import RLock, Thread
from typing import cast

from sqlalchemy.orm import Session

from matcher.actions.items import brokered, items_of, live_items
from matcher.actions.serving import Brokers, Organisations, Serving
from matcher.bundle.lease import Lease
from matcher.bundle.library import Library
from matcher.domain.enums import Noun
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel, StoreUnavailable
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
_UNUSABLE = (BrokenBundle, NoModel, EncoderUnavailable)
Start = Callable[[Callable[[], None]], None]
"""How work is begun."""


def at_once(work: Callable[[], None]) -> None:
    """Whoever finds a new model opens it: right for a command."""
    work()


def beside(work: Callable[[], None]) -> None:
    """A thread opens it, and until then the model before answers: right for a service."""
    Thread(target=work, name="new model", daemon=True).start()


class Live:
    """The current model with what has changed since, for any number of threads.

    Nothing is read before it is first asked for. It looks for changes when it is asked, but not
    more often than every `poll_seconds`; one thread looks, the others go on with what there is.
    start: who opens a model that takes the place of one.
    """

    def __init__(
        self,
        database: Database,
        library: Library,
        poll_seconds: float,
        tick: Callable[[], float] = time.monotonic,
        open_named: Callable[[str], Encoder] = open_encoder,
        start: Start = at_once,
    ) -> None:
        self._database, self._library = database, library
        self._poll, self._tick, self._open_named = poll_seconds, tick, open_named
        self._start, self._opening = start, False
        self._lock = RLock()
        self._serving: Serving | None = None
        self._lease: Lease | None = None
        self._stamp, self._looked = "", 0.0

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
        if self._serving is None:
            self._take(stamp, *self._current())
        elif stamp != self._stamp and not self._opening:
            self._begin(stamp)
        serving = self._caught_up(cast(Serving, self._serving))
        self._serving, self._looked = serving, self._tick()
        return serving

    def _begin(self, stamp: str) -> None:
        self._opening = True
        try:
            self._start(partial(self._follow, stamp))
        except BaseException:
            self._opening = False
            raise

    def _follow(self, stamp: str) -> None:
        """Open what is current. If that fails the model before stays, and says so."""
        try:
            lease, serving = self._current()
            with self._lock:
                # What was found a moment ago is found again.
                self._take(stamp, lease, self._caught_up(serving))
        except StoreUnavailable:
            pass  # Whoever asks next is told, and it is tried again.
        except BaseException as error:
            # Once told, it isn't tried again before something else is published.
            with self._lock:
                self._stamp = stamp
                self._serving = _degraded(cast(Serving, self._serving), NEW_MODEL)
            if not isinstance(error, _UNUSABLE):
                raise
        finally:
            self._opening = False

    def _take(self, stamp: str, lease: Lease, serving: Serving) -> None:
        """Search this one from now on; the caller holds the lock."""
        # The old files stay mapped for the searches that are under way.
        if self._lease is not None:
            self._lease.release()
        self._stamp, self._lease, self._serving = stamp, lease, serving

    def _current(self) -> tuple[Lease, Serving]:
        lease = self._library.in_use()
        return lease, self._opened(lease)

    def _opened(self, lease: Lease) -> Serving:
        manifest = self._library.verify(lease.version, fast=True)
        collections = open_collections(lease.folder, self._open_named)
        check_golden(collections, manifest.golden)
        with self._database.reading() as session:
            serving = _serving(session, lease.version, manifest.seq, collections)
        return self._caught_up(serving)

    def _caught_up(self, serving: Serving) -> Serving:
        """The same with what was written since."""
        with self._database.reading() as session:
            latest = feed.latest(session)
            if latest == serving.seq:
                return serving
            changes = feed.since(session, serving.seq)
            # Where the next number is there nothing is missing; else all have to be looked at.
            follows = bool(changes) and changes[0].seq == serving.seq + 1
            if not follows and not feed.covers(session, serving.seq):
                return _read_anew(session, serving)
            while changes:
                by_noun = defaultdict(set)
                for change in changes:
                    by_noun[change.noun].add(change.id)
                serving = _changed(session, serving, by_noun)
                serving = replace(serving, seq=changes[-1].seq)
                changes = feed.since(session, serving.seq) if serving.seq < latest else []
        return serving


def _changed(session: Session, serving: Serving, by_noun: Mapping[Noun, set[str]]) -> Serving:
    _follow_brokers(session, serving.brokers, by_noun.get(Noun.MANAGER, set()))
    before = serving.models
    models = dict(before)
    for noun in NOUNS:
        ids = set(by_noun.get(noun, ()))
        if noun is Noun.MANAGER:
            ids |= _who_brokered(serving.brokers, by_noun)
        if ids:
            models[noun] = _with_records(session, models[noun], noun, ids)
    serving = replace(serving, models=models)
    if Noun.ORGANISATION in by_noun:
        found = records.get_many(session, Noun.ORGANISATION, by_noun[Noun.ORGANISATION])
        organisations = serving.organisations.updated(list(found.values()))
        serving = replace(serving, organisations=organisations)
    serving.organisations.add(_words(models, before))
    return replace(serving, parents=nodes.parents(session)) if Noun.NODE in by_noun else serving


def _who_brokered(brokers: Brokers, by_noun: Mapping[Noun, set[str]]) -> set[str]:
    """Managers whose portfolios hold the text of a record that changed."""
    named = ((noun, id_) for noun in by_noun for id_ in by_noun[noun])
    return {manager for each in named for manager in brokers.get(each, ())}


def _follow_brokers(session: Session, brokers: Brokers, ids: Iterable[str]) -> None:
    for id_, stored in records.get_many(session, Noun.MANAGER, ids).items():
        for named in brokered(stored.record):
            brokers.setdefault(named, set()).add(id_)


def _brokers(session: Session) -> Brokers:
    """The managers whose deals name a record."""
    found: Brokers = {}
    for stored in records.every(session, Noun.MANAGER):
        for named in brokered(stored.record):
            found.setdefault(named, set()).add(stored.record.id)
    return found


def _serving(session: Session, version: str, seq: int, collections: Collections) -> Serving:
    models = collections.models
    degraded = (BOOSTED,) if trees_lost(models.values()) else ()
    organisations = organisations_of(session, _words(models))
    return Serving(
        version=version,
        seq=seq,
        models=models,
        organisations=organisations,
        parents=nodes.parents(session),
        degraded=degraded,
        brokers=_brokers(session),
    )


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
        organisations=organisations_of(session, _words(models)),
        parents=nodes.parents(session),
        brokers=_brokers(session),
    )


def _degraded(serving: Serving, why: str) -> Serving:
    return replace(serving, degraded=tuple(dict.fromkeys((*serving.degraded, why))))


def _with_records(session: Session, model: Model, noun: Noun, ids: Iterable[str]) -> Model:
    found = records.get_many(session, noun, sorted(ids))
    live = [stored.record for stored in found.values() if stored.live]
    gone = set(ids) - {record.id for record in live}
    return changed(model, items_of(session, live), gone)


def organisations_of(session: Session, words: Iterable[str]) -> Organisations:
    """Who is who by the records there are. words: by which records name organisations."""
    found = list(records.every(session, Noun.ORGANISATION, live_only=False))
    there = {one.record.id: one.record for one in found if one.deleted_at is None}
    merged = {one.record.id: one.merged_into for one in found if one.merged_into}
    return Organisations(there, merged, words)


def _words(
    models: Mapping[Noun, Model], before: Mapping[Noun, Model] | None = None
) -> Iterator[str]:
    """By which words records name organisations. before: the same models without the latest."""
    for noun, model in models.items():
        for column in ("organisation", "avoids"):
            known = 0 if before is None else len(_values(before[noun], column))
            for words in _values(model, column)[known:]:
                yield from words


def _values(model: Model, column: str) -> Sequence[tuple[str, ...]]:
    return model.candidates.columns.words[column].values
