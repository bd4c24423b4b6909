"""Whether the models are whole, fit the data, and nothing dead lies about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from matcher.actions.finding import Finding
from matcher.bundle.library import Library
from matcher.bundle.locks import Mode, acquire
from matcher.bundle.manifest import Manifest
from matcher.bundle.naming import LOCKS, drafts_in, remains_in
from matcher.errors import MatcherError, NoModel
from matcher.store import feed
from matcher.store.database import Database

_TRAIN = "`matcher train` makes one"


def model_findings(database: Database, library: Library, *, fix: bool) -> Iterator[Finding]:
    """The findings. fix: remove the leftovers."""
    try:
        manifest = library.verify(library.current().version)
        yield Finding("model", True, f"{manifest.version}, whole")
        yield _age(database, manifest)
    except NoModel:
        yield Finding("model", True, f"none published yet; {_TRAIN}")
    except MatcherError as error:
        yield Finding("model", False, str(error))
    for entry in library.versions():
        if entry.problem:
            yield Finding(f"model {entry.version}", False, entry.problem)
    yield _leftovers(library, fix)


def _age(database: Database, manifest: Manifest) -> Finding:
    with database.reading() as session:
        last, covered = feed.latest(session), feed.covers(session, manifest.seq)
    if manifest.seq > last:
        detail = f"the model is of a later state of the database; a new one fits: {_TRAIN}"
        return Finding("model and data", False, detail)
    if not covered:
        detail = f"the changes since the model are gone, so every start is slow; {_TRAIN}"
        return Finding("model and data", False, detail)
    return Finding("model and data", True, f"{last - manifest.seq:,} changes since the model")


def _leftovers(library: Library, fix: bool) -> Finding:
    try:
        if fix:
            library.sweep()
        found = [path.name for path in _dead(library.folder)]
    except (MatcherError, OSError) as error:
        return Finding("leftovers", False, str(error))
    if not found:
        return Finding("leftovers", True, "none")
    detail = f"{', '.join(found)} in {library.folder}; `matcher doctor --fix` removes them"
    return Finding("leftovers", False, detail)


def _dead(models: Path) -> Iterator[Path]:
    """What nobody is writing or removing at the moment."""
    yield from remains_in(models)
    for name in drafts_in(models):
        lock = models / LOCKS / name
        held = acquire(lock, Mode.TRIED) if lock.exists() else None
        if held is not None:
            held.release()
        if held is not None or not lock.exists():
            yield models / name
