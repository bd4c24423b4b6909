"""Reading about models over the network: what admins of the whole platform may know of them.

A model is made of everybody's records; what it counts and measures is nobody else's.
"""

from __future__ import annotations

from typing import NamedTuple

from matcher.actions.authority import require_root_admin
from matcher.actions.model_comparison import Compared, compare_models
from matcher.actions.models import model_facts, remark_of
from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling, comparison_in
from matcher.bundle.catalogue import Entry, State
from matcher.bundle.manifest import Manifest
from matcher.bundle.remarks import Remark
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound
from matcher.evaluate.comparison import in_words

CURRENT = "current"
"""Stands for the version that is current; no version has such a name."""


class Known(NamedTuple):
    """A model: what it is among the others, what it says of itself, what the gate said of it.

    remark: why it was published against the gate, None where it wasn't.
    """

    state: State
    bytes: int
    manifest: Manifest
    ruling: Ruling
    remark: Remark | None


def list_models(platform: Platform, viewer: Viewer) -> tuple[Entry, ...]:
    """Every version, the newest first. Raises NotAllowed."""
    _require(platform, viewer)
    return platform.library.versions()[::-1]


def get_model(platform: Platform, viewer: Viewer, version: str) -> Known:
    """One version, or the one that is `CURRENT`.

    Raises NotAllowed, NotFound, BrokenBundle for one that is damaged, NoModel where none is
    current.
    """
    _require(platform, viewer)
    wanted = platform.library.current().version if version == CURRENT else version
    entry = _entry(platform, wanted)
    manifest = model_facts(platform, wanted)
    return Known(entry.state, entry.bytes, manifest, _ruled(manifest), remark_of(platform, wanted))


def compare(platform: Platform, viewer: Viewer, first: str, second: str) -> tuple[Compared, ...]:
    """What both say of themselves, side by side. Raises what `get_model` does."""
    one, other = (get_model(platform, viewer, name).manifest.version for name in (first, second))
    return compare_models(platform, one, other)


def _require(platform: Platform, viewer: Viewer) -> None:
    with platform.database.reading() as session:
        require_root_admin(session, viewer)


def _entry(platform: Platform, version: str) -> Entry:
    for entry in platform.library.versions():
        if entry.version == version:
            return entry
    raise NotFound(f"There is no model {version!r}.", hint="List the models.")


def _ruled(manifest: Manifest) -> Ruling:
    found = comparison_in(manifest)
    why = in_words(found) if found else "it was compared with no other"
    return Ruling(against=manifest.parent if found else None, why=why, comparison=found)
